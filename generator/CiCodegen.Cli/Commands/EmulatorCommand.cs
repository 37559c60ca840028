using System.CommandLine;
using System.Globalization;
using CiCodegen.Cli.Schemas;
using CiCodegen.Emulator;

namespace CiCodegen.Cli.Commands;

/// <summary><c>emulator</c>: the service, offline.</summary>
internal static class EmulatorCommand
{
    private const int FirstYear = 1971;
    private const int LastYear = 9000;

    public static Command Create(CliContext cli)
    {
        Option<int> port = new("--port") { Description = "The port on 127.0.0.1; 0 takes a free one.", HelpName = "number" };
        CiEmulatorOptions standard = new();
        Option<string?> secretId = new("--secret-id") { Description = $"The secret id that requests must be signed with; without it, TENCENTCLOUD_SECRET_ID, else {standard.SecretId}.", HelpName = "id" };
        Option<string?> secretKey = new("--secret-key") { Description = $"The secret key that requests must be signed with; without it, TENCENTCLOUD_SECRET_KEY, else {standard.SecretKey}.", HelpName = "key" };
        Option<string?> clock = new("--clock") { Description = "The time at which the emulator's clock starts, in ISO 8601; without it, now.", HelpName = "time" };
        Option<int> seed = new("--seed") { Description = "What ids and results are made from.", HelpName = "number", DefaultValueFactory = _ => 1 };
        Option<double> speed = new("--speed") { Description = "How many times faster than the clock jobs move.", HelpName = "factor", DefaultValueFactory = _ => 1 };
        Option<string?> data = new("--data") { Description = "A file in which jobs outlive the emulator; it is made when it is missing.", HelpName = "file" };
        Option<string?> schema = SchemaLoader.Option();
        Command command = new("emulator", "Run the service on this machine, for tests and offline work.")
        {
            port, secretId, secretKey, clock, seed, speed, data, schema,
        };
        cli.Handle(command, run =>
        {
            string? directory = run.Get(schema);
            BindingSource? source = directory is null ? null : BindingSource.Load(run, directory);
            CiEmulatorOptions options = new()
            {
                Port = run.Get(port),
                SecretId = run.Get(secretId) ?? Variable(run, "TENCENTCLOUD_SECRET_ID") ?? standard.SecretId,
                SecretKey = run.Get(secretKey) ?? Variable(run, "TENCENTCLOUD_SECRET_KEY") ?? standard.SecretKey,
                TimeProvider = Clock(run.Host.Time, run.Get(clock)),
                Seed = run.Get(seed),
                Speed = run.Get(speed),
                DataFile = run.Get(data) is { } file ? run.Host.FullPath(file) : null,
                Schemas = directory is null ? [] : [.. OwnSchemas.Below(run.Host, directory).Texts.Where(t => !BundledSchemas.All.Any(b => b.Text == t.Text))],
                Bindings = source?.All(run.Cancellation) ?? [],
                TemplateBindings = source?.OwnTemplates(run.Cancellation) ?? [],
            };
            return RunAsync(run, options);
        });
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, CiEmulatorOptions options)
    {
        CiEmulator emulator;
        try
        {
            emulator = await CiEmulator.StartAsync(options, run.Cancellation);
        }
        catch (ArgumentException e)
        {
            throw new CliException(CliException.Usage, e.Message);
        }
        catch (IOException e)
        {
            throw new CliException("PortTaken", $"The emulator cannot listen on port {options.Port.ToString(CultureInfo.InvariantCulture)}: {e.Message}");
        }

        await using (emulator)
        {
            string endpoint = emulator.Endpoint.GetLeftPart(UriPartial.Authority);
            if (run.IsJson)
            {
                run.WriteJson(w =>
                {
                    w.WriteStartObject();
                    w.WriteString("endpoint", endpoint);
                    w.WriteNumber("port", emulator.Endpoint.Port);
                    w.WriteEndObject();
                });
            }
            else
            {
                run.Out.Write($"listening on {endpoint}\n");
            }

            await run.Out.FlushAsync(run.Cancellation);
            try
            {
                await Task.Delay(Timeout.Infinite, run.Cancellation);
            }
            catch (OperationCanceledException)
            {
                // Ctrl+C or SIGTERM: the way in which an emulator ends.
            }
        }

        return ExitCode.Done;
    }

    private static string? Variable(Invocation run, string name) => run.Host.Environment(name)?.Trim() is { Length: > 0 } value ? value : null;

    private static TimeProvider Clock(TimeProvider real, string? text)
    {
        if (text is null)
        {
            return real;
        }

        // Without an offset, UTC: the same on every machine.
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset start))
        {
            throw new CliException(CliException.Usage, $"--clock '{text}' is no time; write it as in 2025-11-19T08:00:00+08:00.");
        }

        // Signatures count seconds from 1970, and a clock must have somewhere to go.
        return start.UtcDateTime.Year is >= FirstYear and <= LastYear
            ? new ShiftedTimeProvider(real, start - real.GetUtcNow())
            : throw new CliException(CliException.Usage, string.Create(CultureInfo.InvariantCulture, $"--clock '{text}' is no time that requests can be signed at; take a year from {FirstYear} to {LastYear}."));
    }

    /// <summary>A clock that runs as the real one does, at another time.</summary>
    private sealed class ShiftedTimeProvider(TimeProvider real, TimeSpan shift) : TimeProvider
    {
        public override long TimestampFrequency => real.TimestampFrequency;

        public override TimeZoneInfo LocalTimeZone => real.LocalTimeZone;

        public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + shift;

        public override long GetTimestamp() => real.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => real.CreateTimer(callback, state, dueTime, period);
    }
}
