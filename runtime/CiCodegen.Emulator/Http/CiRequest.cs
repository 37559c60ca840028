using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CiCodegen.Emulator;

/// <summary>A request as it stands on the wire, decoded once: the server's own decoding keeps some escapes and drops dot segments, and a signature covers both.</summary>
internal sealed class CiRequest
{
    private readonly string _rawQuery;

    private CiRequest(string method, string host, int targetLength, string path, string rawQuery, IReadOnlyList<KeyValuePair<string, string?>> headers)
    {
        Method = method;
        Host = host;
        TargetLength = targetLength;
        Path = path;
        _rawQuery = rawQuery;
        Headers = headers;
        Query = Parameters(plusIsSpace: false);
    }

    public string Method { get; }

    public string Host { get; }

    /// <summary>How long path and query are as they were sent, in characters.</summary>
    public int TargetLength { get; }

    /// <summary>The path, decoded.</summary>
    public string Path { get; }

    /// <summary>The parameters in their order, decoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Query { get; private set; }

    public IReadOnlyList<KeyValuePair<string, string?>> Headers { get; }

    /// <summary>Whether a plus sign stands in the query: some clients write a blank so, others mean the sign.</summary>
    public bool HasPlus => _rawQuery.Contains('+', StringComparison.Ordinal);

    public static CiRequest Of(HttpContext context)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

        // A proxy's request line has the whole address.
        if (!target.StartsWith('/') && target.IndexOf("://", StringComparison.Ordinal) is int scheme and >= 0)
        {
            int slash = target.AsSpan(scheme + 3).IndexOfAny('/', '?');
            target = slash < 0 ? "/" : target[(scheme + 3 + slash)..];
        }

        int question = target.IndexOf('?', StringComparison.Ordinal);
        string path = question < 0 ? target : target[..question];
        string query = question < 0 ? "" : target[(question + 1)..];
        List<KeyValuePair<string, string?>> headers = [.. context.Request.Headers.Select(static h => new KeyValuePair<string, string?>(h.Key, h.Value.ToString()))];
        return new(context.Request.Method, context.Request.Headers.Host.ToString(), target.Length, path.Length == 0 ? "/" : Decode(path), query, headers);
    }

    /// <summary>From now on a plus sign in the query is a blank.</summary>
    public void TakePlusAsSpace() => Query = Parameters(plusIsSpace: true);

    /// <summary>The value of a parameter, null when it is absent or empty; names in any case, as their spelling changed over the years.</summary>
    public string? Parameter(string name)
    {
        foreach ((string key, string? value) in Query)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return string.IsNullOrEmpty(value) ? null : value;
            }
        }

        return null;
    }

    public bool HasParameter(string name) => Query.Any(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase));

    private List<KeyValuePair<string, string?>> Parameters(bool plusIsSpace)
    {
        List<KeyValuePair<string, string?>> parameters = [];
        foreach (string part in (plusIsSpace ? _rawQuery.Replace('+', ' ') : _rawQuery).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            parameters.Add(equals < 0 ? new(Decode(part), "") : new(Decode(part[..equals]), Decode(part[(equals + 1)..])));
        }

        return parameters;
    }

    /// <summary>Decodes percent escapes as UTF-8; what is no escape stays as it is.</summary>
    private static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int length = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '%' && i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                bytes[length++] = (byte)((Digit(bytes[i + 1]) << 4) | Digit(bytes[i + 2]));
                i += 2;
            }
            else
            {
                bytes[length++] = bytes[i];
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
