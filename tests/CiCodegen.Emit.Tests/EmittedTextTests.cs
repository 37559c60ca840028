namespace CiCodegen.Emit.Tests;

public sealed class EmittedTextTests
{
    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("\r\n\t\0", "\"\\u000D\\u000A\\u0009\\u0000\"")]
    [InlineData("中\u2028", "\"\\u4E2D\\u2028\"")]
    [InlineData("{{ x }} {0} ${y}", "\"{{ x }} {0} ${y}\"")]
    public void Literal_IsEscaped(string value, string expected) => Assert.Equal(expected, new CSharpLiteral(value).Text);

    [Theory]
    [InlineData("class", "@class")]
    [InlineData("value", "value")]
    [InlineData("_x1", "_x1")]
    public void Identifier_EscapesKeywords(string name, string expected) => Assert.Equal(expected, new Identifier(name).Text);

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("a b")]
    [InlineData("a{")]
    [InlineData("é")]
    public void Identifier_RefusesWhatIsNone(string name) => Assert.Throws<ArgumentException>(() => new Identifier(name));

    [Theory]
    [InlineData("a < b & c > d", "a &lt; b &amp; c &gt; d")]
    [InlineData("one\ntwo\u2028three", "one two three")]
    [InlineData("x\u0001y", "x?y")]
    [InlineData("`A == <x>` holds", "<c>A == &lt;x&gt;</c> holds")]
    [InlineData("half `open", "half `open")]
    public void Doc_IsEscapedAndOnOneLine(string value, string expected) => Assert.Equal(expected, DocText.WithCode(value).Text);

    [Fact]
    public void LoneSurrogate_IsEscaped()
    {
        // Not as test data: attributes are stored as UTF-8, which has no lone surrogates.
        Assert.Equal("\"\\uD800\"", new CSharpLiteral("\uD800").Text);
        Assert.Equal("?", DocText.Plain("\uD800").Text);
    }

    [Fact]
    public void Expression_RefusesRawText()
    {
        string raw = "x; Evil()";
        Assert.Throws<ArgumentException>(() => CSharpExpression.Of($"y = {raw};"));
        Assert.Equal("y = 5;", CSharpExpression.Of($"{new Identifier("y")} = {5};").Text);
    }

    [Fact]
    public void Plans_HoldNoRawText()
    {
        Type[] plans = typeof(Plan).Assembly.GetTypes().Where(t => t.Name.EndsWith("Plan", StringComparison.Ordinal) && !t.IsAbstract).ToArray();
        Assert.True(plans.Length > 8);
        Assert.Empty(plans.SelectMany(t => t.GetProperties()).Where(p => p.PropertyType == typeof(string)).Select(p => $"{p.DeclaringType!.Name}.{p.Name}"));
    }
}
