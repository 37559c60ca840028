using CiCodegen.Schema.Yaml;

namespace CiCodegen.Schema;

/// <summary>Binds nodes: references, types and names; facts are left to <see cref="FactBinder"/>.</summary>
internal sealed class NodeBinder(
    string tag, NodeDocument request, NodeDocument response, SharedNames names, ProblemList problems, CancellationToken cancellationToken)
{
    // Members that a class has anyway, or that emitted code adds to it.
    private static readonly HashSet<string> s_reserved = new(StringComparer.Ordinal)
    {
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
        "JobTag", "Read", "ReadResponse", "Root", "Validate", "Write", "WriteTo", "Binding",
    };

    private const int MaxNodes = 20_000;

    private readonly Dictionary<string, (NodeModel Model, string Path)> _shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (EnumModel Model, string Path)> _enums = new(StringComparer.Ordinal);
    private readonly List<string> _open = [];
    private readonly List<string> _following = [];
    private readonly List<string> _uses = [];
    private int _nodes;
    private bool _exhausted;
    private readonly FactBinder _facts = new(problems);

    public static string WireTypeOf(string type) => type switch
    {
        "int" or "long" => "Int",
        "decimal" => "Float",
        "container" => "Container",
        _ => "String",
    };

    public NodeModel? BindRoot(NodeDocument root, bool isRequest)
        => Bind(root, root.Name.Value, isShared: false, enclosing: null, isRequest, root);

    private NodeModel? Bind(NodeDocument node, string path, bool isShared, string? enclosing, bool isRequest, NodeDocument parent)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Fact? use = node.Find(FactKeys.Use);
        if (use is not null && _uses.Contains(use.Text))
        {
            problems.AddIn(use.Path, ProblemDescriptors.CircularReference, use.Values[0].Span, use.Text, string.Join(" > ", _uses));
            return null;
        }

        // Structures that use one another twice grow by powers of two without ever going round.
        if (++_nodes > MaxNodes || _open.Count > YamlReader.MaxDepth)
        {
            if (!_exhausted)
            {
                _exhausted = true;
                problems.AddIn(
                    node.Path, ProblemDescriptors.YamlLimit, node.Name.Span,
                    _nodes > MaxNodes ? "With what it uses the Tag has too many nodes" : "With what it uses the Tag has too many levels",
                    (_nodes > MaxNodes ? MaxNodes : YamlReader.MaxDepth).ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            return null;
        }

        _open.Add(path);
        if (use is not null)
        {
            _uses.Add(use.Text);
        }

        try
        {
            Resolved resolved = Resolve(node, path, isShared, enclosing);
            NodeModel? model = BindResolved(node, resolved, path, enclosing, isRequest, parent);
            return model is null || _exhausted ? model : Register(model, node, path);
        }
        finally
        {
            if (use is not null)
            {
                _uses.RemoveAt(_uses.Count - 1);
            }

            _open.RemoveAt(_open.Count - 1);
        }
    }

    private NodeModel? BindResolved(NodeDocument node, Resolved resolved, string path, string? enclosing, bool isRequest, NodeDocument parent)
    {
        NodeDocument document = resolved.Document;
        LogicalType? type = TypeOf(document);
        if (type is not { } logical)
        {
            return null;
        }

        bool many = document.Find(FactKeys.Many)?.Text == "true";
        string member = document.Find(FactKeys.Member)?.Text ?? Names.ToMember(node.Name.Value);
        if (member == enclosing || s_reserved.Contains(member))
        {
            member += "Value";
        }

        NodeModel model = new(node.Name.Value, member, logical, document.Find(FactKeys.Wire)?.Text ?? WireTypeOf(TypeWord(logical)), many)
        {
            IsRuntime = document.Find(FactKeys.Runtime)?.Text == "true",
            Enum = logical == LogicalType.Enum ? BindEnum(document, member, enclosing ?? tag) : null,
        };
        // A shared structure is emitted once, so it keeps its rules wherever it was met.
        model = _facts.Bind(model, document, parent, isRequest || resolved.IsShared);
        if (logical != LogicalType.Container)
        {
            if (document.Children.Count > 0)
            {
                Contradict(document.Children[0].Path, document.Children[0].Name.Span, node, $"it has children, so its type is container, not {TypeWord(logical)}");
            }

            return model;
        }

        // What repeats another subtree is of its types: they are named, and keep their rules, as they stand there.
        string home = resolved.Original ?? path;
        return BindContainer(model, resolved, home, isRequest || home.StartsWith("Request.", StringComparison.Ordinal));
    }

    private NodeModel? BindContainer(NodeModel model, Resolved resolved, string path, bool isRequest)
    {
        if (!Names.IsIdentifier(resolved.Shape))
        {
            problems.AddIn(resolved.Document.Path, ProblemDescriptors.BadTypeName, resolved.Document.Find(FactKeys.Shape)?.Values[0].Span ?? resolved.Document.Name.Span, resolved.Shape);
            return null;
        }

        List<NodeModel> children = [];
        foreach (NodeDocument child in resolved.Document.Children)
        {
            if (Bind(child, path + "." + child.Name.Value, resolved.IsShared, resolved.Shape, isRequest, resolved.Document) is { } bound)
            {
                if (children.Find(c => c.Member == bound.Member) is { } twin)
                {
                    problems.AddIn(child.Path, ProblemDescriptors.MemberClash, child.Name.Span, twin.Name, bound.Name, path, bound.Member);
                }

                children.Add(bound);
            }
        }

        _facts.CheckConditions(resolved.Document, children);
        return model with
        {
            Shape = resolved.Shape,
            IsShared = resolved.IsShared,
            Children = children.ToEquatableArray(),
            Rules = _facts.BindRules(resolved.Document, children),
        };
    }

    /// <summary>Follows <c>use</c> and <c>sameAs</c>, and settles the C# type of a container.</summary>
    private Resolved Resolve(NodeDocument node, string path, bool isShared, string? enclosing)
    {
        string? given = node.Find(FactKeys.Shape)?.Text;
        if (node.Find(FactKeys.Use) is { } use)
        {
            if (names.Shape(use.Text) is not { } shape)
            {
                problems.AddIn(use.Path, ProblemDescriptors.BadReference, use.Values[0].Span, node.Name.Value, use.Text, Suggestion.Sentence(use.Text, names.ShapeNames));
                return new Resolved(node, given ?? DefaultShape(path, isShared, enclosing, node), isShared);
            }

            bool whole = node.Children.Count == 0 && node.Rules.Count == 0 && given is null;
            return new Resolved(Lay(node, shape), whole ? use.Text : given ?? DefaultShape(path, isShared, enclosing, node), whole || isShared);
        }

        if (node.Find(FactKeys.SameAs) is { } same)
        {
            if (Find(same.Text) is not { } target)
            {
                problems.AddIn(same.Path, ProblemDescriptors.BadReference, same.Values[0].Span, node.Name.Value, same.Text, NearestPath(same.Text));
                return new Resolved(node, given ?? DefaultShape(path, isShared, enclosing, node), isShared);
            }

            if (path.StartsWith(same.Text + ".", StringComparison.Ordinal) || path == same.Text || _following.Contains(same.Text))
            {
                problems.AddIn(same.Path, ProblemDescriptors.CircularReference, same.Values[0].Span, node.Name.Value, same.Text);
                return new Resolved(node, given ?? DefaultShape(path, isShared, enclosing, node), isShared);
            }

            // The target may itself refer to another node.
            _following.Add(same.Text);
            Resolved followed = Resolve(target, same.Text, isShared: false, enclosing: null);
            _following.RemoveAt(_following.Count - 1);
            bool whole = node.Children.Count == 0 && given is null;
            return new Resolved(Lay(node, followed.Document), whole ? followed.Shape : given ?? DefaultShape(path, isShared, enclosing, node), whole && followed.IsShared)
            {
                Original = whole ? followed.Original ?? same.Text : null,
            };
        }

        return new Resolved(node, given ?? DefaultShape(path, isShared, enclosing, node), isShared);
    }

    /// <summary>A node over the structure it refers to: requiredness and cardinality stay the node's own.</summary>
    private static NodeDocument Lay(NodeDocument node, NodeDocument structure)
    {
        NodeDocument bare = structure with
        {
            Facts = structure.Facts.Where(f => f.Key is not (FactKeys.Required or FactKeys.Many or FactKeys.Shape or FactKeys.Use or FactKeys.SameAs or FactKeys.Member)).ToEquatableArray(),
        };
        return EnvelopeMerger.Merge(node, bare, "", static _ => true, static _ => false);
    }

    private string DefaultShape(string path, bool isShared, string? enclosing, NodeDocument node)
    {
        if (isShared && enclosing is not null)
        {
            return enclosing + Names.ToMember(node.Name.Value);
        }

        string[] segments = path.Split('.');
        IEnumerable<string> rest = segments.Skip(1).Select(Names.ToMember);
        return segments[0] == "Request"
            ? tag + (segments.Length == 1 ? "Request" : string.Concat(rest))
            : tag + (segments.Length == 1 ? "Response" : segments[1] == "JobsDetail" ? "Job" + string.Concat(rest.Skip(1)) : "Response" + string.Concat(rest));
    }

    private NodeDocument? Find(string path)
    {
        string[] segments = path.Split('.');
        NodeDocument? node = segments[0] == "Request" ? request : segments[0] == "Response" ? response : null;
        foreach (string segment in segments.Skip(1))
        {
            node = node?.Child(segment);
        }

        return node;
    }

    private string NearestPath(string path)
    {
        int dot = path.LastIndexOf('.');
        NodeDocument? parent = dot < 0 ? null : Find(path.Substring(0, dot));
        return parent is null ? " A path begins with 'Request' or 'Response'." : Suggestion.Sentence(path.Substring(dot + 1), parent.Children.Select(c => c.Name.Value));
    }

    private LogicalType? TypeOf(NodeDocument node)
    {
        string? word = node.Find(FactKeys.Type)?.Text;
        if (word is null)
        {
            bool container = node.Children.Count > 0 || node.Find(FactKeys.Shape) is not null || node.Find(FactKeys.Use) is not null
                || node.Find(FactKeys.SameAs) is not null || node.Find(FactKeys.Wire)?.Text == "Container";
            string fromWire = node.Find(FactKeys.Wire)?.Text switch
            {
                "Int" or "Integer" => "int",
                "Float" or "Double" => "decimal",
                "Bool" => "bool",
                _ => "string",
            };
            word = container ? "container" : node.Find(FactKeys.Enum) is not null ? "enum" : fromWire;
        }

        LogicalType? type = word switch
        {
            "string" => LogicalType.String,
            "int" => LogicalType.Int32,
            "long" => LogicalType.Int64,
            "decimal" => LogicalType.Decimal,
            "bool" => LogicalType.Boolean,
            "time" => LogicalType.Time,
            "enum" => LogicalType.Enum,
            "container" => LogicalType.Container,
            _ => null, // the parser has reported the word
        };
        if (type == LogicalType.Enum && node.Find(FactKeys.Enum) is null)
        {
            Contradict(node.Path, node.Name.Span, node, "its type is enum, so it needs the key 'enum' with the values");
            return null;
        }

        return type;
    }

    private static string TypeWord(LogicalType type) => type switch
    {
        LogicalType.Int32 => "int",
        LogicalType.Int64 => "long",
        LogicalType.Decimal => "decimal",
        LogicalType.Boolean => "bool",
        LogicalType.Time => "time",
        LogicalType.Enum => "enum",
        LogicalType.Container => "container",
        _ => "string",
    };

    private EnumModel BindEnum(NodeDocument node, string member, string enclosing)
    {
        Fact values = node.Find(FactKeys.Enum)!;
        string? name = node.Find(FactKeys.EnumName)?.Text;
        bool open = node.Find(FactKeys.Open)?.Text == "true";
        bool runtime = name is not null && node.Find(FactKeys.Runtime)?.Text == "true";
        Fact? shared = name is null ? null : names.Enum(name);
        bool isShared = shared is not null && shared.Values.Select(v => v.Text).SequenceEqual(values.Values.Select(v => v.Text));
        if (shared is not null && !isShared)
        {
            // The Tag knows other values than the shared type: it gets a type of its own.
            name = null;
            runtime = false;
        }

        string typeName = name ?? enclosing + member;
        List<EnumValueModel> members = [];
        foreach (FactValue value in (isShared ? shared! : values).Values)
        {
            string valueMember = value.Name ?? ValueMember(value.Text);
            if (valueMember == typeName)
            {
                valueMember += "Value";
            }

            if (members.Find(m => m.Member == valueMember) is { } twin)
            {
                problems.AddIn(values.Path, ProblemDescriptors.MemberClash, value.Span, twin.Text, value.Text, node.Name.Value, valueMember);
            }

            members.Add(new EnumValueModel(value.Text, valueMember));
        }

        EnumModel model = new(typeName, members.ToEquatableArray(), open, isShared, runtime);
        if (_enums.TryGetValue(model.Name, out (EnumModel Model, string Path) first) && first.Model.Values != model.Values)
        {
            problems.AddIn(values.Path, ProblemDescriptors.TypeNameClash, values.KeySpan, model.Name, first.Path, node.Name.Value, FactKeys.EnumName);
        }

        _enums[model.Name] = (model, node.Name.Value);
        return model;
    }

    private static string ValueMember(string text)
    {
        string member = Names.ToMember(text);
        return member[0] == '_' ? "Value" + member.Substring(1)
            : member is "Text" or "Known" || s_reserved.Contains(member) ? member + "Value" : member;
    }

    private NodeModel Register(NodeModel model, NodeDocument node, string path)
    {
        if (model.Shape is null)
        {
            return model;
        }

        if (!_shapes.TryGetValue(model.Shape, out (NodeModel Model, string Path) first))
        {
            _shapes.Add(model.Shape, (model, path));
        }
        else if (Structure(first.Model) != Structure(model))
        {
            problems.AddIn(node.Path, ProblemDescriptors.TypeNameClash, node.Name.Span, model.Shape, first.Path, path, FactKeys.Shape);
        }

        return model;
    }

    /// <summary>A container without what does not reach the emitted code: prose, and how the docs type a node.</summary>
    private static NodeModel Structure(NodeModel node) => node with
    {
        Name = "",
        Member = "",
        WireType = "",
        IsMany = false,
        IsRequired = false,
        RequiredWhen = null,
        Summary = null,
        MeaningfulWhen = null,
        PresentWhen = null,
        Overrides = null,
        Unit = null,
        Default = null,
        Children = node.Children.Select(c => Structure(c) with
        {
            Name = c.Name,
            Member = c.Member,
            IsMany = c.IsMany,
            IsRequired = c.IsRequired,
            RequiredWhen = c.RequiredWhen,
        }).ToEquatableArray(),
    };

    private void Contradict(string path, SourceSpan span, NodeDocument node, string what)
        => problems.AddIn(path, ProblemDescriptors.Contradiction, span, node.Name.Value, what);

    /// <param name="Document">The node with what it refers to.</param>
    /// <param name="Shape">The C# type of a container.</param>
    /// <param name="IsShared">Whether the type belongs to all Tags.</param>
    private sealed record Resolved(NodeDocument Document, string Shape, bool IsShared)
    {
        /// <summary>The path of the node that this one repeats as a whole, and so shares its type with.</summary>
        public string? Original { get; init; }
    }
}
