using System.Security.Cryptography;
using System.Text;

namespace CiCodegen.Runtime;

/// <summary>Signs requests as the service asks for it: <c>q-sign-algorithm=sha1</c>.</summary>
/// <remarks>Pure functions: the same input gives the same bytes in every culture.</remarks>
public static class CiSigner
{
    /// <summary>Signs a request. Every header and parameter given is signed.</summary>
    /// <param name="credentials">Whose signature. A token is not signed by itself: give it as a header or parameter.</param>
    /// <param name="method">The HTTP method, in any case.</param>
    /// <param name="path">The path, decoded, as it is: nothing is added, encoded or normalised.</param>
    /// <param name="query">The parameters, decoded; a null value counts as empty; a key may come more than once.</param>
    /// <param name="headers">The headers with values as sent; names in any case; a null value counts as empty.</param>
    /// <param name="keyTime">When the signature holds.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CiSignature Sign(
        CiCredentials credentials,
        string method,
        string path,
        IEnumerable<KeyValuePair<string, string?>> query,
        IEnumerable<KeyValuePair<string, string?>> headers,
        CiKeyTime keyTime)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(headers);

        List<SignedPair> signedQuery = SignedPair.Sorted(query);
        List<SignedPair> signedHeaders = SignedPair.Sorted(headers);
        string urlParamList = string.Join(';', signedQuery.Select(static pair => pair.Key));
        string headerList = string.Join(';', signedHeaders.Select(static pair => pair.Key));
        string time = keyTime.ToString();

        string signKey = SignKey(credentials.SecretKey, time);
        string httpString = HttpString(method, path, SignedPair.Join(signedQuery), SignedPair.Join(signedHeaders));
        string stringToSign = StringToSign(time, httpString);
        string signature = Hmac(signKey, stringToSign);
        string authorization =
            $"q-sign-algorithm=sha1&q-ak={credentials.SecretId}&q-sign-time={time}&q-key-time={time}&q-header-list={headerList}&q-url-param-list={urlParamList}&q-signature={signature}";
        return new(signKey, httpString, stringToSign, signature, headerList, urlParamList, authorization);
    }

    internal static string SignKey(string secretKey, string keyTime) => Hmac(secretKey, keyTime);

    internal static string HttpString(string method, string path, string query, string headers)
        => $"{method.ToLowerInvariant()}\n{path}\n{query}\n{headers}\n";

    internal static string StringToSign(string signTime, string httpString)
        => $"sha1\n{signTime}\n{Hex(SHA1.HashData(Encoding.UTF8.GetBytes(httpString)))}\n";

    internal static string Hmac(string key, string message)
        => Hex(HMACSHA1.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(message)));

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}
