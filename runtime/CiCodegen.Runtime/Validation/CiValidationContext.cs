using System.Buffers;
using System.Globalization;
using System.Text;

namespace CiCodegen.Runtime;

/// <summary>Collects violations while emitted validators walk a value; it knows the path and allocates only once a rule is broken.</summary>
public partial struct CiValidationContext
{
    private (CiNode Node, int Index, string? Key)[] _frames;
    private int _depth;
    private int _item;
    private string? _key;
    private List<CiViolation>? _violations;

    /// <summary>Checks a whole document.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The document.</param>
    /// <returns>Every violation at once.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="document"/> is null.</exception>
    public static CiValidationResult Check<TDocument>(TDocument document)
        where TDocument : class, ICiRooted, ICiValidatable
        => Check(document, TDocument.Root);

    /// <summary>Checks a shape that stands under no root, as the parameters of an operation do.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="root">What paths begin with.</param>
    /// <returns>Every violation at once.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CiValidationResult Check(ICiValidatable shape, CiNode root)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(root);
        CiValidationContext context = default;
        context._frames = ArrayPool<(CiNode, int, string?)>.Shared.Rent(16);
        try
        {
            context.Enter(root);
            shape.Validate(ref context);
            return new CiValidationResult(context._violations);
        }
        finally
        {
            ArrayPool<(CiNode, int, string?)>.Shared.Return(context._frames, clearArray: true);
        }
    }

    /// <summary>Checks a child container, if there is one.</summary>
    /// <typeparam name="TShape">The child's shape.</typeparam>
    /// <param name="node">The child's node.</param>
    /// <param name="value">The child.</param>
    public void Child<TShape>(CiNode node, TShape? value)
        where TShape : class, ICiValidatable
    {
        if (value is not null)
        {
            Enter(node);
            value.Validate(ref this);
            Leave();
        }
    }

    /// <summary>Checks each of a repeated container.</summary>
    /// <typeparam name="TShape">The children's shape.</typeparam>
    /// <param name="node">The children's node.</param>
    /// <param name="values">The children.</param>
    public void Children<TShape>(CiNode node, List<TShape>? values)
        where TShape : class, ICiValidatable
    {
        for (int i = 0; i < values?.Count; i++)
        {
            Enter(node, i);
            CheckItem(values[i]);
            Leave();
        }
    }

    /// <summary>Checks each container of a map, and the names they have.</summary>
    /// <typeparam name="TShape">The children's shape.</typeparam>
    /// <param name="nodes">The nodes among which the map stands.</param>
    /// <param name="map">Which of them it is.</param>
    /// <param name="values">The children by their wire names.</param>
    public void Entries<TShape>(CiNodeTable nodes, int map, Dictionary<string, TShape>? values)
        where TShape : class, ICiValidatable
    {
        if (values is not null)
        {
            foreach ((string key, TShape value) in values)
            {
                Entry(nodes, map, key);
                Entry(null);
                Enter(nodes[map], -1, key);
                value?.Validate(ref this);
                Leave();
            }
        }
    }

    /// <summary>Checks each container of a map of repeated ones, and the names they have.</summary>
    /// <typeparam name="TShape">The children's shape.</typeparam>
    /// <param name="nodes">The nodes among which the map stands.</param>
    /// <param name="map">Which of them it is.</param>
    /// <param name="values">The children by their wire names.</param>
    public void Entries<TShape>(CiNodeTable nodes, int map, Dictionary<string, List<TShape>>? values)
        where TShape : class, ICiValidatable
    {
        if (values is not null)
        {
            foreach ((string key, List<TShape> items) in values)
            {
                Entry(nodes, map, key);
                Entry(null);
                for (int i = 0; i < items?.Count; i++)
                {
                    Enter(nodes[map], i, key);
                    CheckItem(items[i]);
                    Leave();
                }
            }
        }
    }

    /// <summary>Rule <c>key</c>: a map's entry has a name that the map stands for; the checks that follow are of this entry, for their path.</summary>
    /// <param name="nodes">The nodes among which the map stands.</param>
    /// <param name="map">Which of them it is.</param>
    /// <param name="key">The entry's name.</param>
    public void Entry(CiNodeTable nodes, int map, string key)
    {
        _key = key;
        if (WriteText.WhyNoKey(nodes[map], key) is { } reason)
        {
            Add(nodes[map], "key", $"has a name that it cannot have: {reason}");
        }
        else if (nodes.Find(key, map) is int other && other != map)
        {
            Add(nodes[map], "key", $"has a name that it cannot have: '{key}' is a node of its own, '{nodes[other].Name}'");
        }
    }

    /// <summary>Says of which entry of a map the checks that follow are, for their path.</summary>
    /// <param name="key">The entry's name; null when none is meant any more.</param>
    public void Entry(string? key) => _key = key;

    /// <summary>Goes into a container whose checks stand in one further up, for their path.</summary>
    /// <param name="node">The container's node.</param>
    /// <param name="index">Its 0-based index where it repeats, else -1.</param>
    /// <param name="key">Its own name where it is a map's entry.</param>
    public void Enter(CiNode node, int index = -1, string? key = null)
    {
        if (_depth == _frames.Length)
        {
            (CiNode, int, string?)[] larger = ArrayPool<(CiNode, int, string?)>.Shared.Rent(_depth * 2);
            _frames.CopyTo(larger, 0);
            ArrayPool<(CiNode, int, string?)>.Shared.Return(_frames, clearArray: true);
            _frames = larger;
        }

        _frames[_depth++] = (node, index, key);
    }

    /// <summary>Leaves the container entered last.</summary>
    public void Leave() => _depth--;

    /// <summary>Says of which of a repeated scalar the checks that follow are, for their path.</summary>
    /// <param name="index">The 0-based index; -1 when none is meant any more.</param>
    public void Item(int index) => _item = index + 1;

    /// <summary>Rule <c>required</c>: the node must be there (text must not be empty, a repeated node must come at least once).</summary>
    /// <param name="node">The node.</param>
    /// <param name="present">Whether it is there.</param>
    public void Required(CiNode node, bool present)
    {
        if (!present)
        {
            Add(node, "required", "must be given");
        }
    }

    /// <summary>Rule <c>requiredWhen</c>: the node must be there because a condition holds.</summary>
    /// <param name="node">The node.</param>
    /// <param name="present">Whether it is there.</param>
    /// <param name="condition">The condition as the schema states it.</param>
    public void RequiredWhen(CiNode node, bool present, string condition)
    {
        if (!present)
        {
            Add(node, "requiredWhen", $"must be given when {condition}");
        }
    }

    /// <summary>Rule <c>validWhen</c>: the node may be there because a condition holds; called when it does not.</summary>
    /// <param name="node">The node.</param>
    /// <param name="present">Whether it is there.</param>
    /// <param name="condition">The condition as the schema states it.</param>
    public void ValidWhen(CiNode node, bool present, string condition)
    {
        if (present)
        {
            Add(node, "validWhen", $"may only be given when {condition}");
        }
    }

    /// <summary>Rules <c>minItems</c> and <c>maxItems</c>: how often a repeated node comes, when it comes at all.</summary>
    /// <param name="node">The node.</param>
    /// <param name="count">How often it comes.</param>
    /// <param name="min">The least number.</param>
    /// <param name="max">The greatest number.</param>
    public void Items(CiNode node, int count, int min, int max)
    {
        if (count > max)
        {
            Add(node, "maxItems", string.Create(CultureInfo.InvariantCulture, $"comes {count} times; at most {max} are allowed"));
        }
        else if (count > 0 && count < min)
        {
            Add(node, "minItems", string.Create(CultureInfo.InvariantCulture, $"comes {count} times; at least {min} are needed"));
        }
    }

    /// <summary>A rule across the children of the current container.</summary>
    /// <param name="holds">Whether it holds.</param>
    /// <param name="rule">The rule's name.</param>
    /// <param name="message">What is wrong when it does not hold.</param>
    public void Across(bool holds, string rule, string message)
    {
        if (!holds)
        {
            (_violations ??= []).Add(new CiViolation(Path(null), rule, message));
        }
    }

    // Nothing can be written in the place of a null, and the count of items would be another.
    private void CheckItem<TShape>(TShape? value)
        where TShape : class, ICiValidatable
    {
        if (value is not null)
        {
            value.Validate(ref this);
        }
        else
        {
            (_violations ??= []).Add(new CiViolation(Path(null), "required", "is null; leave it out of the list"));
        }
    }

    private void Add(CiNode node, string rule, string message)
        => (_violations ??= []).Add(new CiViolation(Path(node), rule, message));

    private readonly string Path(CiNode? leaf)
    {
        StringBuilder path = new();
        for (int i = 0; i < _depth; i++)
        {
            path.Append(i == 0 ? "" : ".").Append(_frames[i].Key ?? _frames[i].Node.Name);
            if (_frames[i].Index >= 0)
            {
                path.Append('[').Append(_frames[i].Index.ToString(CultureInfo.InvariantCulture)).Append(']');
            }
        }

        if (leaf is not null)
        {
            path.Append('.').Append(_key ?? leaf.Name);
            if (_item > 0)
            {
                path.Append('[').Append((_item - 1).ToString(CultureInfo.InvariantCulture)).Append(']');
            }
        }

        return path.ToString();
    }
}
