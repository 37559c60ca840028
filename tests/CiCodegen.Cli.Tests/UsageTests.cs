namespace CiCodegen.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("There is no command 'reda'. Did you mean 'read'?", "reda")]
    [InlineData("There is no option '--taq'. Did you mean '--tag'?", "read", "--taq", "X")]
    [InlineData("Required argument 'Tag' missing", "tree")]
    [InlineData("A file is needed", "read", "--tag", "VideoTargetRec")]
    [InlineData("There is no file 'nowhere.xml'", "read", "--tag", "VideoTargetRec", "nowhere.xml")]
    [InlineData("A Tag is needed", "read", "-")]
    [InlineData("Must be one of", "read", "--as", "nothing", "-")]
    [InlineData("No schema has the Tag 'Nope'", "validate", "--tag", "Nope", "-")]
    [InlineData("There is no directory 'nowhere'", "tags", "--schema", "nowhere")]
    [InlineData("There is no directory 'nowhere'", "emit", "-o", "out", "--templates", "nowhere")]
    [InlineData("is no C# namespace", "emit", "-o", "out", "--namespace", "a..b")]
    [InlineData("is no time", "emulator", "--clock", "soon")]
    [InlineData("is no time that requests can be signed at; take a year from 1971 to 9000", "emulator", "--clock", "9999-12-31T00:00:00Z")]
    [InlineData("is no time that requests can be signed at; take a year from 1971 to 9000", "emulator", "--clock", "0001-01-01T00:00:00Z")]
    [InlineData("Cannot parse argument 'soon' for option '--deadline' as a number.", "wait", "j1", "--deadline", "soon")]
    [InlineData("Cannot parse argument 'any' for option '--port' as a whole number.", "emulator", "--port", "any")]
    [InlineData("is no key time", "sign", "--key-time", "now")]
    [InlineData("has no name", "sign", "--header", "Host")]
    [InlineData("is no address", "list", "--tag", "VideoTargetRec", "--endpoint", "nowhere")]
    [InlineData("allowed is more than 0", "list", "--tag", "VideoTargetRec", "--try-timeout", "0")]
    [InlineData("say where the service is", "list", "--tag", "VideoTargetRec")]
    public async Task WrongUse_ExitsWith2_AndSaysWhatIsWrong(string message, params string[] args)
    {
        CliRun run = (await CliRun.Of(args)).Exits(2);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task WithoutCredentials_NothingIsDone()
    {
        CliRun run = (await CliRun.With("", [], "sign", "--json")).Exits(2);
        Assert.Contains("TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY are not set", run.Error, StringComparison.Ordinal);
        Assert.Equal("NoCredentials", run.Json.GetProperty("error").GetProperty("code").GetString());
    }
}
