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

        return With(credentials, method, path, query.ToArray(), headers.ToArray(), keyTime, static scratch => new CiSignature(
            scratch.Text(scratch.SignKey).ToString(),
            scratch.Text(scratch.HttpString).ToString(),
            scratch.Text(scratch.StringToSign).ToString(),
            scratch.Text(scratch.Signature).ToString(),
            scratch.Text(scratch.HeaderList).ToString(),
            scratch.Text(scratch.UrlParamList).ToString(),
            scratch.Text(scratch.Authorization).ToString()));
    }

    /// <summary>Signs a request as <see cref="Sign"/> does and leaves nothing behind but the result.</summary>
    /// <param name="credentials">Whose signature. A token is not signed by itself: give it as a header or parameter.</param>
    /// <param name="method">The HTTP method, in any case.</param>
    /// <param name="path">The path, decoded, as it is: nothing is added, encoded or normalised.</param>
    /// <param name="query">The parameters, decoded; a null value counts as empty; a key may come more than once.</param>
    /// <param name="headers">The headers with values as sent; names in any case; a null value counts as empty.</param>
    /// <param name="keyTime">When the signature holds.</param>
    /// <returns>The value of the header <c>Authorization</c>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static string Authorize(
        CiCredentials credentials,
        string method,
        string path,
        ReadOnlySpan<KeyValuePair<string, string?>> query,
        ReadOnlySpan<KeyValuePair<string, string?>> headers,
        CiKeyTime keyTime)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(path);

        return With(credentials, method, path, query, headers, keyTime, static scratch => scratch.Text(scratch.Authorization).ToString());
    }

    private static TResult With<TResult>(
        CiCredentials credentials,
        string method,
        string path,
        ReadOnlySpan<KeyValuePair<string, string?>> query,
        ReadOnlySpan<KeyValuePair<string, string?>> headers,
        CiKeyTime keyTime,
        Func<SigningScratch, TResult> result)
    {
        SigningScratch scratch = SigningScratch.Rent();
        try
        {
            foreach (KeyValuePair<string, string?> pair in query)
            {
                scratch.Add(pair);
            }

            int first = scratch.Sort(0);
            foreach (KeyValuePair<string, string?> pair in headers)
            {
                scratch.Add(pair);
            }

            scratch.Sort(first);
            scratch.Sign(credentials, method, path, first, keyTime);
            return result(scratch);
        }
        finally
        {
            SigningScratch.Return(scratch);
        }
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
