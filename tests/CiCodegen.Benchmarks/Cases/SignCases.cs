using System.Security.Cryptography;
using System.Text;
using CiCodegen.Benchmarks.Measure;
using CiCodegen.Runtime;

namespace CiCodegen.Benchmarks.Cases;

/// <summary>Signing a submission, beside the hashes that the signature is made of.</summary>
internal static class SignCases
{
    /// <summary>The cases; the first is what no signer can do without.</summary>
    public static IReadOnlyList<Case> All()
    {
        CiCredentials credentials = new("AKIDexample", "exampleSecretKey0123456789abcdef");
        KeyValuePair<string, string?>[] query = [];
        KeyValuePair<string, string?>[] headers =
        [
            new("host", "examplebucket-1250000000.ci.ap-chongqing.myqcloud.com"),
            new("content-type", "application/xml"),
            new("content-length", "412"),
            new("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg=="),
        ];
        CiKeyTime time = new(1763537000, 1763538800);
        CiSignature expected = CiSigner.Sign(credentials, "POST", "/jobs", query, headers, time);
        byte[] secret = Encoding.UTF8.GetBytes(credentials.SecretKey);
        byte[] span = Encoding.UTF8.GetBytes(time.ToString());
        byte[] key = Encoding.UTF8.GetBytes(expected.SignKey);
        byte[] http = Encoding.UTF8.GetBytes(expected.HttpString);
        byte[] toSign = Encoding.UTF8.GetBytes(expected.StringToSign);
        byte[] hash = new byte[20];
        void Hashes()
        {
            HMACSHA1.HashData(secret, span, hash);
            SHA1.HashData(http, hash);
            HMACSHA1.HashData(key, toSign, hash);
        }

        string Hashed()
        {
            Hashes();
            return Convert.ToHexStringLower(hash);
        }

        return
        [
            new Case("the hashes alone", Hashes, Hashed),
            new Case("CiSigner.Authorize", () => CiSigner.Authorize(credentials, "POST", "/jobs", query, headers, time), () => CiSigner.Authorize(credentials, "POST", "/jobs", query, headers, time)[^40..]),
            new Case("CiSigner.Sign, with all on the way", () => CiSigner.Sign(credentials, "POST", "/jobs", query, headers, time), () => CiSigner.Sign(credentials, "POST", "/jobs", query, headers, time).Signature),
        ];
    }
}
