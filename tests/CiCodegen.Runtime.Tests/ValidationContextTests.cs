namespace CiCodegen.Runtime.Tests;

public sealed class ValidationContextTests
{
    [Theory]
    [InlineData("a", "minLength")]
    [InlineData("😀", "minLength")]
    [InlineData("ab", null)]
    [InlineData("a😀", null)]
    [InlineData("😀😀😀", null)]
    [InlineData("😀😀😀😀", "maxLength")]
    [InlineData("abcd", "maxLength")]
    public void Length_CountsCharacters_NotUtf16Units(string text, string? rule)
    {
        CiValidationResult result = CiValidationContext.Check(new Words(text));
        Assert.Equal(rule is null ? [] : [("Words.Word[0]", rule)], result.Violations.Select(v => (v.Path, v.Rule)));
    }

    [Fact]
    public void RepeatedScalar_IsNamedWithItsIndex_AndWhatFollowsIsNot()
    {
        CiValidationResult result = CiValidationContext.Check(new Words("ab", "a", "", "abc") { IsShort = true });
        Assert.Equal(["Words.Word[1]", "Words.Word[2]", "Words.End"], result.Violations.Select(v => v.Path));
    }

    [Fact]
    public void NullInAList_IsAViolation_AndNothingIsWrittenForIt()
    {
        SampleItems items = new([new Words("ab"), null!, new Words("a")]);
        CiValidationResult result = CiValidationContext.Check(items);
        Assert.Equal([("Items.Words[1]", "required"), ("Items.Words[2].Word[0]", "minLength")], result.Violations.Select(v => (v.Path, v.Rule)));

        SampleResult written = new();
        written.BodyRecognition.AddRange([null!, new SampleRecognition { Url = "u" }, null!]);
        written.PetRecognition.Add(null!);
        SampleResponse response = new();
        response.JobsDetail.Add(new SampleJob { Operation = new SampleOperation { VideoTargetRecResult = written } });
        Assert.Contains("<VideoTargetRecResult><BodyRecognition><Url>u</Url></BodyRecognition></VideoTargetRecResult>", CiXml.ToXml(response), StringComparison.Ordinal);
        Assert.Contains("\"VideoTargetRecResult\":{\"BodyRecognition\":[{\"Url\":\"u\"}],\"PetRecognition\":[]}", CiJson.ToJson(response), StringComparison.Ordinal);
    }

    private sealed class SampleItems(List<Words> items) : ICiRooted, ICiValidatable
    {
        private static readonly CiNode s_words = CiNode.Many("Words");

        public static CiNode Root { get; } = CiNode.One("Items");

        public void Validate(ref CiValidationContext context) => context.Children(s_words, items);
    }

    private sealed class Words(params string[] words) : ICiDocument<Words>, ICiValidatable
    {
        private static readonly CiNode s_word = CiNode.Many("Word");
        private static readonly CiNode s_end = CiNode.One("End");

        public static CiNode Root { get; } = CiNode.One("Words");

        public bool IsShort { get; init; }

        public static Words Read<TReader>(TReader reader)
            where TReader : struct, ICiReader => throw new NotSupportedException();

        public void Write<TWriter>(ref TWriter writer)
            where TWriter : struct, ICiWriter => throw new NotSupportedException();

        public void Validate(ref CiValidationContext context)
        {
            for (int i = 0; i < words.Length; i++)
            {
                context.Item(i);
                context.Length(s_word, words[i], 2, 3);
            }

            context.Item(-1);
            context.Required(s_end, !IsShort);
        }
    }
}
