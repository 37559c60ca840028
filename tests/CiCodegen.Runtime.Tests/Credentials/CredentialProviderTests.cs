namespace CiCodegen.Runtime.Tests.Credentials;

public sealed class CredentialProviderTests
{
    private static EnvironmentCredentialProvider Environment(params string[] flat)
    {
        Dictionary<string, string> values = flat.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return new(values.GetValueOrDefault);
    }

    [Fact]
    public async Task Environment_ReadsKeyPairAndEitherToken()
    {
        CiCredentials permanent = await Environment("TENCENTCLOUD_SECRET_ID", "id", "TENCENTCLOUD_SECRET_KEY", " key\n").GetAsync();
        Assert.Equal(("id", "key", null), (permanent.SecretId, permanent.SecretKey, permanent.Token));
        CiCredentials first = await Environment(
            "TENCENTCLOUD_SECRET_ID", "id", "TENCENTCLOUD_SECRET_KEY", "key", "TENCENTCLOUD_SESSION_TOKEN", "session", "TENCENTCLOUD_TOKEN", "plain").GetAsync();
        Assert.Equal("session", first.Token);
        CiCredentials second = await Environment("TENCENTCLOUD_SECRET_ID", "id", "TENCENTCLOUD_SECRET_KEY", "key", "TENCENTCLOUD_TOKEN", "plain").GetAsync();
        Assert.Equal("plain", second.Token);
        Assert.Equal("ap-tokyo", EnvironmentCredentialProvider.GetRegion(name => name == "TENCENTCLOUD_REGION" ? "ap-tokyo " : null));
    }

    [Fact]
    public async Task Environment_SaysWhichVariableIsMissing_NeverWhatTheOtherHolds()
    {
        CiCredentialException none = await Assert.ThrowsAsync<CiCredentialException>(async () => await Environment().GetAsync());
        Assert.Contains("TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY are not set", none.Message, StringComparison.Ordinal);
        CiCredentialException half = await Assert.ThrowsAsync<CiCredentialException>(async () => await Environment("TENCENTCLOUD_SECRET_KEY", "hush").GetAsync());
        Assert.Contains("TENCENTCLOUD_SECRET_ID is not set", half.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", half.ToString(), StringComparison.Ordinal);
        CiCredentialException broken = await Assert.ThrowsAsync<CiCredentialException>(
            async () => await Environment("TENCENTCLOUD_SECRET_ID", "id", "TENCENTCLOUD_SECRET_KEY", "hu\nsh").GetAsync());
        Assert.DoesNotContain("hu\nsh", broken.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chain_TakesTheFirstAnswer_OrNamesEachPlace()
    {
        CiCredentials given = new("id", "key");
        ChainedCredentialProvider chain = new(Environment(), new StaticCredentialProvider(given));
        Assert.Same(given, await chain.GetAsync());

        ChainedCredentialProvider empty = new(Environment("TENCENTCLOUD_SECRET_KEY", "hush"), Environment());
        CiCredentialException e = await Assert.ThrowsAsync<CiCredentialException>(async () => await empty.GetAsync());
        Assert.Contains("TENCENTCLOUD_SECRET_ID is not set", e.Message, StringComparison.Ordinal);
        Assert.Contains("TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY are not set", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_RefuseLineBreaksWithoutShowingThem()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new CiCredentials("id", "key", "tok\r\nen"));
        Assert.DoesNotContain("tok\r\nen", e.ToString(), StringComparison.Ordinal);
        Assert.Null(new CiCredentials("id", "key", "").Token);
    }
}
