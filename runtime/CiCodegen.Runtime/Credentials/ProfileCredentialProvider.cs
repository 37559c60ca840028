using System.Text.Json;

namespace CiCodegen.Runtime;

/// <summary>Credentials of the files that Tencent Cloud's own tools write: the first that is there counts.</summary>
/// <remarks>
/// <para>In order: <c>~/.tencentcloud/credentials</c> and <c>/etc/tencentcloud/credentials</c> (INI: <c>secret_id</c>, <c>secret_key</c>,
/// <c>token</c> below <c>[profile]</c>), <c>~/.tccli/&lt;profile&gt;.credential</c> (JSON: <c>secretId</c>, <c>secretKey</c>, <c>token</c>).
/// A file is read again when it changes. The file of coscli is encrypted and not read.</para>
/// </remarks>
public sealed class ProfileCredentialProvider : ICiCredentialProvider
{
    private readonly string[] _inis;
    private readonly string _json;
    private volatile Kept? _kept;

    /// <summary>Makes a provider of the user's own files.</summary>
    /// <param name="profile">The profile; null takes that of <c>TCCLI_PROFILE</c>, or <c>default</c>.</param>
    /// <exception cref="ArgumentException">The profile's name cannot be one of a file.</exception>
    public ProfileCredentialProvider(string? profile = null)
        : this(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), profile, Environment.GetEnvironmentVariable)
    {
    }

    /// <summary>Makes a provider of the files below a home directory.</summary>
    /// <param name="home">The directory that stands for <c>~</c>.</param>
    /// <param name="profile">The profile; null takes that of <c>TCCLI_PROFILE</c>, or <c>default</c>.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="ArgumentException">The profile's name cannot be one of a file.</exception>
    public ProfileCredentialProvider(string home, string? profile, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(home);
        ArgumentNullException.ThrowIfNull(environment);
        Profile = profile ?? (environment("TCCLI_PROFILE")?.Trim() is { Length: > 0 } named ? named : "default");
        if (Profile.Length == 0 || Profile.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 || Profile.AsSpan().IndexOfAny("/\\[]") >= 0)
        {
            throw new ArgumentException($"'{Profile}' is no name of a profile.", nameof(profile));
        }

        _inis = [Path.Combine(home, ".tencentcloud", "credentials"), "/etc/tencentcloud/credentials"];
        _json = Path.Combine(home, ".tccli", $"{Profile}.credential");
    }

    /// <summary>The profile.</summary>
    public string Profile { get; }

    /// <inheritdoc/>
    public async ValueTask<CiCredentials> GetAsync(CancellationToken cancellationToken = default)
    {
        if (_kept is { } kept && File.GetLastWriteTimeUtc(kept.File) == kept.Changed)
        {
            return kept.Credentials;
        }

        List<string> tried = [];
        foreach (string file in _inis.Append(_json))
        {
            if (!File.Exists(file))
            {
                tried.Add($"{file} (not there)");
                continue;
            }

            DateTime changed = File.GetLastWriteTimeUtc(file);
            string text = await ReadAsync(file, cancellationToken).ConfigureAwait(false);
            Dictionary<string, string> values = file == _json ? Json(text, file) : Ini(text, Profile);
            if (values.GetValueOrDefault("secretid") is not { Length: > 0 } id || values.GetValueOrDefault("secretkey") is not { Length: > 0 } key)
            {
                tried.Add($"{file} (no secret id and key of profile '{Profile}')");
                continue;
            }

            CiCredentials credentials = Made(file, id, key, values.GetValueOrDefault("token"));
            _kept = new(file, changed, credentials);
            return credentials;
        }

        throw new CiCredentialException($"profile files: {string.Join("; ", tried)}");
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CiCredentialException($"profile files: {file} cannot be read: {e.Message}", e);
        }
    }

    private static CiCredentials Made(string file, string id, string key, string? token)
    {
        try
        {
            return new(id, key, token);
        }
        catch (ArgumentException e)
        {
            throw new CiCredentialException($"profile files: {file}: {e.Message}", e);
        }
    }

    // Names of both kinds of file come down to the same: secret_id, secretId.
    private static string Plain(string name) => name.Trim().Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static Dictionary<string, string> Ini(string text, string profile)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        string section = "default";
        foreach (string line in text.Split('\n').Select(static line => line.Trim()))
        {
            if (line is ['[', .., ']'])
            {
                section = line[1..^1].Trim();
            }
            else if (section == profile && line is not ['#' or ';', ..] && line.IndexOf('=', StringComparison.Ordinal) is > 0 and int equals)
            {
                values[Plain(line[..equals])] = line[(equals + 1)..].Trim();
            }
        }

        return values;
    }

    private static Dictionary<string, string> Json(string text, string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind != JsonValueKind.Object ? [] : document.RootElement.EnumerateObject()
                .Where(static member => member.Value.ValueKind == JsonValueKind.String)
                .GroupBy(static member => Plain(member.Name), StringComparer.Ordinal)
                .ToDictionary(static group => group.Key, static group => group.Last().Value.GetString()!.Trim(), StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            // Its own message may quote what stands there.
            throw new CiCredentialException($"profile files: {file} is no JSON");
        }
    }

    private sealed record Kept(string File, DateTime Changed, CiCredentials Credentials)
    {
        // A record would print its members.
        public override string ToString() => File;
    }
}
