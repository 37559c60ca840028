using System.Buffers;
using System.Globalization;
using System.Text;

namespace CiCodegen.Runtime;

/// <summary>Collects violations while emitted validators walk a value; it knows the path and allocates only once a rule is broken.</summary>
public struct CiValidationContext
{
    // Not IndexOfAnyExceptInRange: before the JIT optimises it, each call boxes its bounds.
    private static readonly SearchValues<char> s_printableAscii = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private (CiNode Node, int Index)[] _frames;
    private int _depth;
    private int _item;
    private List<CiViolation>? _violations;

    /// <summary>Checks a whole document.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The document.</param>
    /// <returns>Every violation at once.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="document"/> is null.</exception>
    public static CiValidationResult Check<TDocument>(TDocument document)
        where TDocument : class, ICiDocument<TDocument>, ICiValidatable
    {
        ArgumentNullException.ThrowIfNull(document);
        CiValidationContext context = default;
        context._frames = ArrayPool<(CiNode, int)>.Shared.Rent(16);
        try
        {
            context.Push(TDocument.Root, -1);
            document.Validate(ref context);
            return new CiValidationResult(context._violations);
        }
        finally
        {
            ArrayPool<(CiNode, int)>.Shared.Return(context._frames, clearArray: true);
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
            Push(node, -1);
            value.Validate(ref this);
            _depth--;
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
            Push(node, i);
            values[i].Validate(ref this);
            _depth--;
        }
    }

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

    /// <summary>Rule <c>const</c>: the node has one value only.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The value; null is not checked.</param>
    /// <param name="expected">The only value.</param>
    public void Const(CiNode node, string? value, string expected)
    {
        if (value is not null && !string.Equals(value, expected, StringComparison.Ordinal))
        {
            Add(node, "const", $"is {Quote(value)}; it must be '{expected}'");
        }
    }

    /// <summary>Rule <c>enum</c>: the value is one of those known.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The value; null is not checked.</param>
    /// <param name="allowed">The known values.</param>
    public void Enum(CiNode node, string? value, CiTokenTable allowed)
    {
        if (value is not null && !allowed.Contains(value))
        {
            Add(node, "enum", $"is {Quote(value)}; allowed are {string.Join(", ", allowed.Values)}");
        }
    }

    /// <summary>Rule <c>range</c>: a number lies in an interval.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The value; null is not checked.</param>
    /// <param name="inside">Whether it lies inside; computed by the caller, who knows the type.</param>
    /// <param name="interval">The interval as the schema states it, as in <c>(0, 30]</c>.</param>
    public void Range(CiNode node, decimal? value, bool inside, string interval)
    {
        if (value is { } number && !inside)
        {
            Add(node, "range", $"is {number.ToString(CultureInfo.InvariantCulture)}; allowed is {interval}");
        }
    }

    /// <summary>Rules <c>minLength</c> and <c>maxLength</c>: how many characters a text has.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The text; null is not checked.</param>
    /// <param name="min">The least length in characters.</param>
    /// <param name="max">The greatest length in characters.</param>
    public void Length(CiNode node, string? value, int min, int max)
    {
        if (value is null)
        {
            return;
        }

        // A character beyond the basic plane is two UTF-16 units, so the exact count is only taken when it can matter.
        if (value.Length / 2 < min && CountRunes(value) is int few && few < min)
        {
            Add(node, "minLength", string.Create(CultureInfo.InvariantCulture, $"has {few} characters; at least {min} are needed"));
        }
        else if (value.Length > max && CountRunes(value) is int count && count > max)
        {
            Add(node, "maxLength", string.Create(CultureInfo.InvariantCulture, $"has {count} characters; at most {max} are allowed"));
        }
    }

    /// <summary>Rule <c>charset: printable-ascii</c>: only U+0020 to U+007E.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The text; null is not checked.</param>
    public void PrintableAscii(CiNode node, string? value)
    {
        int at = value is null ? -1 : value.AsSpan().IndexOfAnyExcept(s_printableAscii);
        if (at >= 0)
        {
            Add(node, "charset", string.Create(CultureInfo.InvariantCulture, $"has U+{(int)value![at]:X4} at character {at + 1}; only printable ASCII (U+0020 to U+007E) is allowed"));
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

    private static int CountRunes(string text)
    {
        int count = 0;
        foreach (Rune _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private static string Quote(string value) => value.Length <= 64 ? $"'{value}'" : $"'{value.AsSpan(0, 64)}…'";

    private void Add(CiNode node, string rule, string message)
        => (_violations ??= []).Add(new CiViolation(Path(node), rule, message));

    private void Push(CiNode node, int index)
    {
        if (_depth == _frames.Length)
        {
            (CiNode, int)[] larger = ArrayPool<(CiNode, int)>.Shared.Rent(_depth * 2);
            _frames.CopyTo(larger, 0);
            ArrayPool<(CiNode, int)>.Shared.Return(_frames, clearArray: true);
            _frames = larger;
        }

        _frames[_depth++] = (node, index);
    }

    private readonly string Path(CiNode? leaf)
    {
        StringBuilder path = new();
        for (int i = 0; i < _depth; i++)
        {
            path.Append(i == 0 ? "" : ".").Append(_frames[i].Node.Name);
            if (_frames[i].Index >= 0)
            {
                path.Append('[').Append(_frames[i].Index.ToString(CultureInfo.InvariantCulture)).Append(']');
            }
        }

        if (leaf is not null)
        {
            path.Append('.').Append(leaf.Name);
            if (_item > 0)
            {
                path.Append('[').Append((_item - 1).ToString(CultureInfo.InvariantCulture)).Append(']');
            }
        }

        return path.ToString();
    }
}
