using System.Globalization;
using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>The static fields that one class's checks need, each once.</summary>
internal sealed class StaticFields
{
    private readonly List<(CSharpExpression Declaration, Identifier Name)> _fields = [];

    public EquatableArray<CSharpExpression> Declarations => _fields.Select(f => f.Declaration).ToEquatableArray();

    public Identifier Tokens(IEnumerable<string> values)
        => Add("s_tokens", TypeName.Runtime("CiTokenTable"), CSharpExpression.Of($"new({CSharpExpression.Join(", ", values.Select(v => CSharpExpression.Of($"{new CSharpLiteral(v)}")))})"));

    public Identifier Pattern(string pattern)
        => Add("s_pattern", TypeName.Runtime("CiPattern"), CSharpExpression.Of($"new({new CSharpLiteral(pattern)})"));

    /// <summary>A node of another class, for the path of what is checked in this one.</summary>
    public Identifier Node(NodeModel node)
        => Add("s_node", TypeName.Runtime("CiNode"), CSharpExpression.Of($"{TypeName.Runtime("CiNode")}.{new Identifier(node.IsMany ? "Many" : "One")}({new CSharpLiteral(node.Name)})"));

    private Identifier Add(string prefix, TypeName type, CSharpExpression value)
    {
        CSharpExpression of = CSharpExpression.Of($"private static readonly {type} ");
        int at = _fields.FindIndex(f => f.Declaration.Text.EndsWith($" = {value};", StringComparison.Ordinal) && f.Declaration.Text.StartsWith(of.Text, StringComparison.Ordinal));
        if (at >= 0)
        {
            return _fields[at].Name;
        }

        Identifier name = new(prefix + _fields.Count.ToString(CultureInfo.InvariantCulture));
        _fields.Add((CSharpExpression.Of($"{of}{name} = {value};"), name));
        return name;
    }
}
