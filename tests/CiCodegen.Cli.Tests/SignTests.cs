using System.Globalization;
using System.Text.Json;
using CiCodegen.Tests;

namespace CiCodegen.Cli.Tests;

public sealed class SignTests
{
    private const string Line = """{"secret_id":"AKIDFAKErrrrrrrrrrrrrrrrrrrrrrrrrrrr","secret_key":"mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm","token":null,"key_time":"1521215931;1521295931","method":"POST","path":"/jobs","query":[],"headers":[["Host","media3-1250000040.ci.ap-guangzhou.myqcloud.com"]]}""";

    private const string Expected = """{"sign_key":"bbaa173fbacd85ac7fea01f4a6a7d9e4ae18e7c3","http_string":"post\n/jobs\n\nhost=media3-1250000040.ci.ap-guangzhou.myqcloud.com\n","string_to_sign":"sha1\n1521215931;1521295931\ncd3d7db153751a540f50d8744640fc3c22642901\n","signature":"00c784a1bebf73c96d108ccddd1bc48d723d596b","q_header_list":"host","q_url_param_list":"","authorization":"q-sign-algorithm=sha1&q-ak=AKIDFAKErrrrrrrrrrrrrrrrrrrrrrrrrrrr&q-sign-time=1521215931;1521295931&q-key-time=1521215931;1521295931&q-header-list=host&q-url-param-list=&q-signature=00c784a1bebf73c96d108ccddd1bc48d723d596b"}""";

    [Theory]
    [InlineData("")]
    [InlineData("tr-TR")]
    [InlineData("fi-FI")]
    public async Task Batch_GivesEveryIntermediateString(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(Expected + "\n", (await CliRun.With(Line, "sign", "--batch")).Exits(0).Out);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task One_IsWhatTheBatchGives()
    {
        Dictionary<string, string> environment = new() { ["TENCENTCLOUD_SECRET_ID"] = "AKIDFAKErrrrrrrrrrrrrrrrrrrrrrrrrrrr", ["TENCENTCLOUD_SECRET_KEY"] = "mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm" };
        string[] args = ["sign", "--method", "POST", "--path", "/jobs", "--header", "Host: media3-1250000040.ci.ap-guangzhou.myqcloud.com", "--key-time", "1521215931;1521295931"];
        Assert.Equal(Expected + "\n", (await CliRun.With("", environment, [.. args, "--json"])).Exits(0).Out);
        string authorization = JsonDocument.Parse(Expected).RootElement.GetProperty("authorization").GetString() + "\n";
        Assert.Equal(authorization, (await CliRun.With("", environment, args)).Exits(0).Out);
        string explained = (await CliRun.With("", environment, [.. args, "--explain"])).Exits(0).Out;
        Assert.EndsWith(authorization, explained, StringComparison.Ordinal);
        Assert.Contains("cd3d7db153751a540f50d8744640fc3c22642901", explained, StringComparison.Ordinal);
        Assert.DoesNotContain("mmmm", explained, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"secret_id":"a"}""")]
    [InlineData("""{"secret_id":"a","secret_key":"b","key_time":"x","method":"GET","path":"/"}""")]
    [InlineData("""{"secret_id":"a","secret_key":"b","key_time":"1;2","method":"GET","path":"/","query":[["a"]]}""")]
    [InlineData("""{"secret_id":7}""")]
    public async Task BadLine_IsAnsweredAndTheNextGoesOn(string line)
    {
        JsonElement[] answers = (await CliRun.With($"{line}\n{Line}\n", "sign", "--batch")).Exits(0).JsonLines;
        Assert.Equal("BadLine", answers[0].GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(Expected, answers[1].GetRawText());
    }

    [Fact]
    public async Task SharedVectors_Match()
    {
        if (Repository.Shared is not { } shared)
        {
            Assert.Skip("No outside test data.");
            return;
        }

        JsonElement[] vectors = [.. JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(shared, "vectors", "signatures.json"))).RootElement.GetProperty("vectors").EnumerateArray()];
        string input = string.Join('\n', vectors.Select(v => JsonSerializer.Serialize(v.GetProperty("input"))));
        JsonElement[] answers = (await CliRun.With(input, "sign", "--batch")).Exits(0).JsonLines;
        Assert.Equal(vectors.Length, answers.Length);
        Assert.All(vectors.Zip(answers), pair => Assert.True(JsonElement.DeepEquals(pair.First.GetProperty("expected"), pair.Second), pair.Second.GetRawText()));
    }
}
