using CiCodegen.Schema;
using Scriban;
using Scriban.Syntax;

namespace CiCodegen.Emit.Tests;

public sealed class TemplateTests
{
    public static TheoryData<string> Templates => [.. TemplateStore.FileNames];

    [Theory]
    [MemberData(nameof(Templates))]
    public void Template_OnlyLaysOut(string fileName)
    {
        Template template = Template.Parse(TemplateStore.EmbeddedText(fileName), fileName);
        Assert.False(template.HasErrors, string.Join("\n", template.Messages));
        Visitor visitor = new();
        visitor.Visit(template.Page);
        Assert.Empty(visitor.Refused);
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public void Template_IsSmallAndHasUnixLineEnds(string fileName)
    {
        string text = TemplateStore.EmbeddedText(fileName);
        Assert.DoesNotContain('\r', text);
        Assert.True(text.Count(c => c == '\n') <= 200, fileName);
    }

    [Theory]
    [InlineData("{{ 1 + 1 }}")]
    [InlineData("{{ x = 1 }}")]
    [InlineData("{{ 'a' | string.upcase }}")]
    [InlineData("{{ func f; ret 1; end }}")]
    [InlineData("{{ if a && b }}x{{ end }}")]
    public void TheWalk_FindsWhatTemplatesMayNotDo(string text)
    {
        Visitor visitor = new();
        visitor.Visit(Template.Parse(text).Page);
        Assert.NotEmpty(visitor.Refused);
    }

    [Fact]
    public void MisspeltMember_IsAnErrorWithFileAndPlace()
    {
        TemplateStore store = TemplateStore.WithOverrides(new Dictionary<string, string> { ["catalog.sbn-cs"] = "namespace {{ namespace }};\n{{ bindigns }}\n" });
        TemplateException e = Assert.Throws<TemplateException>(() => new SourceEmitter(new EmitOptions("N"), store).EmitCatalog(default, CancellationToken.None));
        Assert.Contains("catalog.sbn-cs(2,", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BuiltIns_AreNotThere()
    {
        TemplateStore store = TemplateStore.WithOverrides(new Dictionary<string, string> { ["catalog.sbn-cs"] = "{{ date.now }}" });
        Assert.Throws<TemplateException>(() => new SourceEmitter(new EmitOptions("N"), store).EmitCatalog(default, CancellationToken.None));
    }

    [Fact]
    public void BrokenOrUnknownTemplate_IsRefusedAtOnce()
    {
        Assert.Throws<TemplateException>(() => TemplateStore.WithOverrides(new Dictionary<string, string> { ["model.sbn-cs"] = "{{ for }}" }));
        Assert.Throws<ArgumentException>(() => TemplateStore.WithOverrides(new Dictionary<string, string> { ["modell.sbn-cs"] = "" }));
    }

    [Fact]
    public void Cancellation_IsCancellation()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new SourceEmitter(new EmitOptions("N")).EmitCatalog(EquatableArray.Of(new CatalogEntry(default, "A", "B", "C", "D")), source.Token));
    }

    /// <summary>Allows text, for, if on a flag, and member access; refuses everything else.</summary>
    private sealed class Visitor : ScriptVisitor
    {
        public List<string> Refused { get; } = [];

        public override void Visit(ScriptNode? node)
        {
            if (node is not (null or ScriptPage or ScriptBlockStatement or ScriptRawStatement or ScriptEscapeStatement or ScriptForStatement or ScriptIfStatement or ScriptElseStatement
                or ScriptEndStatement or ScriptExpressionStatement or ScriptMemberExpression or ScriptVariable or ScriptToken or ScriptKeyword or ScriptList or ScriptNopStatement))
            {
                Refused.Add(node.GetType().Name);
            }

            if (node is ScriptIfStatement { Condition: not (ScriptMemberExpression or ScriptVariable) })
            {
                Refused.Add("if on more than a flag");
            }

            base.Visit(node);
        }
    }
}
