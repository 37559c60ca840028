using System.Text;
using System.Text.Json;

namespace CiCodegen.Cli.Tests;

/// <summary>The command <c>emulator</c>, run in this process until it is disposed.</summary>
internal sealed class RunningEmulator : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SignallingWriter _output = new();
    private readonly Task<int> _run;

    private RunningEmulator(string[] args)
        => _run = CliApplication.RunAsync(
            ["emulator", "--json", "--secret-id", CliRun.SecretId, "--secret-key", CliRun.SecretKey, .. args],
            CliRun.Host(_output, _output, Stream.Null, []),
            _stop.Token);

    /// <summary>The first line.</summary>
    public string Line { get; private set; } = "";

    public string Endpoint => JsonDocument.Parse(Line).RootElement.GetProperty("endpoint").GetString()!;

    public static async Task<RunningEmulator> StartAsync(params string[] args)
    {
        RunningEmulator emulator = new(args);
        await Task.WhenAny(emulator._output.FirstFlush, emulator._run).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.False(emulator._run.IsCompleted, emulator._output.ToString());
        emulator.Line = await emulator._output.FirstFlush;
        return emulator;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Assert.Equal(0, await _run);
        _stop.Dispose();
    }

    /// <summary>Tells when the first line is out.</summary>
    private sealed class SignallingWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> FirstFlush => _first.Task;

        public override Encoding Encoding => Encoding.UTF8;

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            _first.TrySetResult(ToString());
            return Task.CompletedTask;
        }

        public override Task FlushAsync() => FlushAsync(CancellationToken.None);
    }
}
