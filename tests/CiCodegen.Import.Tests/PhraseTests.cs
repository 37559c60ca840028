namespace CiCodegen.Import.Tests;

public sealed class PhraseTests
{
    [Theory]
    [InlineData("A| Valid values: `x` (default), `y`. | String | No | None | None", "A: { enum: [x, y], default: x }")]
    [InlineData("A| Manner, which can be `x` or `y` (default value) | String | No | None | None", "A: { enum: [x, y], default: y }")]
    [InlineData("A| Whether to | String | No | false | true/false", "A: { type: bool, default: false }")]
    [InlineData("A| Manner | String | No | None | <ul><li>Fast: quick</li><li>Slow: thorough</li></ul>", "A: { enum: [Fast, Slow] }")]
    [InlineData("A| Manner | Integer | No | None | 0: none<br>1: some<br>3: all", "A: { wire: Int, enum: [0, 1, 3] }")]
    [InlineData("A| Manner, which currently can be set to `T` only | String | Yes | None | None", "A: { required: true, enum: [T] }")]
    [InlineData("A| Score, value range: [0-100] | Int | No | None | None", "A: { type: int, range: '[0, 100]' }")]
    [InlineData("A| Size | String | No | None | Value range: [8, 4096]<br>Unit: px", "A: { type: int, wire: String, range: '[8, 4096]', unit: px }")]
    [InlineData("A| Rate | String | No | None | Value range: (0, 60]<br>Unit: fps", "A: { type: decimal, wire: String, range: '(0, 60]', unit: fps }")]
    [InlineData("A| Turn | String | No | None | Value range: [0, 360)", "A: { type: decimal, wire: String, range: '[0, 360)' }")]
    [InlineData("A| Length | String | No | None | A floating point number above 0", "A: { type: decimal, wire: String, range: '(0, )' }")]
    [InlineData("A| Index | String | No | 0 | An integer greater than or equal to 0", "A: { type: int, wire: String, default: 0, range: '[0, )' }")]
    [InlineData("A| End | String | No | Video end time | [0, Video duration]", "A: { type: decimal, wire: String, default: (video end time), range: '[0, video duration]' }")]
    [InlineData("A| Text which is printable ASCII codes of up to 1,024 in length | String | No | None | None", "A: { maxLength: 1024, charset: printable-ascii }")]
    [InlineData("A| Name, which can contain up to 64 letters, digits, underscores (_), hyphens (-), and asterisks (*) | String | No | None | None", "A: { maxLength: 64, charset: A-Za-z0-9_*- }")]
    [InlineData("A| Up to three watermarks can be passed in. | String | No | None | None", "A: { many: true, maxItems: 3 }")]
    [InlineData("A| Duration in seconds | String | No | 5s | None", "A: { default: 5, unit: s }")]
    [InlineData("A| Multiple files in the bucket can be zipped. | String array | No | None | None", "A: { many: true }")]
    [InlineData("A| Files with a prefix can be zipped, which is `z` | String | No | None | None", "A: {}")]
    [InlineData("A| Fixed value: Done | String | No | None | None", "A: { const: Done }")]
    [InlineData("A| Color | String | No | None | Format: 0xRRGGBB", "A: { pattern: '0x[0-9A-Fa-f]{6}' }")]
    [InlineData("A| Address, which takes priority over that of the queue. If it is set to `no`, no callbacks will be generated at the callback address of the queue. | String | No | None | None", "A: { special: [no], overrides: that of the queue }")]
    public void APhrase_IsAFact(string row, string line)
    {
        ImportedPage page = Page.WithRows(row);
        Assert.Equal(line, page.Line("A"));
        Assert.DoesNotContain(page.Findings, f => f.Class == FindingClass.UnmappedText);
    }

    [Theory]
    [InlineData("A, B, C...")]
    [InlineData("A, B, C, ...")]
    [InlineData("A, B, C…")]
    [InlineData("A, B, C, etc.")]
    [InlineData("Valid values: `A`, `B`, `C`...")]
    public void AListThatGoesOn_IsOpen(string list) => Assert.Equal("A: { enum: [A, B, C], open: true }", Page.WithRows($"A| Manner | String | No | None | {list}").Line("A"));

    [Theory]
    [InlineData("A| Level | Int | No | None | 0-100", "A: { type: int, range: '[0, 100]' }")]
    [InlineData("A| Rate | Float | No | None | 0.5 - 4.5", "A: { type: decimal, range: '[0.5, 4.5]' }")]
    [InlineData("A| Level | Int | No | None | 1/2/4", "A: { wire: Int, enum: [1, 2, 4] }")]
    [InlineData("A| Switch | String | No | None | On/Off", "A: { enum: [On, Off] }")]
    [InlineData("A| Kind | String | No | None | Start", "A: { enum: [Start] }")]
    public void ValuesInTheConstraints_FitTheType(string row, string line)
    {
        ImportedPage page = Page.WithRows(row);
        Assert.Equal(line, page.Line("A"));
        Assert.DoesNotContain(page.Findings, f => f.Class == FindingClass.UnmappedText);
    }

    [Theory]
    [InlineData("Int", "Integer")]
    [InlineData("Int", "px")]
    [InlineData("Int", "Even")]
    [InlineData("Int", "Unlimited")]
    [InlineData("Float", "Positive")]
    [InlineData("Int", "Even, Positive")]
    [InlineData("Int", "Even/Positive")]
    [InlineData("Int", "Even<br>Positive")]
    [InlineData("String", "URL")]
    [InlineData("String", "Base64")]
    [InlineData("String", "UTF-8")]
    [InlineData("String", "1-64")]
    [InlineData("String", "letters/digits")]
    [InlineData("String", "video/mp4")]
    public void AWordOfWhatAValueLooksLike_IsNoList(string type, string constraints)
    {
        ImportedPage page = Page.WithRows($"A| Level | {type} | No | None | {constraints}");
        Assert.DoesNotContain("enum", page.Line("A"), StringComparison.Ordinal);
        Assert.DoesNotContain("range", page.Line("A"), StringComparison.Ordinal);
        Assert.Contains(page.Findings, f => f.Class == FindingClass.UnmappedText);
    }

    [Theory]
    [InlineData("Long", "None", "None", "long")]
    [InlineData("int64", "None", "None", "long")]
    [InlineData("uint64", "None", "None", "long")]
    [InlineData("uint32", "None", "None", "long")]
    [InlineData("Number", "None", "None", "long")]
    [InlineData("Int", "None", "None", "int")]
    [InlineData("Int", "None", "[0, 4294967295]", "long, range: '[0, 4294967295]'")]
    [InlineData("Int", "3000000000", "None", "long, default: 3000000000")]
    [InlineData("Int", "None", "[-2147483648, 2147483647]", "int, range: '[-2147483648, 2147483647]'")]
    public void AWholeNumberOf64Bits_IsALong(string type, string value, string constraints, string line)
        => Assert.Equal($"A: {{ type: {line} }}", Page.WithRows($"A| Size | {type} | No | {value} | {constraints}").Line("A"));

    [Theory]
    [InlineData("B| Detail, which is required if `A` is `x` | String | No | None | None", "B: { required: A == x }")]
    [InlineData("B| Detail | String | Yes if `A` is `x` | None | None", "B: { required: A == x }")]
    [InlineData("B| Detail | String | Yes (No if `A` is `x`) | None | None", "B: { required: A != x }")]
    [InlineData("B| Detail | String | No | None | If `A` is `x`, the value can only be `1`<br>If `A` is `y` or `z`, the value can be `2` or `3`", "B: { enumWhen: [{ when: A == x, enum: [1] }, { when: 'A in y, z', enum: [2, 3] }] }")]
    [InlineData("B| Detail | String | No | If `A` is `x`, the default value is `5` | Valid values: `5`, `6`", "B: { enum: [5, 6], defaultWhen: [{ when: A == x, value: 5 }] }")]
    [InlineData("B| Detail | String | No | None | Valid values for y: `m`, `n`", "B: { enumWhen: [{ when: A == y, enum: [m, n] }] }")]
    [InlineData("B| Detail | String | No | None | If `A` is `y`, this parameter is not supported", "B: { unsupportedWhen: A == y }")]
    [InlineData("B| Detail | String | No | None | This parameter will take effect only when A is y", "B: { effectiveWhen: A == y }")]
    [InlineData("B| Detail | String | No | None | Only y supports this parameter", "B: { unsupportedWhen: A != y }")]
    public void AConditionNamesItsNode(string row, string line)
    {
        ImportedPage page = Page.WithRows("A| Manner. Valid values: `x`, `y`, `z` | String | No | None | None", row);
        Assert.Equal(line, page.Line("B"));
    }

    [Theory]
    [InlineData("This node and A cannot be empty at the same time.", "- atLeastOne: [A, B]")]
    [InlineData("At least one of `B` and `A` must be passed in.", "- atLeastOne: [A, B]")]
    [InlineData("At least one of `A` and `B` must be passed in. If both parameters are passed in, `A` is preferred.", "- prefer: [A, B]")]
    public void ARuleStandsWithItsContainer(string text, string rule)
    {
        ImportedPage page = Page.WithRows("A| One | String | No | None | None", $"B| Other. {text} | String | No | None | None");
        Assert.Contains(rule, page.ToYaml().Split('\n').Select(l => l.Trim()));
    }

    [Fact]
    public void WhatNoPhraseMaps_IsReportedAndNeverGuessed()
    {
        ImportedPage page = Page.WithRows("A| Manner | String | No | None | The moon must be full");
        Assert.Equal("A: {}", page.Line("A"));
        ImportFinding finding = Assert.Single(page.Findings, f => f.Class == FindingClass.UnmappedText);
        Assert.Contains("The moon must be full", finding.Message, StringComparison.Ordinal);
        Assert.Equal(12, finding.Line);
    }

    [Fact]
    public void ACondition_ThatNamesNoNode_IsReported()
    {
        ImportedPage page = Page.WithRows("B| Detail, which is required if `Moon` is `full` | String | No | None | None");
        Assert.Equal("B: {}", page.Line("B"));
        Assert.Contains(page.Findings, f => f.Class == FindingClass.UnmappedText && f.Message.Contains("Moon", StringComparison.Ordinal));
    }

    [Fact]
    public void EveryPhrase_HasAName_AndCellsToBeReadIn()
    {
        Assert.NotEmpty(PhraseTable.Rows);
        Assert.Equal(PhraseTable.Rows.Count, PhraseTable.Rows.Select(r => r.Id).Distinct().Count());
        Assert.All(PhraseTable.Rows, r => Assert.Matches("^[DCVRN]+$", r.Cells));
    }
}
