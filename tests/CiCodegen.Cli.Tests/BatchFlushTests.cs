using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using CiCodegen.Cli.Documents;

namespace CiCodegen.Cli.Tests;

public sealed class BatchFlushTests
{
    [Fact]
    public async Task EachLine_IsAnsweredBeforeTheNextIsSent()
    {
        Pipe input = new();
        Pipe output = new();
        StreamWriter writer = new(output.Writer.AsStream());
        using StreamReader answers = new(output.Reader.AsStream());
        Task<int> run = CliApplication.RunAsync(["sign", "--batch"], CliRun.Host(writer, TextWriter.Null, input.Reader.AsStream(), []), TestContext.Current.CancellationToken);
        foreach (string line in new[] { "{}", "no json", "{\"secret_id\":\"ä\"}" })
        {
            byte[] bytes = Encoding.UTF8.GetBytes(line + "\r\n");

            // In two pieces: a line counts when it is whole.
            await input.Writer.WriteAsync(bytes.AsMemory(0, 1), TestContext.Current.CancellationToken);
            await input.Writer.WriteAsync(bytes.AsMemory(1), TestContext.Current.CancellationToken);
            string? answer = await answers.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            Assert.False(JsonDocument.Parse(answer!).RootElement.GetProperty("ok").GetBoolean());
        }

        await input.Writer.CompleteAsync();
        Assert.Equal(0, await run);
    }

    [Fact]
    public async Task Lines_AreCutAtTheirEnds_AndHaveALimit()
    {
        LineReader lines = new(new MemoryStream(Encoding.UTF8.GetBytes($"a\n\n{new string('b', 20_000)}\nc")), 32 * 1024);
        List<int> lengths = [];
        while (await lines.ReadAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lengths.Add(line.Length);
        }

        Assert.Equal([1, 0, 20_000, 1], lengths);
        LineReader endless = new(new MemoryStream(new byte[64 * 1024]), 32 * 1024);
        await Assert.ThrowsAsync<CliException>(() => endless.ReadAsync(TestContext.Current.CancellationToken).AsTask());
    }
}
