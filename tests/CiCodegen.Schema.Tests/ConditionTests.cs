namespace CiCodegen.Schema.Tests;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("CallBackType==TDMQ", "CallBackType == TDMQ")]
    [InlineData("!A && B != x || C", "!A && B != x || C")]
    [InlineData("A.B == true", "A.B == true")]
    [InlineData("Codec in H.264,H.265", "Codec in H.264, H.265")]
    [InlineData("Codec in H.264", "Codec == H.264")]
    [InlineData("Codec  not  in 'a b', c", "Codec not in a b, c")]
    [InlineData("A == 'it''s, (x)'", "A == 'it''s, (x)'")]
    [InlineData("A == ''", "A == ''")]
    [InlineData("A == 1,2", "A == '1,2'")]
    [InlineData("(A || B) && C", "(A || B) && C")]
    [InlineData("((A)) && (B && C)", "A && B && C")]
    [InlineData("(A && B) || C", "A && B || C")]
    [InlineData("Width>=128&&Width<4096", "Width >= 128 && Width < 4096")]
    [InlineData("Width > -1.5", "Width > -1.5")]
    [InlineData("in == not", "in == not")]
    [InlineData("A in in, not", "A in in, not")]
    [InlineData("inner", "inner")]
    public void Condition_HasOneNormalForm_WhichReadsTheSame(string text, string normal)
    {
        ConditionModel condition = ConditionParser.Parse(text, out string error)!;
        Assert.Equal((normal, ""), (condition?.Text, error));
        Assert.Equal(condition, ConditionParser.Parse(normal, out _));
    }

    [Theory]
    [InlineData("", "a node's name is due")]
    [InlineData("A ==", "a value is due behind the sign")]
    [InlineData("A in x,", "a value is due behind the sign")]
    [InlineData("A in x, x", "the value 'x' comes twice")]
    [InlineData("A not x", "'in' is due behind 'not'")]
    [InlineData("A == 'x", "a quote is not closed")]
    [InlineData("A == x y)", "')' is too much")]
    [InlineData("(A", "a ')' is due")]
    [InlineData("A < x", "'x' is no number")]
    [InlineData("A == a=b", "a value with '=' needs single quotes around it")]
    [InlineData("A == 'x' y", "'y' is too much")]
    [InlineData("A b", "'b' is too much")]
    [InlineData("A && ", "a node's name is due")]
    [InlineData("A & B", "'& B' is too much")]
    [InlineData("!(A)", "a node's name is due")]
    [InlineData("Transcode_* == x", "'Transcode_*' is no node's name")]
    public void BadCondition_SaysWhatIsWrong(string text, string reason)
    {
        Assert.Null(ConditionParser.Parse(text, out string error));
        Assert.Equal(reason, error);
    }

    [Fact]
    public void Parentheses_HaveALimit()
    {
        Assert.NotNull(ConditionParser.Parse(new string('(', 30) + "A" + new string(')', 30), out _));
        Assert.Null(ConditionParser.Parse(new string('(', 10_000) + "A" + new string(')', 10_000), out string error));
        Assert.Equal("it has too many parentheses", error);
    }

    [Fact]
    public void Names_AreLookedUpAmongSiblings_ThenFurtherUp()
    {
        TagModel tag = Yaml.Bind(Yaml.Tag("Codec: {}\nP: { nodes: { Q: { nodes: { A: { required: Codec == x && B && Input.Object }, B: {}, C: { validWhen: A } } }, Codec: {} } }"));
        NodeModel q = tag.Node("Request.Operation.P.Q");
        Assert.Equal([("Codec", 1), ("B", 0), ("Input.Object", 3)], q.Child("A")!.RequiredWhen!.Comparisons.Select(c => (c.Path, c.Up)));
        Assert.Equal((3, 0), (q.Child("A")!.RequiredWhen!.Reach, q.Child("C")!.ValidWhen!.Reach));
    }

    [Fact]
    public void Names_AreLookedUpThroughStructuresAndTheEnvelope()
    {
        TagModel tag = Yaml.Bind(Yaml.Tag("M: { use: CallBackMqConfig }\nA: { required: M.MqMode == Topic && CallBackType == Url }\nN: { sameAs: Request.Operation.M }\nB: { required: N.MqName }"));
        Assert.Equal([("M.MqMode", 0), ("CallBackType", 1)], tag.Node("Request.Operation.A").RequiredWhen!.Comparisons.Select(c => (c.Path, c.Up)));
        Assert.Equal("N.MqName", tag.Node("Request.Operation.B").RequiredWhen!.Text);
    }

    [Fact]
    public void TheNearestNameThatAnswers_IsTaken()
    {
        // The nearest P has no X: the one further up is meant.
        TagModel tag = Yaml.Bind(Yaml.Tag("P: { nodes: { X: {}, Q: { nodes: { P: { nodes: { Y: {} } }, A: { required: P.X } } } } }"));
        Assert.Equal(2, tag.Node("Request.Operation.P.Q.A").RequiredWhen!.Reach);
    }

    [Theory]
    [InlineData("A: { required: B < 3 }\nB: {}", "CICG2009", "'B' is no number")]
    [InlineData("A: { required: 'B in x, z' }\nB: { enum: [x, y] }", "CICG2009", "'z' is none of its values")]
    [InlineData("A: { required: P.C }\nP: { nodes: { B: {} } }", "CICG2009", "'P' has no node 'C'")]
    [InlineData("P: { nodes: { A: { required: Codek } } }\nCodec: {}", "CICG2005", "Did you mean 'Codec'?")]
    [InlineData("P: { nodes: { A: { required: L.B } } }\nL: { many: true, nodes: { B: {} } }", "CICG2009", "'L' repeats")]
    [InlineData("A: { enumWhen: [{ when: C, enum: [x] }] }", "CICG2005", "'C'")]
    [InlineData("A: { enumWhen: [{ when: 'A ==', enum: [x] }] }", "CICG2009", "a value is due")]
    [InlineData("A: { validWhen: 'B == ' }", "CICG2009", "a value is due")]
    [InlineData("A: { defaultWhen: [{ when: B, value: x }, { when: '(B)', value: y }] }\nB: {}", "CICG2007", "comes twice")]
    public void ConditionThatCannotBeAsked_IsAProblemAtItsPlace(string nodes, string id, string said)
    {
        SchemaProblem problem = Assert.Single(Yaml.Load(("probe.ci.yaml", Yaml.Tag(nodes))).Problems);
        Assert.Equal(id, problem.Id);
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
        Assert.InRange(problem.Span.Line, 7, 9);
        Assert.True(problem.Span.Column > 9, problem.ToString());
    }

    [Theory]
    [InlineData("- exclusive: [A, B]\n  when: C ==", "CICG2009")]
    [InlineData("- exclusive: [A, B]\n  when: D", "CICG2005")]
    [InlineData("- exclusive: [A, A]", "CICG2007")]
    [InlineData("- requires: [A]", "CICG2007")]
    [InlineData("- requires: [A, X]", "CICG2005")]
    [InlineData("- when: C", "CICG1007")]
    [InlineData("- notAllFalse: [F, G]", "CICG2007")]
    public void BadRule_IsAProblemAtItsPlace(string rule, string id)
    {
        SchemaSet set = Yaml.Load(("probe.ci.yaml", Yaml.Tag("A: {}\nB: {}\nC: {}\nF: { type: bool }\nG: { type: bool, many: true }", rules: rule)));
        SchemaProblem problem = Assert.Single(set.Problems);
        Assert.Equal(id, problem.Id);
        Assert.True(problem.Span.Line >= 13, problem.ToString());
    }

    [Fact]
    public void Rule_MayHoldUnderAConditionFurtherUp()
    {
        TagModel tag = Yaml.Bind(Yaml.Tag("Mode: {}\nP: { nodes: { A: {}, B: {}, 'T_*': {} }, rules: [{ exclusive: [A, B], when: Mode == x && A }, { prefer: [A, B, 'T_*'] }] }"));
        RuleModel[] rules = [.. tag.Node("Request.Operation.P").Rules];
        Assert.Equal((1, "Mode == x && A"), (rules[0].When!.Reach, rules[0].When!.Text));
        Assert.Equal(["A", "B", "T_*"], rules[1].Nodes);
    }

    [Fact]
    public void SharedShape_IsOneWhateverReachesOutOfIt()
    {
        // The condition asks for a node of each user: it is no part of the shared type.
        const string Shapes = "kind: shared\nshapes:\n  S: { nodes: { A: { required: Mode == x }, B: { required: A } } }\n";
        string user = Yaml.Tag("Mode: {}\nP: { use: S }\nL: { nodes: { Mode: {}, P: { use: S } } }");
        SchemaSet set = Yaml.Load(("probe.ci.yaml", user), ("shapes.ci.yaml", Shapes));
        Assert.Empty(set.Problems);
        NodeModel p = set.Tags.Single().Node("Request.Operation.P");
        Assert.Equal((true, "S"), (p.IsShared, p.Shape));
        Assert.Null(p.Within(0).Child("A")!.RequiredWhen);
        Assert.NotNull(p.Within(0).Child("B")!.RequiredWhen);
    }
}
