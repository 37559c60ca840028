namespace CiCodegen.Schema.Tests;

public sealed class FactTests
{
    [Fact]
    public void EveryFact_ReachesTheModel()
    {
        NodeModel[] nodes =
        [
            .. Yaml.Bind(Yaml.Tag(
                """
                Codec: { enum: [aac, mp3], special: { copy: as it is } }
                A: { enumWhen: [{ when: Codec == aac, enum: [x, y] }, { when: B, enum: z }], defaultWhen: [{ when: Codec == mp3, value: x }], default: (whatever it was) }
                B: { type: int, rangeWhen: [{ when: Codec == aac, range: '(0, 5]' }], multipleOf: 2, special: [-99] }
                C: { lengthWhen: [{ when: A, maxLength: 8 }], charset: 'a-z_', pattern: '[a-z]+', fileExt: [mp4, flv], wildcards: ['${Ext}'] }
                D: { validWhen: A == x, effectiveWhen: E, ineffectiveWhen: F, unsupportedWhen: G, written: Request.D }
                """)).Node("Request.Operation").Children,
        ];
        Assert.Equal(new SpecialModel("copy", "as it is"), Assert.Single(nodes[0].Special));
        Assert.Equal(["Codec == aac: x y", "B: z"], nodes[1].EnumWhen.Select(c => $"{c.When}: {string.Join(" ", c.Then)}"));
        Assert.Equal(("Codec == mp3", "x"), (nodes[1].DefaultWhen.Single().When.Text, nodes[1].DefaultWhen.Single().Then));
        Assert.Equal(("whatever it was", null), (nodes[1].DefaultText, nodes[1].Default));
        Assert.Equal(("(0, 5]", "2", "-99"), (nodes[2].RangeWhen.Single().Then.Text, nodes[2].MultipleOf, nodes[2].Special.Single().Text));
        Assert.Equal((8, "a-z_", "[a-z]+"), (nodes[3].LengthWhen.Single().Then, nodes[3].Charset, nodes[3].Pattern));
        Assert.Equal(["mp4", "flv", "${Ext}"], nodes[3].FileExt.Concat(nodes[3].Wildcards));
        Assert.Equal(("A == x", "E", "F", "G", "Request.D"), (nodes[4].ValidWhen?.Text, nodes[4].EffectiveWhen, nodes[4].IneffectiveWhen, nodes[4].UnsupportedWhen, nodes[4].Written));
    }

    [Fact]
    public void CommentAndPlace_DoNotReachTheModel()
    {
        string text = Yaml.Tag("A: { enumWhen: [{ when: B, enum: [x] }], special: [y] }\nB: {}", rules: "- requires: [A, B]\n  when: B");
        Assert.Equal(Yaml.Bind(text), Yaml.Bind("# a comment\n\n" + text.Replace("enum: [x]", "enum:   [ x ]", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("A: { enumWhen: x }", "CICG1006")]
    [InlineData("A: { enumWhen: [] }", "CICG1006")]
    [InlineData("A: { enumWhen: [x] }", "CICG1006")]
    [InlineData("A: { enumWhen: [{ enum: [x] }] }", "CICG1007")]
    [InlineData("A: { enumWhen: [{ when: B }] }\nB: {}", "CICG1007")]
    [InlineData("A: { enumWhen: [{ when: B, enum: [x], value: y }] }\nB: {}", "CICG1005")]
    [InlineData("A: { enumWhen: [{ when: B, enum: [] }] }\nB: {}", "CICG1006")]
    [InlineData("A: { enum: [x], enumWhen: [{ when: B, enum: [y] }] }\nB: {}", "CICG2007")]
    [InlineData("A: { type: int, enumWhen: [{ when: B, enum: [y] }] }\nB: {}", "CICG2007")]
    [InlineData("A: { nodes: { C: {} }, enumWhen: [{ when: B, enum: [y] }] }\nB: {}", "CICG2007")]
    [InlineData("A: { defaultWhen: [{ when: B, value: [y] }] }\nB: {}", "CICG1006")]
    [InlineData("A: { type: int, defaultWhen: [{ when: B, value: y }] }\nB: {}", "CICG2007")]
    [InlineData("A: { type: int, range: '[1, 5]', defaultWhen: [{ when: B, value: 6 }] }\nB: {}", "CICG2007")]
    [InlineData("A: { type: int, rangeWhen: [{ when: B, range: 5 }] }\nB: {}", "CICG2008")]
    [InlineData("A: { rangeWhen: [{ when: B, range: '[1, 5]' }] }\nB: {}", "CICG2007")]
    [InlineData("A: { lengthWhen: [{ when: B, maxLength: many }] }\nB: {}", "CICG2013")]
    [InlineData("A: { type: int, lengthWhen: [{ when: B, maxLength: 5 }] }\nB: {}", "CICG2007")]
    [InlineData("A: { type: int, multipleOf: 0 }", "CICG2013")]
    [InlineData("A: { type: int, multipleOf: even }", "CICG2013")]
    [InlineData("A: { multipleOf: 2 }", "CICG2007")]
    [InlineData("A: { type: int, special: [auto] }", "CICG2007")]
    [InlineData("A: { type: bool, special: [auto] }", "CICG2007")]
    [InlineData("A: { nodes: { B: {} }, special: [auto] }", "CICG2007")]
    [InlineData("A: { pattern: '[a-z' }", "CICG2015")]
    [InlineData("A: { pattern: '(?=x)' }", "CICG2015")]
    [InlineData("A: { pattern: '(?<!x)' }", "CICG2015")]
    [InlineData("A: { pattern: '(?>x)' }", "CICG2015")]
    [InlineData("A: { pattern: '(?(x)y)' }", "CICG2015")]
    [InlineData("A: { pattern: '(a)\\1' }", "CICG2015")]
    [InlineData("A: { pattern: '(?<a>x)\\k<a>' }", "CICG2015")]
    [InlineData("A: { pattern: '(?<a>x)(?<b-a>y)' }", "CICG2015")]
    [InlineData("A: { pattern: 'a)(b' }", "CICG2015")]
    [InlineData("A: { pattern: '(?x)a # b' }", "CICG2015")]
    [InlineData("A: { pattern: '([^,]{1,128},){0,99}[^,]{1,128}' }", "CICG2015")]
    [InlineData("A: { type: int, pattern: a }", "CICG2007")]
    [InlineData("A: { type: bool, enum: ['true'] }", "CICG2007")]
    [InlineData("A: { type: bool, enum: ['yes', 'no'] }", "CICG2007")]
    [InlineData("A: { type: time, const: '2020-01-01T00:00:00+0800' }", "CICG2007")]
    [InlineData("A: { type: time, enumWhen: [{ when: B, enum: ['2020-01-01T00:00:00+0800'] }] }\nB: {}", "CICG2007")]
    [InlineData("A: { type: decimal, range: '(5, 5]' }", "CICG2008")]
    [InlineData("A: { type: int, range: '(0, 1)' }", "CICG2008")]
    [InlineData("A: { type: int, many: true, range: '[0.1, 0.9]' }", "CICG2008")]
    [InlineData("A: { type: int, rangeWhen: [{ when: B, range: '(4, 5)' }] }\nB: {}", "CICG2008")]
    [InlineData("A: { type: int, range: '[1e3, 5000]' }", "CICG2008")]
    [InlineData("A: { rules: [{ exclusive: [X, Y] }] }", "CICG2007")]
    [InlineData("A: { charset: 'z-a' }", "CICG2015")]
    [InlineData("A: { charset: 'a[' }", "CICG2015")]
    [InlineData("A: { charset: '^a' }", "CICG2015")]
    [InlineData("A: { charset: 'a\\' }", "CICG2015")]
    [InlineData("A: { charset: '' }", "CICG2015")]
    [InlineData("A: { type: int, charset: a-z }", "CICG2007")]
    [InlineData("A: { fileExt: [.mp4] }", "CICG2007")]
    [InlineData("A: { fileExt: { mp4: x } }", "CICG1006")]
    [InlineData("A: { fileExt: [mp4, mp4] }", "CICG2007")]
    [InlineData("A: { type: int, fileExt: [mp4] }", "CICG2007")]
    [InlineData("A: { type: int, wildcards: ['${x}'] }", "CICG2007")]
    [InlineData("A: { required: true, validWhen: B }\nB: {}", "CICG2007")]
    [InlineData("A: { except: [B] }", "CICG2007")]
    [InlineData("A: { open: true }", "CICG2007")]
    [InlineData("A: { member: small }", "CICG2016")]
    [InlineData("A: { member: 'No Name' }", "CICG2016")]
    [InlineData("A: { enum: [x], enumName: 'No Name' }", "CICG2003")]
    [InlineData("'A*B': {}", "CICG2002")]
    [InlineData("'*A': {}", "CICG2002")]
    [InlineData("'1*': {}", "CICG2002")]
    [InlineData("'**': {}", "CICG2002")]
    [InlineData("'A_*': {}\nA-: {}", "CICG2012")]
    public void WrongFact_IsAProblemAtItsPlace(string nodes, string id)
    {
        SchemaSet set = Yaml.Load(("probe.ci.yaml", Yaml.Tag(nodes)));
        Assert.Contains(set.Problems, p => p.Id == id);
        Assert.All(set.Problems, p => Assert.InRange(p.Span.Line, 7, 8));
        Assert.Empty(set.Tags);
    }

    [Theory]
    [InlineData("A: { type: int, special: [-99, 0], default: -99, range: '[1, 5]' }")]
    [InlineData("A: { enum: [x], special: [auto], default: auto, enumWhen: [{ when: B, enum: [auto] }] }\nB: {}")]
    [InlineData("A: { special: [auto], range: '[1, 5]', multipleOf: 2 }")]
    [InlineData("A: { type: bool, enum: ['true', 'false'] }")]
    [InlineData("A: { type: int, range: '(0, 2)' }\nB: { type: int, range: '[5, 5]' }\nC: { type: decimal, range: '(0, 1)' }\nD: { type: int, range: '[0, length of the audio)' }")]
    [InlineData("A: { pattern: '[^,]{1,128}(,[^,]+)*' }")]
    [InlineData("A: { enum: [x], default: (the value of B) }")]
    [InlineData("A: { type: int, default: (as the source has it) }")]
    [InlineData("A: { pattern: '[\\]()?=]+\\(?=x' }")]
    [InlineData("A: { charset: '-a' }\nB: { charset: 'a-' }\nC: { charset: '\\^\\[\\]\\\\' }")]
    [InlineData("A: { open: true, enumWhen: [{ when: B, enum: [x] }] }\nB: {}")]
    [InlineData("A: { validWhen: B, required: B }\nB: {}")]
    [InlineData("'*': {}\nT_*: {}\nT_A_*: { member: Inner }\nT_A: {}")]
    [InlineData("A: { wildcards: '${x}', fileExt: mp4 }")]
    public void OddButRightFact_IsNoProblem(string nodes)
        => Assert.Empty(Yaml.Load(("probe.ci.yaml", Yaml.Tag(nodes))).Problems);

    [Theory]
    [InlineData("A-Za-z_", "AZaz__")]
    [InlineData("printable-ascii", " ~")]
    [InlineData(@"a\-z*-", "aa--zz**--")]
    public void Charset_IsPairsOfFirstAndLast(string charset, string pairs) => Assert.Equal(pairs, TextRules.Ranges(charset));

    [Fact]
    public void NamePattern_IsADictionary()
    {
        NodeModel operation = Yaml.Bind(Yaml.Tag("Transcode_*: { nodes: { A: {} } }\n'*': { type: int }\nX*: { member: Others }")).Node("Request.Operation");
        Assert.Equal([("Transcode", true), ("Items", true), ("Others", true)], operation.Children.Select(c => (c.Member, c.IsMap)));
        Assert.Equal("ProbeOperationTranscode", operation.Children[0].Shape);
        Assert.Equal(["Transcode_*", "*", "X*", "*"], new[] { "Transcode_1", "Transcode", "XY", "x" }.Select(n => operation.ChildFor(n)!.Name));
    }

    [Theory]
    [InlineData("without: [Response.NextToken]", "NextToken")]
    [InlineData("without: [Response.JobsDetail]", "JobsDetail")]
    [InlineData("without: [Response.NonExistJobIds]", "NonExistJobIds")]
    [InlineData("response: { nodes: { EventName: { type: int } } }", "EventName")]
    [InlineData("response: { nodes: { JobsDetail: { runtime: false } } }", "base type")]
    [InlineData("response: { nodes: { JobsDetail: { nodes: { Progress: { type: int } } } } }", "Progress")]
    [InlineData("response: { nodes: { JobsDetail: { nodes: { State: { enum: [a], enumName: MyState } } } } }", "State")]
    [InlineData("response: { nodes: { JobsDetail: { nodes: { Mine: { runtime: true } } } } }", "no such member")]
    [InlineData("response: { nodes: { JobsDetail: { nodes: { JobId: { member: Id } } } } }", "JobId")]
    [InlineData("response: { nodes: { JobsDetail: { nodes: { JobId: { runtime: false } } } } }", "JobId")]
    public void WhatTheRuntimeNeeds_CannotBeTakenAway(string line, string said)
    {
        SchemaProblem problem = Yaml.Problem($"kind: tag\ntag: Probe\n{line}\n");
        Assert.Equal("CICG2007", problem.Id);
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneShape_WithTwoDefaults_IsTwoStructures_WhereAConditionAsksForThem()
    {
        Assert.Empty(Yaml.Load(("probe.ci.yaml", Yaml.Tag("A: { shape: S, nodes: { M: { default: x }, N: {} } }\nB: { shape: S, nodes: { M: { default: y }, N: {} } }"))).Problems);
        SchemaSet set = Yaml.Load(("probe.ci.yaml", Yaml.Tag("A: { shape: S, nodes: { M: { default: x }, N: { required: M == x } } }\nB: { shape: S, nodes: { M: { default: y }, N: { required: M == x } } }")));
        Assert.Equal("CICG2004", Assert.Single(set.Problems).Id);
    }

    [Fact]
    public void EnumWithinASharedShape_BelongsToAllTags()
    {
        SchemaSet set = Yaml.Load(("probe.ci.yaml", Yaml.Tag("P: { use: S }")), ("shapes.ci.yaml", "kind: shared\nshapes:\n  S: { nodes: { Mode: { enum: [x, y] } } }\n"));
        Assert.Empty(set.Problems);
        EnumModel mode = set.Tags.Single().Node("Request.Operation.P.Mode").Enum!;
        Assert.Equal(("SMode", true), (mode.Name, mode.IsShared));
    }
}
