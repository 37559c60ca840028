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
