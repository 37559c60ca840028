namespace CiCodegen.Runtime;

/// <summary>Where credentials come from. Asked before every try of a request, so it should keep what it has until that expires.</summary>
public interface ICiCredentialProvider
{
    /// <summary>Gives the credentials that hold now.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="CiCredentialException">There are none. What else a provider throws reaches the client's caller inside of one.</exception>
    ValueTask<CiCredentials> GetAsync(CancellationToken cancellationToken = default);
}

/// <summary>A provider that can fetch new credentials when the service refuses what it gave.</summary>
public interface ICiRenewableCredentialProvider : ICiCredentialProvider
{
    /// <summary>Says that the service refused these credentials as expired or unknown; the next call should give others if there are any.</summary>
    /// <param name="credentials">What was refused.</param>
    void Refused(CiCredentials credentials);
}
