using System.CommandLine;
using System.Globalization;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Service;

/// <summary>The options of every command that talks to the service.</summary>
internal sealed class ServiceOptions
{
    private const string EndpointName = "--endpoint";

    public Option<string?> Endpoint { get; } = new(EndpointName) { Description = "Where to connect to instead of the service itself, as in http://127.0.0.1:8080.", HelpName = "URL" };

    public Option<string?> HostName { get; } = new("--host") { Description = "The header Host to send and sign; without it, <bucket>.ci.<region>.myqcloud.com or that of the endpoint.", HelpName = "name" };

    public Option<string?> Bucket { get; } = new("--bucket") { Description = "The bucket with its owner, as in examplebucket-1250000000.", HelpName = "name" };

    public Option<string?> Region { get; } = new("--region") { Description = "The region, as in ap-guangzhou; without it, TENCENTCLOUD_REGION.", HelpName = "name" };

    public Option<double?> TryTimeout { get; } = new("--try-timeout") { Description = "Seconds that one try may take; 30.", HelpName = "seconds" };

    public Option<double?> Deadline { get; } = new("--deadline") { Description = "Seconds that the whole may take, with all tries and pauses.", HelpName = "seconds" };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { Endpoint, HostName, Bucket, Region, TryTimeout, Deadline })
        {
            command.Add(option);
        }
    }

    /// <summary>Whether a command talks to the service.</summary>
    public static bool AreOn(Command command) => command.Options.Any(o => o.Name == EndpointName);

    /// <summary>How long the whole may take; null when nothing is said.</summary>
    /// <exception cref="CliException">The number cannot be.</exception>
    public TimeSpan? DeadlineOf(Invocation run) => Seconds(run.Get(Deadline), "--deadline");

    /// <summary>What the client is made with.</summary>
    /// <exception cref="CliException">The options do not fit together.</exception>
    public CiClientOptions Create(Invocation run)
    {
        Uri? endpoint = null;
        if (run.Get(Endpoint) is { } text && !Uri.TryCreate(text, UriKind.Absolute, out endpoint))
        {
            throw new CliException(CliException.Usage, $"--endpoint '{text}' is no address; expected is one as in http://127.0.0.1:8080.");
        }

        TimeSpan? deadline = DeadlineOf(run);
        CiClientOptions options = new()
        {
            Endpoint = endpoint,
            Host = run.Get(HostName),
            Bucket = run.Get(Bucket),
            Region = run.Get(Region) ?? (run.Host.Environment("TENCENTCLOUD_REGION") is { Length: > 0 } region ? region : null),
            TimeProvider = run.Host.Time,
            CallTimeout = deadline,
        };
        options.TryTimeout = Seconds(run.Get(TryTimeout), "--try-timeout") ?? options.TryTimeout;
        if (deadline is { } limit)
        {
            options.Wait = new CiWaitOptions { Deadline = limit };
        }

        try
        {
            options.Validate();
            return options;
        }
        catch (ArgumentException e)
        {
            throw new CliException(CliException.Usage, $"{e.Message} The options --endpoint, --host, --bucket and --region say where the service is.");
        }
    }

    private static TimeSpan? Seconds(double? number, string option)
        => number is not { } seconds ? null
            : seconds is > 0 and <= 1_000_000 ? TimeSpan.FromSeconds(seconds)
            : throw new CliException(CliException.Usage, string.Create(CultureInfo.InvariantCulture, $"{option} is {seconds}; allowed is more than 0 and at most 1000000 seconds."));
}
