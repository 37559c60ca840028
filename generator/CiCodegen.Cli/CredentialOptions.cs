using System.CommandLine;
using CiCodegen.Runtime;

namespace CiCodegen.Cli;

/// <summary>Where credentials come from: options first, then the environment.</summary>
internal sealed class CredentialOptions
{
    private const string IdName = "TENCENTCLOUD_SECRET_ID";
    private const string KeyName = "TENCENTCLOUD_SECRET_KEY";

    public Option<string?> SecretId { get; } = new("--secret-id") { Description = $"The secret id; without it, {IdName}.", HelpName = "id" };

    public Option<string?> SecretKey { get; } = new("--secret-key") { Description = $"The secret key; without it, {KeyName}, which other processes do not see.", HelpName = "key" };

    /// <summary>The credentials of a run.</summary>
    /// <exception cref="CliException">There are none, or they cannot be some.</exception>
    public CiCredentials Get(Invocation run)
        => Of(run.Get(SecretId) ?? Read(run.Host, IdName), run.Get(SecretKey) ?? Read(run.Host, KeyName), null);

    /// <summary>The credentials of the environment.</summary>
    /// <exception cref="CliException">There are none, or they cannot be some.</exception>
    public static CiCredentials FromEnvironment(CliHost host)
        => Of(Read(host, IdName), Read(host, KeyName), Read(host, "TENCENTCLOUD_SESSION_TOKEN") ?? Read(host, "TENCENTCLOUD_TOKEN"));

    /// <summary>The credentials of the environment, or else of the profile files of Tencent Cloud's own tools.</summary>
    /// <exception cref="CliException">The environment's cannot be used, or it has none and there is no home directory.</exception>
    public static ICiCredentialProvider Provider(CliHost host)
    {
        if (Read(host, IdName) is not null && Read(host, KeyName) is not null)
        {
            return new StaticCredentialProvider(FromEnvironment(host));
        }

        string missing = Missing(Read(host, IdName), Read(host, KeyName));
        return (Read(host, "HOME") ?? Read(host, "USERPROFILE")) is { } home
            ? new ChainedCredentialProvider(new MissingCredentials(missing), new ProfileCredentialProvider(home, null, host.Environment))
            : throw new CliException(Service.ServiceFailure.NoCredentials, missing);
    }

    private static string Missing(string? id, string? key)
    {
        string missing = string.IsNullOrEmpty(id) ? string.IsNullOrEmpty(key) ? $"{IdName} and {KeyName} are" : $"{IdName} is" : $"{KeyName} is";
        return $"There are no credentials: {missing} not set.";
    }

    private static CiCredentials Of(string? id, string? key, string? token)
    {
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(key))
        {
            throw new CliException(Service.ServiceFailure.NoCredentials, Missing(id, key));
        }

        try
        {
            return new CiCredentials(id, key, token);
        }
        catch (ArgumentException e)
        {
            // The message names the parameter, never the value.
            throw new CliException(Service.ServiceFailure.NoCredentials, $"The credentials cannot be used: {e.Message}");
        }
    }

    private static string? Read(CliHost host, string name) => host.Environment(name)?.Trim() is { Length: > 0 } value ? value : null;

    /// <summary>Says why there are none, so that a chain tells every place where it looked.</summary>
    private sealed class MissingCredentials(string message) : ICiCredentialProvider
    {
        public ValueTask<CiCredentials> GetAsync(CancellationToken cancellationToken = default) => throw new CiCredentialException(message);
    }
}
