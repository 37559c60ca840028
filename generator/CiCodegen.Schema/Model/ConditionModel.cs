using System.Text;

namespace CiCodegen.Schema;

/// <summary>What a comparison asks of a node.</summary>
public enum ComparisonKind
{
    /// <summary>It is there: <c>A</c>.</summary>
    Present,

    /// <summary>It is not there: <c>!A</c>.</summary>
    Absent,

    /// <summary>It has one of some values: <c>A == x</c>, <c>A in x, y</c>.</summary>
    In,

    /// <summary>It has none of some values: <c>A != x</c>, <c>A not in x, y</c>.</summary>
    NotIn,

    /// <summary>It is less than a number.</summary>
    Less,

    /// <summary>It is less than a number, or equal.</summary>
    AtMost,

    /// <summary>It is greater than a number.</summary>
    Greater,

    /// <summary>It is greater than a number, or equal.</summary>
    AtLeast,
}

/// <summary>A condition over the siblings of a node, or over the siblings of a container around it.</summary>
public abstract record ConditionModel
{
    /// <summary>The condition as text, in one normal form.</summary>
    public abstract string Text { get; }

    /// <summary>The comparisons that it is made of.</summary>
    public abstract IEnumerable<ComparisonModel> Comparisons { get; }

    /// <summary>How many containers up from the node's own it reaches, with the defaults that it asks for.</summary>
    public abstract int Reach { get; }

    /// <summary>The same condition with other comparisons.</summary>
    /// <param name="map">Makes a comparison of one.</param>
    public abstract ConditionModel Map(Func<ComparisonModel, ComparisonModel> map);

    /// <summary>The condition as text.</summary>
    public sealed override string ToString() => Text;
}

/// <summary>A comparison with a node.</summary>
/// <param name="Path">The node, or one below it, as a dotted path.</param>
/// <param name="Kind">What is asked.</param>
/// <param name="Values">The wire texts that it is compared with.</param>
/// <param name="Up">In which container the path begins: 0 for the one with the siblings, 1 for the one around it, and so on.</param>
public sealed record ComparisonModel(string Path, ComparisonKind Kind, EquatableArray<string> Values, int Up = 0) : ConditionModel
{
    /// <summary>How far up the conditions of the node's default reach, from where this comparison stands; 0 where it has none.</summary>
    public int DefaultUp { get; init; }

    /// <inheritdoc/>
    public override string Text => Kind switch
    {
        ComparisonKind.Present => Path,
        ComparisonKind.Absent => "!" + Path,
        _ => $"{Path} {Sign} {string.Join(", ", Values.Select(Quoted))}",
    };

    /// <inheritdoc/>
    public override IEnumerable<ComparisonModel> Comparisons => [this];

    /// <inheritdoc/>
    public override int Reach => Math.Max(Up, DefaultUp);

    private string Sign => Kind switch
    {
        ComparisonKind.In => Values.Count == 1 ? "==" : "in",
        ComparisonKind.NotIn => Values.Count == 1 ? "!=" : "not in",
        ComparisonKind.Less => "<",
        ComparisonKind.AtMost => "<=",
        ComparisonKind.Greater => ">",
        _ => ">=",
    };

    /// <inheritdoc/>
    public override ConditionModel Map(Func<ComparisonModel, ComparisonModel> map) => map(this);

    private static string Quoted(string value)
        => value.Length > 0 && value.Trim() == value && value.IndexOfAny(['\'', ',', '(', ')', '&', '|', '<', '>', '=', '!']) < 0 ? value : $"'{value.Replace("'", "''")}'";
}

/// <summary>Several conditions joined by <c>&amp;&amp;</c> or <c>||</c>.</summary>
/// <param name="Parts">The conditions.</param>
/// <param name="IsAll">Whether all must hold; otherwise one is enough.</param>
public sealed record CombinedModel(EquatableArray<ConditionModel> Parts, bool IsAll) : ConditionModel
{
    /// <inheritdoc/>
    public override string Text
    {
        get
        {
            StringBuilder text = new();
            foreach (ConditionModel part in Parts)
            {
                // Only an alternative inside of what must all hold needs its parentheses.
                bool enclosed = IsAll && part is CombinedModel { IsAll: false };
                text.Append(text.Length == 0 ? "" : IsAll ? " && " : " || ").Append(enclosed ? $"({part.Text})" : part.Text);
            }

            return text.ToString();
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<ComparisonModel> Comparisons => Parts.SelectMany(p => p.Comparisons);

    /// <inheritdoc/>
    public override int Reach => Parts.Max(p => p.Reach);

    /// <inheritdoc/>
    public override ConditionModel Map(Func<ComparisonModel, ComparisonModel> map) => new CombinedModel(Parts.Map(p => p.Map(map)), IsAll);
}
