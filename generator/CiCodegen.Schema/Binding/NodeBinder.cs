using System.Globalization;
using CiCodegen.Schema.Yaml;

namespace CiCodegen.Schema;

/// <summary>Binds nodes: types and names; facts are left to <see cref="FactBinder"/>, conditions to <see cref="ConditionBinder"/>.</summary>
internal sealed class NodeBinder(string owner, SchemaUnit? unit, ReferenceExpander references, SharedNames names, ProblemList problems, CancellationToken cancellationToken)
{
    // Members that a class has anyway, or that emitted code adds to it.
    private static readonly HashSet<string> s_reserved = new(StringComparer.Ordinal)
    {
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
        "JobTag", "TemplateTag", "Read", "ReadResponse", "Begin", "BeginResponse", "ReadJob", "Extras", "Root", "Validate", "Write", "WriteTo", "ToJson", "FromJson", "Binding", "TReader", "TWriter",
    };

    private const int MaxNodes = 20_000;

    private readonly Dictionary<string, NodeDocument> _sources = new(StringComparer.Ordinal);
    private readonly FactBinder _facts = new(problems);
    private readonly TypeBinder _types = new(names, problems);
    private int _nodes;
    private int _depth;
    private bool _isCut;

    public static bool IsReserved(string member) => s_reserved.Contains(member);

    /// <summary>Binds the roots that are there; a null stays one.</summary>
    public NodeModel?[] BindRoots(params NodeDocument?[] roots)
    {
        NodeModel?[] models = [.. roots.Select(r => r is null ? null : BindRoot(r))];
        // What is cut off would only cause more of the same.
        if (_isCut || models.Where((m, i) => m is null && roots[i] is not null).Any())
        {
            return models;
        }

        ConditionBinder conditions = new(_sources, problems);
        ShapeRegistry shapes = new(_sources, problems);
        for (int i = 0; i < models.Length; i++)
        {
            if (models[i] is { } model)
            {
                models[i] = model = conditions.Bind(model);
                shapes.Add(model, model.Name);
            }
        }

        _types.CheckNames(shapes);

        return models;
    }

    private NodeModel? BindRoot(NodeDocument root)
        => Bind(root, new Place(root.Name.Value, root.Name.Value, null, IsShared: false, IsRequest: root.Name.Value != "Response"));

    private NodeModel? Bind(NodeDocument node, Place place)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Structures that use one another twice grow by powers of two without ever going round.
        if (++_nodes > MaxNodes || _depth > YamlReader.MaxDepth)
        {
            if (!_isCut)
            {
                problems.AddIn(
                    node.Path, ProblemDescriptors.YamlLimit, node.Name.Span,
                    _nodes > MaxNodes ? "With what it uses the Tag has too many nodes" : "With what it uses the Tag has too many levels",
                    (_nodes > MaxNodes ? MaxNodes : YamlReader.MaxDepth).ToString(CultureInfo.InvariantCulture));
            }

            _isCut = true;
            return null;
        }

        int followed = references.Depth;
        _depth++;
        Expanded? expanded = references.Expand(node);
        _isCut |= expanded is null;
        NodeModel? model = expanded is null ? null : BindExpanded(node, expanded, place);
        _depth--;
        references.CloseTo(followed);
        return model;
    }

    private NodeModel? BindExpanded(NodeDocument node, Expanded expanded, Place place)
    {
        NodeDocument document = expanded.Document;
        _sources[place.Path] = document;
        bool isStructure = document.Find(FactKeys.Use) is not null || (expanded.Target is null && ReferenceExpander.Refers(document));
        if (_types.TypeOf(document, isStructure) is not { } type)
        {
            return null;
        }

        string member = MemberOf(document, node.Name.Value, place);
        EnumModel? values = type == LogicalType.Enum ? _types.BindEnum(document, member, place.Enclosing ?? owner, place.IsShared) : null;
        if (type != LogicalType.Container)
        {
            if (document.Children.Count > 0)
            {
                problems.AddIn(
                    document.Children[0].Path, ProblemDescriptors.Contradiction, document.Children[0].Name.Span, node.Name.Value, $"it has children, so its type is container, not {TypeBinder.Word(type)}");
            }

            if (document.Rules.Count > 0)
            {
                problems.AddIn(document.Path, ProblemDescriptors.Contradiction, document.Name.Span, node.Name.Value, "it has rules about its children and no children; give it 'nodes'");
            }

            return _facts.Bind(node.Name.Value, member, type, values, document, place.IsRequest || place.IsShared);
        }

        (string shape, Place inside) = ShapeOf(node, expanded, place);

        // A shared structure is emitted once, so it keeps its rules wherever it was met.
        return BindContainer(_facts.Bind(node.Name.Value, member, type, values, document, place.IsRequest || inside.IsShared), document, shape, inside);
    }

    private NodeModel? BindContainer(NodeModel model, NodeDocument document, string shape, Place place)
    {
        if (!Names.IsTypeName(shape))
        {
            problems.AddIn(document.Path, ProblemDescriptors.BadTypeName, document.Find(FactKeys.Shape)?.Values[0].Span ?? document.Name.Span, shape);
            return null;
        }

        List<NodeModel> children = [];
        foreach (NodeDocument child in document.Children)
        {
            if (Bind(child, place.Child(child.Name.Value, shape)) is { } bound)
            {
                foreach (NodeModel twin in children)
                {
                    if (twin.Member == bound.Member)
                    {
                        problems.AddIn(child.Path, ProblemDescriptors.MemberClash, child.Name.Span, twin.Name, bound.Name, place.Path, bound.Member);
                        break;
                    }
                }

                children.Add(bound);
            }
        }

        return model with { Shape = shape, IsShared = place.IsShared, Children = children.ToEquatableArray() };
    }

    private string MemberOf(NodeDocument document, string name, Place place)
    {
        Fact? given = document.Find(FactKeys.Member);

        // Emitted code has names of its own, which begin with a small letter.
        if (given is not null && !(Names.IsIdentifier(given.Text) && char.IsUpper(given.Text[0])))
        {
            problems.AddIn(given.Path, ProblemDescriptors.BadMemberName, given.Values[0].Span, given.Text);
        }

        string member = given?.Text ?? (name == "*" ? "Items" : Names.ToMember(name));
        return member == place.Enclosing || s_reserved.Contains(member) ? member + "Value" : member;
    }

    /// <summary>The C# type of a container, and where its children are at home.</summary>
    private (string Shape, Place Inside) ShapeOf(NodeDocument node, Expanded expanded, Place place)
    {
        if (expanded.Shared is not null)
        {
            return (expanded.Shared, place with { IsShared = true });
        }

        if (expanded.Original is { } original && expanded.Target is { } target)
        {
            // What repeats another subtree is of its types: they are named, and keep their rules, as they stand there.
            string own = target.Find(FactKeys.Shape)?.Text ?? DefaultShape(target.Name.Value, new Place(original, original, null, IsShared: false, place.IsRequest));
            return (own, place with { Home = original, IsShared = false, IsRequest = place.IsRequest || !original.StartsWith("Response.", StringComparison.Ordinal) });
        }

        return (node.Find(FactKeys.Shape)?.Text ?? DefaultShape(node.Name.Value, place), place);
    }

    private string DefaultShape(string name, Place place)
    {
        if (place.IsShared && place.Enclosing is not null)
        {
            return place.Enclosing + Names.ToMember(name);
        }

        string[] segments = place.Home.Split('.');
        IEnumerable<string> rest = segments.Skip(1).Select(Names.ToMember);
        return segments[0] != "Response"
            ? owner + (segments.Length == 1 ? segments[0] : string.Concat(rest))
            : owner + (segments.Length == 1 ? "Response" : segments[1] == "JobsDetail" ? "Job" + string.Concat(rest.Skip(1)) : unit == SchemaUnit.Template && segments.Length == 2 && segments[1] == "Template" ? "" : "Response" + string.Concat(rest));
    }

    /// <summary>Where a node stands.</summary>
    /// <param name="Path">Its path from the root.</param>
    /// <param name="Home">The path that names its types: another one where it repeats what stands there.</param>
    /// <param name="Enclosing">The C# type of the container around it.</param>
    /// <param name="IsShared">Whether that type belongs to all Tags.</param>
    /// <param name="IsRequest">Whether it keeps what holds for requests only.</param>
    private readonly record struct Place(string Path, string Home, string? Enclosing, bool IsShared, bool IsRequest)
    {
        public Place Child(string name, string enclosing)
        {
            string path = $"{Path}.{name}";
            return this with { Path = path, Home = ReferenceEquals(Home, Path) ? path : $"{Home}.{name}", Enclosing = enclosing };
        }
    }
}
