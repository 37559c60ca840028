namespace CiCodegen.Runtime;

/// <summary>Where credentials come from. Asked before every try of a request, so it should keep what it has until that expires.</summary>
public interface ICiCredentialProvider
{
    /// <summary>Gives the credentials that hold now.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="CiCredentialException">There are none.</exception>
    ValueTask<CiCredentials> GetAsync(CancellationToken cancellationToken = default);
}
