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

    private sealed class Words(params string[] words) : ICiDocument<Words>, ICiValidatable
    {
        private static readonly CiNode s_word = CiNode.Many("Word");
        private static readonly CiNode s_end = CiNode.One("End");

        public static CiNode Root { get; } = CiNode.One("Words");

        public bool IsShort { get; init; }

        public static Words Read<TReader>(ref TReader reader)
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
