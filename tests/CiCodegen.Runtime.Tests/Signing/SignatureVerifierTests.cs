namespace CiCodegen.Runtime.Tests.Signing;

public sealed class SignatureVerifierTests
{
    private const string Host = "examplebucket-1250000000.ci.ap-guangzhou.myqcloud.com";
    private static readonly CiCredentials Fake = new("AKIDFAKE", "fake-key");
    private static readonly CiKeyTime Time = new(1000, 2000);

    private static KeyValuePair<string, string?>[] Pairs(params string?[] flat) => SignerTests.Pairs(flat);

    private static string Signed(KeyValuePair<string, string?>[] query, KeyValuePair<string, string?>[] headers)
        => CiSigner.Sign(Fake, "GET", "/jobs", query, headers, Time).Authorization;

    private static CiSignatureStatus Check(KeyValuePair<string, string?>[] query, KeyValuePair<string, string?>[] headers, string? authorization, long now = 1500, string method = "GET", string path = "/jobs")
        => CiSignatureVerifier.Verify(
            method,
            path,
            query,
            authorization is null ? headers : [.. headers, new("AUTHORIZATION", authorization)],
            id => id == Fake.SecretId ? Fake.SecretKey : null,
            DateTimeOffset.FromUnixTimeSeconds(now)).Status;

    [Fact]
    public void OwnSignature_IsValid_AlsoWithUnsignedExtras()
    {
        KeyValuePair<string, string?>[] query = Pairs("tag", "VideoTargetRec", "标签", "a b", "k", "2", "k", "1");
        KeyValuePair<string, string?>[] headers = Pairs("Host", Host);
        string authorization = Signed(query, headers);
        Assert.Equal(CiSignatureStatus.Valid, Check(query, headers, authorization));
        Assert.Equal(CiSignatureStatus.Valid, Check([.. query, new("extra", "1")], Pairs("user-agent", "x", "hOST", Host), authorization));
    }

    [Fact]
    public void WhatIsSigned_CannotBeChanged()
    {
        KeyValuePair<string, string?>[] query = Pairs("tag", "A", "size", "10");
        KeyValuePair<string, string?>[] headers = Pairs("host", Host);
        string authorization = Signed(query, headers);
        Assert.Equal(CiSignatureStatus.Mismatch, Check(Pairs("tag", "B", "size", "10"), headers, authorization));
        Assert.Equal(CiSignatureStatus.Mismatch, Check(Pairs("tag", "A"), headers, authorization));
        Assert.Equal(CiSignatureStatus.Mismatch, Check(Pairs("tag", "A", "size", "10", "tag", "B"), headers, authorization));
        Assert.Equal(CiSignatureStatus.Mismatch, Check(query, Pairs("host", "other"), authorization));
        Assert.Equal(CiSignatureStatus.Mismatch, Check(query, headers, authorization, method: "PUT"));
        Assert.Equal(CiSignatureStatus.Mismatch, Check(query, headers, authorization, path: "/ai_jobs"));
        Assert.Equal(CiSignatureStatus.Mismatch, Check(query, headers, authorization[..^1] + (authorization[^1] == '0' ? '1' : '0')));
    }

    [Fact]
    public void Times_DecideAtTheirEnds()
    {
        string authorization = Signed([], []);
        Assert.Equal(CiSignatureStatus.NotYetValid, Check([], [], authorization, now: 999));
        Assert.Equal(CiSignatureStatus.Valid, Check([], [], authorization, now: 1000));
        Assert.Equal(CiSignatureStatus.Valid, Check([], [], authorization, now: 2000));
        Assert.Equal(CiSignatureStatus.Expired, Check([], [], authorization, now: 2001));
        CiSignatureCheck patient = CiSignatureVerifier.Verify(
            "GET", "/jobs", [], [new("authorization", authorization)], _ => Fake.SecretKey, DateTimeOffset.FromUnixTimeSeconds(2900), TimeSpan.FromMinutes(15));
        Assert.Equal(CiSignatureStatus.Valid, patient.Status);
    }

    [Fact]
    public void MissingMalformedUnknown_AreToldApart()
    {
        string good = Signed([], []);
        Assert.Equal(CiSignatureStatus.Missing, Check([], [], null));
        Assert.Equal(CiSignatureStatus.Missing, Check([], [], " "));
        Assert.Equal(CiSignatureStatus.UnknownSecretId, Check([], [], good.Replace("AKIDFAKE", "AKIDOTHER", StringComparison.Ordinal)));
        foreach (string bad in new[]
        {
            "Bearer abc", good.Replace("sha1", "sha256", StringComparison.Ordinal), good.Replace("&q-url-param-list=", "", StringComparison.Ordinal), good + "&q-ak=AKIDFAKE",
            good.Replace("q-sign-time=1000;2000", "q-sign-time=1000", StringComparison.Ordinal), good[..^40],
        })
        {
            Assert.Equal(CiSignatureStatus.Malformed, Check([], [], bad));
        }
    }

    [Fact]
    public void SignTime_GoesIntoTheString_KeyTimeIntoTheKey()
    {
        // The .NET SDK keeps its first sign time when it tries again with a new key time.
        string signKey = CiSigner.SignKey(Fake.SecretKey, "1200;2200");
        string signature = CiSigner.Hmac(signKey, CiSigner.StringToSign("1000;2000", "get\n/jobs\n\n\n"));
        Assert.Equal(
            CiSignatureStatus.Valid,
            Check([], [], $"q-sign-algorithm=sha1&q-ak=AKIDFAKE&q-sign-time=1000;2000&q-key-time=1200;2200&q-header-list=&q-url-param-list=&q-signature={signature}"));
    }

    [Fact]
    public void HostWithoutPort_IsTakenWhenTheHeaderHasOne()
    {
        string python = Signed([], Pairs("host", "127.0.0.1"));
        Assert.Equal(CiSignatureStatus.Valid, Check([], Pairs("Host", "127.0.0.1:8080"), python));
        Assert.Equal(CiSignatureStatus.Mismatch, Check([], Pairs("Host", "127.0.0.2:8080"), python));
        string go = Signed([], Pairs("host", "127.0.0.1:8080"));
        Assert.Equal(CiSignatureStatus.Valid, Check([], Pairs("Host", "127.0.0.1:8080"), go));
        Assert.Equal(CiSignatureStatus.Mismatch, Check([], Pairs("Host", "127.0.0.1:8081"), go));
    }

    [Fact]
    public void NamesThatNeedEncoding_MayBeSignedWithoutIt()
    {
        // The .NET SDK lower-cases names but encodes them neither in the string nor in the list.
        string signature = CiSigner.Hmac(CiSigner.SignKey(Fake.SecretKey, "1000;2000"), CiSigner.StringToSign("1000;2000", "get\n/jobs\na/b=1\n\n"));
        string authorization = $"q-sign-algorithm=sha1&q-ak=AKIDFAKE&q-sign-time=1000;2000&q-key-time=1000;2000&q-header-list=&q-url-param-list=a/b&q-signature={signature}";
        Assert.Equal(CiSignatureStatus.Valid, Check(Pairs("a/B", "1"), [], authorization));
    }

    [Theory]
    [InlineData("imagemogr2%2fthumbnail")]
    [InlineData("imagemogr2%2Fthumbnail")]
    [InlineData("imagemogr2/thumbnail")]
    public void Presigned_IsReadFromTheParameters(string listed)
    {
        KeyValuePair<string, string?>[] query = Pairs("imageMogr2/thumbnail", "", "tag", "A");
        CiSignature signature = CiSigner.Sign(Fake, "GET", "/jobs", query, Pairs("host", Host), Time);
        KeyValuePair<string, string?>[] presigned =
        [
            .. query,
            .. Pairs(
                "q-sign-algorithm", "sha1", "q-ak", "AKIDFAKE", "q-sign-time", "1000;2000", "q-key-time", "1000;2000", "q-header-list", "host",
                "q-url-param-list", $"{listed};tag", "q-signature", signature.Signature, "x-cos-security-token", "unsigned"),
        ];
        Assert.Equal(CiSignatureStatus.Valid, Check(presigned, Pairs("host", Host), null));
        Assert.Equal(CiSignatureStatus.Mismatch, Check([.. presigned, new("tag", "B")], Pairs("host", Host), null));
        Assert.Equal(CiSignatureStatus.Valid, Check([.. query, new("sign", signature.Authorization)], Pairs("host", Host), null));
    }
}
