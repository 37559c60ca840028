using System.Runtime.CompilerServices;

namespace CiCodegen.Schema;

/// <summary>What the shared files offer by name.</summary>
internal sealed class SharedNames
{
    private readonly Dictionary<string, NodeDocument> _shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EnvelopeDocument> _envelopes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Fact> _enums = new(StringComparer.Ordinal);

    // Every Tag is bound over the same shared files, which never change.
    private static readonly ConditionalWeakTable<object, SharedNames> s_known = new();

    private readonly List<SchemaProblem> _clashes = [];

    /// <summary>The names that shared files offer.</summary>
    /// <param name="documents">The shared files.</param>
    /// <param name="problems">Takes what is wrong with them.</param>
    public static SharedNames Of(EquatableArray<SharedDocument> documents, ProblemList problems)
    {
        SharedNames names = documents.Count == 0 ? new SharedNames(documents) : s_known.GetValue(documents.Items, _ => new SharedNames(documents));
        problems.AddRange(names._clashes);
        return names;
    }

    private SharedNames(IEnumerable<SharedDocument> documents)
    {
        ProblemList problems = new("");
        // A file of one's own comes before a bundled one, so the first of a name wins.
        SharedDocument[] ordered = documents.OrderBy(d => d.IsBundled).ThenBy(d => d.Path, StringComparer.Ordinal).ToArray();
        Glossary = new Glossary(ordered);
        foreach (SharedDocument document in ordered)
        {
            foreach (NodeDocument shape in document.Shapes)
            {
                if (_shapes.TryGetValue(shape.Name.Value, out NodeDocument? first))
                {
                    if (!document.IsBundled)
                    {
                        problems.AddIn(document.Path, ProblemDescriptors.TypeNameClash, shape.Name.Span, shape.Name.Value, first.Path, document.Path, "name");
                    }

                    continue;
                }

                _shapes.Add(shape.Name.Value, Glossary.Over(shape)!);
                CollectEnums(shape);
            }

            foreach (EnvelopeDocument envelope in document.Envelopes)
            {
                if (_envelopes.ContainsKey(envelope.Name.Value))
                {
                    continue;
                }

                _envelopes.Add(envelope.Name.Value, envelope);
                CollectEnums(envelope.Request);
                CollectEnums(envelope.Response);
            }
        }

        _clashes.AddRange(problems.ToArray());
    }

    /// <summary>What nodes mean that say nothing of it themselves.</summary>
    public Glossary Glossary { get; }

    public IEnumerable<string> ShapeNames => _shapes.Keys.OrderBy(k => k, StringComparer.Ordinal);

    public IEnumerable<string> EnvelopeNames => _envelopes.Keys.OrderBy(k => k, StringComparer.Ordinal);

    public NodeDocument? Shape(string name) => _shapes.TryGetValue(name, out NodeDocument? shape) ? shape : null;

    public EnvelopeDocument? Envelope(string name) => _envelopes.TryGetValue(name, out EnvelopeDocument? envelope) ? envelope : null;

    /// <summary>The values of a shared enum, or null.</summary>
    public Fact? Enum(string name) => _enums.TryGetValue(name, out Fact? values) ? values : null;

    private void CollectEnums(NodeDocument? node)
    {
        if (node is null)
        {
            return;
        }

        if (node.Find(FactKeys.EnumName) is { } name && node.Find(FactKeys.Enum) is { } values && !_enums.ContainsKey(name.Text))
        {
            _enums.Add(name.Text, values);
        }

        foreach (NodeDocument child in node.Children)
        {
            CollectEnums(child);
        }
    }
}
