using System.Security.Cryptography;
using System.Text;

namespace CiCodegen.Runtime;

/// <summary>The server's half of <see cref="CiSigner"/>: checks the signature of a request, as the emulator does.</summary>
/// <remarks>
/// Takes what the vendor's SDKs send: header or presigned parameters, list items encoded or not, a host signed without its port, names
/// signed without being encoded, and a sign time that differs from the key time.
/// </remarks>
public static class CiSignatureVerifier
{
    private static readonly string[] Fields =
        ["q-sign-algorithm", "q-ak", "q-sign-time", "q-key-time", "q-header-list", "q-url-param-list", "q-signature"];

    /// <summary>Checks a signature; its times are taken to the second.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path, decoded.</param>
    /// <param name="query">All parameters, decoded once, those of the signature among them.</param>
    /// <param name="headers">All headers, <c>Host</c> and <c>Authorization</c> among them; names in any case.</param>
    /// <param name="secretKeyOf">Answers a secret id with its secret key, or null.</param>
    /// <param name="now">The time at which to check.</param>
    public static CiSignatureCheck Verify(
        string method,
        string path,
        IEnumerable<KeyValuePair<string, string?>> query,
        IEnumerable<KeyValuePair<string, string?>> headers,
        Func<string, string?> secretKeyOf,
        DateTimeOffset now)
        => Verify(method, path, query, headers, secretKeyOf, now, TimeSpan.Zero);

    /// <summary>Checks a signature with some patience for clocks that go wrong.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path, decoded.</param>
    /// <param name="query">All parameters, decoded once, those of the signature among them.</param>
    /// <param name="headers">All headers, <c>Host</c> and <c>Authorization</c> among them; names in any case.</param>
    /// <param name="secretKeyOf">Answers a secret id with its secret key, or null.</param>
    /// <param name="now">The time at which to check.</param>
    /// <param name="tolerance">How much too early or too late is taken still.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CiSignatureCheck Verify(
        string method,
        string path,
        IEnumerable<KeyValuePair<string, string?>> query,
        IEnumerable<KeyValuePair<string, string?>> headers,
        Func<string, string?> secretKeyOf,
        DateTimeOffset now,
        TimeSpan tolerance)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(secretKeyOf);

        List<KeyValuePair<string, string?>> allQuery = [.. query];
        List<KeyValuePair<string, string?>> allHeaders = [.. headers];
        Dictionary<string, string>? fields = FindFields(allHeaders, allQuery, out string problem);
        if (fields is null)
        {
            return problem.Length == 0
                ? new(CiSignatureStatus.Missing, null, null, "The request has no header 'Authorization' and no parameters 'q-…'.")
                : new(CiSignatureStatus.Malformed, null, null, problem);
        }

        string secretId = fields["q-ak"];
        string signTimeText = fields["q-sign-time"];
        string keyTimeText = fields["q-key-time"];
        string[] headerList = Items(fields["q-header-list"]);
        string[] paramList = Items(fields["q-url-param-list"]);

        CiSignatureCheck Answer(CiSignatureStatus status, string? stringToSign, string detail)
            => new(status, secretId, stringToSign, detail) { SignedHeaders = headerList, SignedParameters = paramList };

        if (!CiKeyTime.TryParse(signTimeText, out CiKeyTime signTime) || !CiKeyTime.TryParse(keyTimeText, out CiKeyTime keyTime))
        {
            return Answer(CiSignatureStatus.Malformed, null, "'q-sign-time' or 'q-key-time' is not start;end in Unix seconds.");
        }

        if (secretKeyOf(secretId) is not { } secretKey)
        {
            return Answer(CiSignatureStatus.UnknownSecretId, null, $"Nobody has the secret id '{secretId}'.");
        }

        double second = now.ToUnixTimeSeconds();
        if (Math.Min(signTime.End, keyTime.End) < second - tolerance.TotalSeconds)
        {
            return Answer(CiSignatureStatus.Expired, null, "Request has expired.");
        }

        if (Math.Max(signTime.Start, keyTime.Start) > second + tolerance.TotalSeconds)
        {
            return Answer(CiSignatureStatus.NotYetValid, null, "The signature's time has not come.");
        }

        string signKey = CiSigner.SignKey(secretKey, keyTimeText);
        byte[] given = Encoding.UTF8.GetBytes(fields["q-signature"]);
        string? first = null;
        foreach (string candidate in HttpStrings(method, path, paramList, allQuery, headerList, allHeaders))
        {
            string stringToSign = CiSigner.StringToSign(signTimeText, candidate);
            first ??= stringToSign;
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CiSigner.Hmac(signKey, stringToSign)), given))
            {
                return Answer(CiSignatureStatus.Valid, stringToSign, "");
            }
        }

        return Answer(CiSignatureStatus.Mismatch, first, first is null ? "A header or parameter that is listed as signed is not there." : "The signature is another.");
    }

    private static Dictionary<string, string>? FindFields(
        List<KeyValuePair<string, string?>> headers, List<KeyValuePair<string, string?>> query, out string problem)
    {
        problem = "";
        foreach ((string name, string? value) in headers)
        {
            if (name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) && !string.IsNullOrWhiteSpace(value))
            {
                return Complete(Split(value.Trim()), out problem);
            }
        }

        List<KeyValuePair<string, string>> presigned = [];
        foreach ((string name, string? value) in query)
        {
            if (name == "sign" && value?.StartsWith("q-", StringComparison.Ordinal) == true)
            {
                return Complete(Split(value), out problem);
            }

            if (Array.IndexOf(Fields, name) >= 0)
            {
                presigned.Add(new(name, value ?? ""));
            }
        }

        return presigned.Count == 0 ? null : Complete(presigned, out problem);
    }

    private static IEnumerable<KeyValuePair<string, string>> Split(string authorization)
    {
        foreach (string field in authorization.Split('&'))
        {
            int equals = field.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0 ? new(field, "") : new(field[..equals], field[(equals + 1)..]);
        }
    }

    private static Dictionary<string, string>? Complete(IEnumerable<KeyValuePair<string, string>> pairs, out string problem)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        foreach ((string name, string value) in pairs)
        {
            if (!fields.TryAdd(name, value))
            {
                problem = $"'{name}' comes twice.";
                return null;
            }
        }

        foreach (string field in Fields)
        {
            if (!fields.TryGetValue(field, out string? value))
            {
                problem = $"'{field}' is missing.";
                return null;
            }

            if (value.Length == 0 && field is not ("q-header-list" or "q-url-param-list"))
            {
                problem = $"'{field}' is empty.";
                return null;
            }
        }

        if (fields["q-sign-algorithm"] != "sha1")
        {
            problem = "'q-sign-algorithm' is not 'sha1'.";
            return null;
        }

        problem = "";
        return fields;
    }

    private static string[] Items(string list) => list.Length == 0 ? [] : list.Split(';');

    /// <summary>What the client may have signed: what is documented first, then what SDKs are known to do instead.</summary>
    private static IEnumerable<string> HttpStrings(
        string method,
        string path,
        string[] paramList,
        List<KeyValuePair<string, string?>> query,
        string[] headerList,
        List<KeyValuePair<string, string?>> headers)
    {
        string? documentedQuery = Joined(paramList, query, static (canonical, _) => canonical);
        string? documentedHeaders = Joined(headerList, headers, static (canonical, _) => canonical);
        if (documentedQuery is null || documentedHeaders is null)
        {
            yield break;
        }

        // .NET signs header-form names as they are listed, lower-cased but not encoded.
        string[] queries = [documentedQuery, Joined(paramList, query, static (_, listed) => listed)!];
        List<string> headerParts = [documentedHeaders, Joined(headerList, headers, static (_, listed) => listed)!];

        // Python signs the host without the port that it sends.
        List<KeyValuePair<string, string?>> bare = [.. headers.Select(WithoutPort)];
        headerParts.Add(Joined(headerList, bare, static (canonical, _) => canonical)!);
        headerParts.Add(Joined(headerList, bare, static (_, listed) => listed)!);

        foreach (string queryPart in queries.Distinct(StringComparer.Ordinal))
        {
            foreach (string headerPart in headerParts.Distinct(StringComparer.Ordinal))
            {
                yield return CiSigner.HttpString(method, path, queryPart, headerPart);
            }
        }
    }

    private static KeyValuePair<string, string?> WithoutPort(KeyValuePair<string, string?> header)
    {
        if (header.Key.Equals("host", StringComparison.OrdinalIgnoreCase) && header.Value is { } host)
        {
            int colon = host.LastIndexOf(':');
            if (colon > 0 && host.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0)
            {
                return new(header.Key, host[..colon]);
            }
        }

        return header;
    }

    /// <summary>The listed pairs in the order of the list; null when one is not there.</summary>
    private static string? Joined(string[] list, List<KeyValuePair<string, string?>> pairs, Func<string, string, string> keyOf)
    {
        StringBuilder joined = new();
        HashSet<string> done = new(StringComparer.Ordinal);
        foreach (string item in list)
        {
            string listed = item.ToLowerInvariant();
            string encoded = SignedPair.CanonicalKey(listed);
            List<SignedPair> found = SignedPair.Sorted(pairs.Where(pair
                => SignedPair.CanonicalKey(pair.Key) is string key && (key == listed || key == encoded || pair.Key.Equals(item, StringComparison.OrdinalIgnoreCase))));
            if (found.Count == 0)
            {
                return null;
            }

            // A key that comes twice is listed twice and signed with all its values.
            if (!done.Add(found[0].Key))
            {
                continue;
            }

            foreach (SignedPair pair in found)
            {
                joined.Append(joined.Length == 0 ? "" : "&").Append(keyOf(pair.Key, listed)).Append('=').Append(SignedPair.Encode(pair.Raw));
            }
        }

        return joined.ToString();
    }
}
