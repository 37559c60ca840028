namespace CiCodegen.Runtime;

/// <summary>Credentials that are given once.</summary>
public sealed class StaticCredentialProvider : ICiCredentialProvider
{
    private readonly CiCredentials _credentials;

    /// <summary>Makes a provider of these credentials.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <exception cref="ArgumentNullException"><paramref name="credentials"/> is null.</exception>
    public StaticCredentialProvider(CiCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        _credentials = credentials;
    }

    /// <summary>Makes a provider of a permanent key pair.</summary>
    /// <param name="secretId">The key's public half.</param>
    /// <param name="secretKey">The key's secret half.</param>
    /// <exception cref="ArgumentException">One of them is null, empty, or has a control character.</exception>
    public StaticCredentialProvider(string secretId, string secretKey)
        : this(new CiCredentials(secretId, secretKey))
    {
    }

    /// <inheritdoc/>
    public ValueTask<CiCredentials> GetAsync(CancellationToken cancellationToken = default) => new(_credentials);
}

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

/// <summary>Asks several providers in turn and takes the first answer.</summary>
public sealed class ChainedCredentialProvider : ICiCredentialProvider
{
    private readonly ICiCredentialProvider[] _providers;

    /// <summary>Makes a chain.</summary>
    /// <param name="providers">The providers, in the order in which they are asked; at least one.</param>
    /// <exception cref="ArgumentException">There is none, or one is null.</exception>
    public ChainedCredentialProvider(params ICiCredentialProvider[] providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        if (providers.Length == 0 || Array.IndexOf(providers, null) >= 0)
        {
            throw new ArgumentException("At least one provider is needed, and none may be null.", nameof(providers));
        }

        _providers = [.. providers];
    }

    /// <inheritdoc/>
    /// <remarks>Only <see cref="CiCredentialException"/> leads on to the next provider; anything else is thrown at once.</remarks>
    public async ValueTask<CiCredentials> GetAsync(CancellationToken cancellationToken = default)
    {
        List<string> tried = [];
        CiCredentialException? last = null;
        foreach (ICiCredentialProvider provider in _providers)
        {
            try
            {
                return await provider.GetAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (CiCredentialException e)
            {
                tried.Add($"{provider.GetType().Name} ({e.Message})");
                last = e;
            }
        }

        throw new CiCredentialException($"No credentials found. Tried: {string.Join("; ", tried)}", last!);
    }
}
