using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CiCodegen.Cli.Tests;

/// <summary>What a process of its own takes while a large document comes through a pipe; the document is made on the way.</summary>
/// <remarks>The gate sends 64 MB, CICODEGEN_FULL=1 a gigabyte: the bound is the same.</remarks>
public sealed class MemoryTests(ITestOutputHelper log)
{
    private const long Bound = 64L * 1024 * 1024;

    private static readonly long s_length = Environment.GetEnvironmentVariable("CICODEGEN_FULL") == "1" ? 1L << 30 : 64L << 20;

    [Theory]
    [InlineData("utf8")]
    [InlineData("xmlreader")]
    public async Task ManySmallElements_TakeNoMemory(string lane)
    {
        // A million elements make up the gigabyte.
        string text = new('x', 1024 - "<item><name></name></item>\n".Length);
        Measured run = await ReadAsync("<items>\n", $"<item><name>{text}</name></item>\n", "</items>\n", s_length, "--as", "any", "--lane", lane);
        Assert.True(run.Answer.GetProperty("ok").GetBoolean(), run.Answer.ToString());
        Assert.True(run.Given >= s_length, $"{run.Given} bytes were taken");
        Assert.InRange(run.Growth, 0, Bound);
    }

    [Theory]
    [InlineData("utf8")]
    [InlineData("xmlreader")]
    public async Task JobByJob_TakesNoMemory(string lane)
    {
        string results = string.Concat(Enumerable.Range(0, 20).Select(i => $"<BodyRecognition><Time>{i}</Time><Url>https://example.com/{i}.jpg</Url><BodyInfo><Name>body</Name><Score>{i}</Score></BodyInfo></BodyRecognition>"));
        string job = $"<JobsDetail><JobId>j{{0}}</JobId><State>Success</State><Operation><VideoTargetRecResult>{results}</VideoTargetRecResult></Operation></JobsDetail>\n";
        Measured run = await ReadAsync("<Response>\n", job, "<NextToken/></Response>\n", s_length, "--tag", "VideoTargetRec", "--jobs", "--lane", lane);
        Assert.Equal(0, run.Exit);
        Assert.True(run.Given >= s_length, $"{run.Given} bytes were taken");
        Assert.InRange(run.Lines, s_length / 3000, s_length / 1000);
        Assert.StartsWith("j", run.Answer.GetProperty("JobId").GetString(), StringComparison.Ordinal);
        Assert.InRange(run.Growth, 0, Bound);
    }

    [Theory]
    [InlineData("utf8", "response")]
    [InlineData("xmlreader", "response")]
    [InlineData("utf8", "request")]
    [InlineData("utf8", "callback")]
    public async Task EndlessTypedRead_EndsAtTheLimitOfTheWhole(string lane, string kind)
    {
        Measured run = await ReadAsync("<Response>", "<Unknown>1</Unknown>", null, 1L << 30, "--tag", "VideoTargetRec", "--as", kind, "--lane", lane);
        Assert.Equal("LimitExceeded", run.Answer.GetProperty("error").GetProperty("code").GetString());
        Assert.InRange(run.Given, Bound, Bound + (1 << 20));

        // The document itself, and what its buffer was before it grew.
        Assert.InRange(run.Growth, 0, 4 * Bound);
    }

    [Theory]
    [InlineData("utf8", "<a>", "text ")]
    [InlineData("xmlreader", "<a>", "text ")]
    [InlineData("utf8", "<a><![CDATA[", "text ")]
    [InlineData("xmlreader", "<a><![CDATA[", "text ")]
    [InlineData("utf8", "", "<a>")]
    [InlineData("xmlreader", "", "<a>")]
    [InlineData("utf8", "<a ", " b{0}=''")]
    [InlineData("xmlreader", "<a ", " b{0}=''")]
    [InlineData("utf8", "<a b='", "value ")]
    [InlineData("xmlreader", "<a b='", "value ")]
    public async Task PartBeyondItsLimit_EndsTheRead(string lane, string start, string more)
    {
        // Never ended by the test: the command must answer by itself.
        Measured run = await ReadAsync(start, more, null, 100L << 20, "--as", "any", "--lane", lane);
        Assert.Equal("LimitExceeded", run.Answer.GetProperty("error").GetProperty("code").GetString());
        Assert.InRange(run.Given, 0, 12L << 20);
        Assert.InRange(run.Growth, 0, Bound);
    }

    private async Task<Measured> ReadAsync(string start, string more, string? end, long length, params string[] options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the peak of a process is read from /proc");
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        CompositeFormat format = CompositeFormat.Parse(more);
        ProcessStartInfo info = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "cicodegen.dll"), "read", "--json", .. options, "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(info)!;
        Task<(string Last, long Lines)> output = ReadLinesAsync(process.StandardOutput, cancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        long idle = await IdleAsync(process, cancellationToken);

        long given = 0;
        long peak = idle;
        Stream input = process.StandardInput.BaseStream;
        try
        {
            await WriteAsync(start);
            for (int i = 0; given < length; )
            {
                StringBuilder piece = new();
                while (piece.Length < 64 * 1024)
                {
                    piece.AppendFormat(CultureInfo.InvariantCulture, format, i++);
                }

                await WriteAsync(piece.ToString());
                peak = Math.Max(peak, Peak(process));
            }

            await WriteAsync(end ?? "");
            await input.FlushAsync(cancellationToken);
            peak = Math.Max(peak, Peak(process));
            input.Close();
        }
        catch (IOException)
        {
            // It has read enough and ended.
        }

        await process.WaitForExitAsync(cancellationToken).WaitAsync(TimeSpan.FromMinutes(2), cancellationToken);
        (string text, long lines) = await output;
        Assert.True(text.Length > 0, await errors);
        log.WriteLine($"idle {idle >> 20} MB, peak {(peak - idle) >> 20} MB more, after {given >> 20} MB");
        return new Measured(JsonDocument.Parse(text).RootElement, given, peak - idle, lines, process.ExitCode);

        async Task WriteAsync(string part)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            await input.WriteAsync(bytes, cancellationToken);
            given += bytes.Length;
        }
    }

    /// <summary>Waits until a process has started and waits for input.</summary>
    private static async Task<long> IdleAsync(Process process, CancellationToken cancellationToken)
    {
        TimeSpan last = TimeSpan.MinValue;
        for (int quiet = 0; quiet < 5; )
        {
            await Task.Delay(100, cancellationToken);
            process.Refresh();
            TimeSpan used = process.TotalProcessorTime;
            quiet = used == last ? quiet + 1 : 0;
            last = used;
        }

        return Peak(process);
    }

    private static long Peak(Process process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static async Task<(string Last, long Lines)> ReadLinesAsync(StreamReader output, CancellationToken cancellationToken)
    {
        string last = "";
        long lines = 0;
        for (; await output.ReadLineAsync(cancellationToken) is { } line; lines++)
        {
            last = line;
        }

        return (last, lines);
    }

    /// <summary>What a run has shown.</summary>
    /// <param name="Answer">The last line of the output.</param>
    /// <param name="Given">Bytes that were written to it.</param>
    /// <param name="Growth">Bytes of its peak beyond what it took while it was idle.</param>
    /// <param name="Lines">Lines of the output.</param>
    /// <param name="Exit">The exit code.</param>
    private sealed record Measured(JsonElement Answer, long Given, long Growth, long Lines, int Exit);
}
