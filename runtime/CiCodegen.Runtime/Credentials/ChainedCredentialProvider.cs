namespace CiCodegen.Runtime;

/// <summary>Asks several providers in turn and takes the first answer.</summary>
public sealed class ChainedCredentialProvider : ICiRenewableCredentialProvider
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

    /// <summary>The environment, then the profile files: what a program takes that is told nothing else.</summary>
    public static ChainedCredentialProvider CreateDefault() => new(new EnvironmentCredentialProvider(), new ProfileCredentialProvider());

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

    /// <inheritdoc/>
    public void Refused(CiCredentials credentials)
    {
        foreach (ICiRenewableCredentialProvider provider in _providers.OfType<ICiRenewableCredentialProvider>())
        {
            provider.Refused(credentials);
        }
    }
}
