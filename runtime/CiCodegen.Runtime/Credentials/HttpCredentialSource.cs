using System.Globalization;
using System.Text.Json;

namespace CiCodegen.Runtime;

/// <summary>Fetches temporary credentials from an HTTP endpoint, for <see cref="RefreshingCredentialProvider"/>.</summary>
/// <remarks>
/// <para>Understood is JSON as the metadata service of virtual machines and the security token service write it, at the root or below
/// <c>Response</c> and <c>Credentials</c>, names in any case: <c>TmpSecretId</c>, <c>TmpSecretKey</c>, <c>Token</c> or <c>SessionToken</c>,
/// <c>ExpiredTime</c> (Unix seconds) or <c>Expiration</c> (ISO 8601).</para>
/// </remarks>
public static class HttpCredentialSource
{
    private const int MaxLength = 64 * 1024;

    /// <summary>A provider of what an endpoint gives.</summary>
    /// <param name="http">Sends the request; authentication and proxy are its own.</param>
    /// <param name="endpoint">The address.</param>
    /// <param name="timeProvider">The clock; null for the machine's.</param>
    public static RefreshingCredentialProvider CreateProvider(HttpClient http, Uri endpoint, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(endpoint);
        return new(cancellationToken => FetchAsync(http, endpoint, cancellationToken), timeProvider);
    }

    /// <summary>A provider of the credentials of a virtual machine's role, from the metadata service.</summary>
    /// <param name="http">Sends the request.</param>
    /// <param name="role">The role's name.</param>
    /// <param name="timeProvider">The clock; null for the machine's.</param>
    public static RefreshingCredentialProvider CreateRoleProvider(HttpClient http, string role, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(role);
        return CreateProvider(http, new Uri($"http://metadata.tencentyun.com/latest/meta-data/cam/security-credentials/{Uri.EscapeDataString(role)}"), timeProvider);
    }

    /// <summary>Fetches credentials once.</summary>
    /// <param name="http">Sends the request.</param>
    /// <param name="endpoint">The address.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="CiCredentialException">The endpoint cannot be reached, or its answer has none.</exception>
    public static async Task<CiCredentials> FetchAsync(HttpClient http, Uri endpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(endpoint);
        try
        {
            using HttpResponseMessage response = await http.GetAsync(endpoint, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new CiCredentialException(string.Create(CultureInfo.InvariantCulture, $"{endpoint.Host}: HTTP {(int)response.StatusCode}"));
            }

            using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            byte[] buffer = new byte[MaxLength];
            int length = await body.ReadAtLeastAsync(buffer, MaxLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            using JsonDocument document = JsonDocument.Parse(buffer.AsMemory(0, length));
            return Read(document.RootElement, endpoint);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or ArgumentException)
        {
            // Messages of the parser quote what stands there, so only the kind is told.
            throw new CiCredentialException($"{endpoint.Host}: {e.GetType().Name}");
        }
    }

    private static CiCredentials Read(JsonElement root, Uri endpoint)
    {
        JsonElement outer = Member(root, "Response") is { ValueKind: JsonValueKind.Object } response ? response : root;
        JsonElement inner = Member(outer, "Credentials") is { ValueKind: JsonValueKind.Object } credentials ? credentials : outer;
        string? Text(params string[] names) => names.Select(name => Member(inner, name) ?? Member(outer, name))
            .Select(static value => value is { ValueKind: JsonValueKind.String } text ? text.GetString()?.Trim() : null).FirstOrDefault(static text => !string.IsNullOrEmpty(text));

        return Text("TmpSecretId") is { } id && Text("TmpSecretKey") is { } key
            ? new CiCredentials(id, key, Text("Token", "SessionToken"), Expiration(outer, inner))
            : throw new CiCredentialException($"{endpoint.Host}: the answer has no TmpSecretId and TmpSecretKey");
    }

    private static DateTimeOffset? Expiration(JsonElement outer, JsonElement inner)
    {
        foreach (string name in (ReadOnlySpan<string>)["ExpiredTime", "Expiration"])
        {
            JsonElement value = Member(inner, name) ?? Member(outer, name) ?? default;
            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long seconds) && seconds is > 0 and < 253_402_300_800)
            {
                return DateTimeOffset.FromUnixTimeSeconds(seconds);
            }

            if (value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            {
                return time;
            }
        }

        return null;
    }

    private static JsonElement? Member(JsonElement element, string name)
        => element.ValueKind != JsonValueKind.Object ? null
            : element.EnumerateObject().Where(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static member => (JsonElement?)member.Value).FirstOrDefault();
}
