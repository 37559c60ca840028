using System.Globalization;
using System.Text.Json;

namespace CiCodegen.Runtime.Tests.Signing;

public sealed class SignerTests
{
    private static readonly CiCredentials Documented = new("AKIDQjz3ltompVjBni5LitkWHFlFpwkn9U5q", "BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz");
    private static readonly CiCredentials Fake = new("AKIDFAKE", "fake-key");
    private static readonly CiKeyTime Time = new(1557989753, 1557996953);

    internal static KeyValuePair<string, string?>[] Pairs(params string?[] flat)
        => [.. flat.Chunk(2).Select(pair => new KeyValuePair<string, string?>(pair[0]!, pair[1]))];

    [Fact]
    public void PublishedDownload_GivesThePublishedSignature()
    {
        // Product 436/7778: GET with two response- parameters and a path beyond ASCII.
        CiSignature signature = CiSigner.Sign(
            Documented,
            "GET",
            "/exampleobject(腾讯云)",
            Pairs("response-content-type", "application/octet-stream", "response-cache-control", "max-age=600"),
            Pairs("Date", "Thu, 16 May 2019 06:55:53 GMT", "Host", "examplebucket-1250000000.cos.ap-beijing.myqcloud.com"),
            Time);
        Assert.Equal("937914bf490e9e8c189836aad2052e4feeb35eaf", signature.SignKey);
        Assert.Equal("01681b8c9d798a678e43b685a9f1bba0f6c0e012", signature.Signature);
    }

    [Fact]
    public void NothingOfTheSecrets_StaysInTheRoomThatIsKept()
    {
        const string Token = "a-session-token-that-is-signed";
        string filler = new('x', 10_000);
        CiSigner.Authorize(new CiCredentials("AKIDFAKE", "fake-key", Token), "POST", "/jobs", [], Pairs("x-ci-security-token", Token, "x-long", filler), Time);

        SigningScratch kept = SigningScratch.Rent();
        foreach (string field in new[] { "_chars", "_bytes" })
        {
            Array room = (Array)typeof(SigningScratch).GetField(field, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.GetValue(kept)!;
            Assert.True(room.Length > filler.Length, "it is the room that was used");
            Assert.All(room.Cast<object>(), static unit => Assert.True(unit is '\0' or (byte)0));
        }

        SigningScratch.Return(kept);
    }

    [Fact]
    public void PublishedUpload_GivesThePublishedSignature()
    {
        // Product 436/7778: PUT with seven headers.
        CiSignature signature = CiSigner.Sign(
            Documented,
            "PUT",
            "/exampleobject(腾讯云)",
            [],
            Pairs(
                "Date", "Thu, 16 May 2019 06:45:51 GMT",
                "Host", "examplebucket-1250000000.cos.ap-beijing.myqcloud.com",
                "Content-Type", "text/plain",
                "Content-Length", "13",
                "Content-MD5", "mQ/fVh815F3k6TAUm8m0eg==",
                "x-cos-acl", "private",
                "x-cos-grant-read", "uin=\"100000000011\""),
            new(1557989151, 1557996351));
        Assert.Equal("content-length;content-md5;content-type;date;host;x-cos-acl;x-cos-grant-read", signature.HeaderList);
        Assert.Equal("3b8851a11a569213c17ba8fa7dcf2abec6935172", signature.Signature);
    }

    [Fact]
    public void Authorize_IsTheSameSignatureAndLeavesOnlyItsResult()
    {
        KeyValuePair<string, string?>[] query = Pairs("标签", "标签 & 值", "a/B", null, "k", "😀", "k", "～", "k", "\uD83D");
        KeyValuePair<string, string?>[] headers = Pairs("Host", "examplebucket-1250000000.ci.ap-beijing.myqcloud.com", "Content-Length", "13");
        string Authorize() => CiSigner.Authorize(Fake, "Put", "/图/1", query, headers, Time);
        Assert.Equal(CiSigner.Sign(Fake, "Put", "/图/1", query, headers, Time).Authorization, Authorize());

        Authorize();
        long before = GC.GetAllocatedBytesForCurrentThread();
        string copy = new(Authorize().AsSpan());
        long both = GC.GetAllocatedBytesForCurrentThread() - before;
        before = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(new string(copy.AsSpan()));
        Assert.Equal(2 * (GC.GetAllocatedBytesForCurrentThread() - before), both);
    }

    [Fact]
    public void ManyLongParameters_AreSignedInOrder()
    {
        KeyValuePair<string, string?>[] query = [.. Enumerable.Range(0, 300).Select(i => new KeyValuePair<string, string?>($"key{299 - i:000}", new string('值', 40)))];
        CiSignature signature = CiSigner.Sign(Fake, "GET", "/", query, [], Time);
        Assert.Equal(string.Join(';', query.Select(pair => pair.Key).Order(StringComparer.Ordinal)), signature.UrlParamList);
        Assert.StartsWith("get\n/\nkey000=%E5%80%BC%E5", signature.HttpString, StringComparison.Ordinal);
        Assert.Equal(4 + 2 + (300 * (7 + 360)) + 299 + 2, signature.HttpString.Length);
    }

    [Fact]
    public void NothingSigned_KeepsEmptyListsAndFourLineFeeds()
    {
        CiSignature signature = CiSigner.Sign(Fake, "POST", "/jobs", [], [], Time);
        Assert.Equal("post\n/jobs\n\n\n", signature.HttpString);
        Assert.Contains("&q-header-list=&q-url-param-list=&q-signature=", signature.Authorization, StringComparison.Ordinal);
        Assert.StartsWith("sha1\n1557989753;1557996953\n", signature.StringToSign, StringComparison.Ordinal);
        Assert.EndsWith("\n", signature.StringToSign, StringComparison.Ordinal);
    }

    [Fact]
    public void DuplicateKeys_AreListedOncePerValueAndSortedByValue()
    {
        CiSignature signature = CiSigner.Sign(Fake, "GET", "/jobs", Pairs("b", "1", "A", "z", "a", "b c", "a", ""), [], Time);
        Assert.Equal("a;a;a;b", signature.UrlParamList);
        Assert.Equal("get\n/jobs\na=&a=b%20c&a=z&b=1\n\n", signature.HttpString);
    }

    [Fact]
    public void Keys_AreEncodedThenLowered_ValuesEncodedOnly()
    {
        CiSignature signature = CiSigner.Sign(Fake, "GET", "/", Pairs("标签", "标签", "a/B", "a/B", "~", "~!'()*+ %", "none", null), [], Time);
        Assert.Equal("%e6%a0%87%e7%ad%be;a%2fb;none;~", signature.UrlParamList);
        Assert.Equal("get\n/\n%e6%a0%87%e7%ad%be=%E6%A0%87%E7%AD%BE&a%2fb=a%2FB&none=&~=~%21%27%28%29%2A%2B%20%25\n\n", signature.HttpString);
    }

    [Fact]
    public void FourByteCharacters_AreEncodedAndOrderedByTheirBytes()
    {
        // U+FF5E sorts behind a surrogate in UTF-16 but before U+1F600 in bytes.
        CiSignature signature = CiSigner.Sign(Fake, "GET", "/", Pairs("k", "😀", "k", "～"), [], Time);
        Assert.Equal("get\n/\nk=%EF%BD%9E&k=%F0%9F%98%80\n\n", signature.HttpString);
    }

    [Fact]
    public void Order_IsByBytesOfTheEncodedKey()
    {
        CiSignature signature = CiSigner.Sign(Fake, "GET", "/", Pairs("~", "", "z", "", "_", "", "9", "", ".", "", "-", "", "!", ""), [], Time);
        Assert.Equal("%21;-;.;9;_;z;~", signature.UrlParamList);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("fi-FI")]
    [InlineData("ar-SA")]
    public void Culture_ChangesNothing(string name)
    {
        CiSignature expected = Sample();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
            if (name == "tr-TR")
            {
#pragma warning disable CA1304, CA1311 // the culture's own rule is what is asserted
                Assert.Equal("ı", "I".ToLower());
#pragma warning restore CA1304, CA1311
            }

            CiSignature actual = Sample();
            Assert.Equal(expected.HttpString, actual.HttpString);
            Assert.Equal(expected.Authorization, actual.Authorization);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static CiSignature Sample() => CiSigner.Sign(Fake, "LIST", "/İI", Pairs("queueId", "Iı", "QUEUEID", "v", "w", "−1"), Pairs("IF-MATCH", "I"), new(1, 4102444800));
    }

    [Fact]
    public void KeyTime_ReadsItsOwnTextOnly()
    {
        Assert.Equal(new CiKeyTime(1, 4102444800), CiKeyTime.Parse("1;4102444800"));
        Assert.Equal("1;4102444800", new CiKeyTime(1, 4102444800).ToString());
        foreach (string? bad in new[] { null, "", "1", "1;", ";1", "-1;2", "1; 2", "1;2;3", "a;b" })
        {
            Assert.False(CiKeyTime.TryParse(bad, out _), bad);
        }
    }

    [Fact]
    public void ToString_ShowsNoSecret()
    {
        CiCredentials credentials = new("AKIDFAKE", "the-secret", "the-token");
        CiSignature signature = CiSigner.Sign(credentials, "GET", "/", [], [], Time);
        Assert.Equal("AKIDFAKE (temporary)", credentials.ToString());
        Assert.DoesNotContain(signature.SignKey, signature.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(signature.Signature, signature.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void SharedVectors_MatchByteForByte()
    {
        string? shared = Environment.GetEnvironmentVariable("CICODEGEN_SHARED");
        string file = Path.Combine(shared ?? "", "vectors", "signatures.json");
        Assert.SkipUnless(shared is not null && File.Exists(file), "CICODEGEN_SHARED names no folder with vectors/signatures.json");

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        int count = 0;
        foreach (JsonElement vector in document.RootElement.GetProperty("vectors").EnumerateArray())
        {
            JsonElement input = vector.GetProperty("input");
            JsonElement expected = vector.GetProperty("expected");
            CiCredentials credentials = new(input.GetProperty("secret_id").GetString()!, input.GetProperty("secret_key").GetString()!, input.GetProperty("token").GetString());
            KeyValuePair<string, string?>[] query = Read(input.GetProperty("query"));
            KeyValuePair<string, string?>[] headers = Read(input.GetProperty("headers"));
            string method = input.GetProperty("method").GetString()!;
            string path = input.GetProperty("path").GetString()!;
            CiKeyTime time = CiKeyTime.Parse(input.GetProperty("key_time").GetString()!);
            CiSignature actual = CiSigner.Sign(credentials, method, path, query, headers, time);

            string id = vector.GetProperty("id").GetString()!;
            Same("sign_key", actual.SignKey);
            Same("http_string", actual.HttpString);
            Same("string_to_sign", actual.StringToSign);
            Same("signature", actual.Signature);
            Same("q_header_list", actual.HeaderList);
            Same("q_url_param_list", actual.UrlParamList);
            Same("authorization", actual.Authorization);
            Same("authorization", CiSigner.Authorize(credentials, method, path, query, headers, time));
            count++;

            // What was signed must also verify.
            CiSignatureCheck check = CiSignatureVerifier.Verify(
                method, path, query, [.. headers, new("authorization", actual.Authorization)], _ => credentials.SecretKey, DateTimeOffset.FromUnixTimeSeconds(time.Start));
            Assert.True(check.Status == CiSignatureStatus.Valid, $"{id}: {check}");

            void Same(string name, string value) => Assert.True(expected.GetProperty(name).GetString() == value, $"{id} {name}: {value}");
        }

        Assert.Equal(40, count);

        static KeyValuePair<string, string?>[] Read(JsonElement pairs)
            => [.. pairs.EnumerateArray().Select(pair => new KeyValuePair<string, string?>(pair[0].GetString()!, pair[1].GetString()))];
    }
}
