namespace CiCodegen.Runtime;

/// <summary>Credentials of the environment: <c>TENCENTCLOUD_SECRET_ID</c>, <c>TENCENTCLOUD_SECRET_KEY</c> and, for temporary ones,
/// <c>TENCENTCLOUD_SESSION_TOKEN</c> or <c>TENCENTCLOUD_TOKEN</c>. Read anew at each call; white space round a value is dropped.</summary>
public sealed class EnvironmentCredentialProvider : ICiCredentialProvider
{
    private const string IdName = "TENCENTCLOUD_SECRET_ID";
    private const string KeyName = "TENCENTCLOUD_SECRET_KEY";
    private readonly Func<string, string?> _read;

    /// <summary>Makes a provider of the process's environment.</summary>
    public EnvironmentCredentialProvider()
        : this(Environment.GetEnvironmentVariable)
    {
    }

    internal EnvironmentCredentialProvider(Func<string, string?> read) => _read = read;

    /// <summary>The region that the environment names in <c>TENCENTCLOUD_REGION</c>, or null.</summary>
    public static string? GetRegion() => GetRegion(Environment.GetEnvironmentVariable);

    /// <inheritdoc/>
    public ValueTask<CiCredentials> GetAsync(CancellationToken cancellationToken = default)
    {
        string? id = Value(_read, IdName);
        string? key = Value(_read, KeyName);
        if (id is null || key is null)
        {
            string missing = id is null && key is null ? $"{IdName} and {KeyName} are" : $"{(id is null ? IdName : KeyName)} is";
            throw new CiCredentialException($"environment: {missing} not set");
        }

        string? token = Value(_read, "TENCENTCLOUD_SESSION_TOKEN") ?? Value(_read, "TENCENTCLOUD_TOKEN");
        try
        {
            return new(new CiCredentials(id, key, token));
        }
        catch (ArgumentException e)
        {
            throw new CiCredentialException($"environment: {e.Message}", e);
        }
    }

    internal static string? GetRegion(Func<string, string?> read) => Value(read, "TENCENTCLOUD_REGION");

    private static string? Value(Func<string, string?> read, string name)
        => read(name)?.Trim() is { Length: > 0 } value ? value : null;
}
