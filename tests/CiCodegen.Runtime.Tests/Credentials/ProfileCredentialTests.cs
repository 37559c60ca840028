namespace CiCodegen.Runtime.Tests.Credentials;

public sealed class ProfileCredentialTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("cicodegen-").FullName;

    private ProfileCredentialProvider Provider(string? profile = null, string? variable = null) => new(_home, profile, name => name == "TCCLI_PROFILE" ? variable : null);

    private void Write(string file, string text)
    {
        string path = Path.Combine(_home, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    [Fact]
    public async Task Ini_HasProfiles()
    {
        Write(".tencentcloud/credentials", "# a comment\r\n[default]\r\nsecret_id = one\r\nsecret_key=key=1\r\n\r\n[other]\nsecret_id=two\nsecret_key=key2\ntoken=hush\n");
        CiCredentials first = await Provider().GetAsync();
        Assert.Equal(("one", "key=1", null), (first.SecretId, first.SecretKey, first.Token));
        CiCredentials other = await Provider("other").GetAsync();
        Assert.Equal(("two", "key2", "hush"), (other.SecretId, other.SecretKey, other.Token));
        Assert.Equal("two", (await Provider(variable: " other ").GetAsync()).SecretId);
    }

    [Fact]
    public async Task Json_OfTheCommandLine_ComesAfterTheIni()
    {
        Write(".tccli/default.credential", """{"secretId":"three","secretKey":"key3","token":null,"version":2}""");
        Assert.Equal("three", (await Provider().GetAsync()).SecretId);
        Write(".tencentcloud/credentials", "secret_id=one\nsecret_key=key\n");
        Assert.Equal("one", (await Provider().GetAsync()).SecretId);
    }

    [Fact]
    public async Task File_IsReadAgainWhenItChanges()
    {
        Write(".tencentcloud/credentials", "secret_id=one\nsecret_key=key\n");
        ProfileCredentialProvider provider = Provider();
        CiCredentials first = await provider.GetAsync();
        Assert.Same(first, await provider.GetAsync());
        Write(".tencentcloud/credentials", "secret_id=two\nsecret_key=key\n");
        File.SetLastWriteTimeUtc(Path.Combine(_home, ".tencentcloud/credentials"), DateTime.UtcNow.AddMinutes(1));
        Assert.Equal("two", (await provider.GetAsync()).SecretId);
    }

    [Theory]
    [InlineData(".tencentcloud/credentials", "[other]\nsecret_id=a\nsecret_key=hu*sh\n")]
    [InlineData(".tencentcloud/credentials", "[default]\nsecret_key=hu*sh\n")]
    [InlineData(".tccli/default.credential", """{"secretKey":"hu*sh"}""")]
    [InlineData(".tccli/default.credential", "{\"secretId\":\"a\",\"secretKey\":\"hu*sh\"")]
    [InlineData(".tccli/default.credential", """{"secretId":"a","secretKey":"hu*\u0000sh"}""")]
    [InlineData(".tccli/default.credential", "[]")]
    public async Task WhatIsMissing_IsTold_NeverWhatIsThere(string file, string text)
    {
        Write(file, text);
        CiCredentialException e = await Assert.ThrowsAsync<CiCredentialException>(async () => await Provider().GetAsync());
        Assert.Contains(Path.GetFileName(file), e.Message, StringComparison.Ordinal);

        // No folder's name has a star.
        Assert.DoesNotContain("hu*", e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("*sh", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoFile_LeadsOnInAChain()
    {
        CiCredentialException e = await Assert.ThrowsAsync<CiCredentialException>(async () => await Provider().GetAsync());
        Assert.Contains("not there", e.Message, StringComparison.Ordinal);
        ChainedCredentialProvider chain = new(Provider(), new StaticCredentialProvider("id", "key"));
        Assert.Equal("id", (await chain.GetAsync()).SecretId);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a]b")]
    [InlineData("")]
    public void Profile_IsNoPath(string profile) => Assert.Throws<ArgumentException>(() => Provider(profile));

    public void Dispose() => Directory.Delete(_home, recursive: true);
}
