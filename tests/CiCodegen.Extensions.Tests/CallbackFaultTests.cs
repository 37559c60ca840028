using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CiCodegen.Extensions.Tests.CiJobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CiCodegen.Extensions.Tests;

/// <summary>Whatever comes to the address of callbacks, byte by byte over a connection: what is a callback is handled once, what is none is refused, nothing hangs, nothing tells the secret.</summary>
public sealed class CallbackFaultTests : IAsyncDisposable
{
    private const string Secret = "a-secret-of-the-callback";
    private const int MaxBody = 4096;

    private readonly ConcurrentBag<string?> _handled = [];
    private readonly Logs _logs = new();
    private WebApplication? _application;

    /// <summary>What is sent, and what comes of it.</summary>
    /// <param name="Name">What the table of outcomes calls it.</param>
    /// <param name="Parts">What is written, a part at a time.</param>
    /// <param name="Handled">How often the job is handled.</param>
    /// <param name="Statuses">The answers that are allowed; 0 stands for none.</param>
    private sealed record Scenario(string Name, byte[][] Parts, int Handled, params int[] Statuses)
    {
        /// <summary>Whether the sender closes its side when all is written.</summary>
        public bool Closes { get; init; }
    }

    private static string Xml(string id) => $"<Response><EventName>TaskFinish</EventName><JobsDetail><Code>Success</Code><JobId>{id}</JobId><State>Success</State><Tag>VideoTargetRec</Tag></JobsDetail></Response>";

    private static string Json(string id) => $$"""{"EventName":"TaskFinish","JobsDetail":[{"Code":"Success","JobId":"{{id}}","State":"Success","Tag":"VideoTargetRec"}]}""";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Head(long? length, string more = "", string method = "POST", string query = $"?secret={Secret}")
        => Bytes($"{method} /ci{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{(length is { } value ? string.Create(CultureInfo.InvariantCulture, $"Content-Length: {value}\r\n") : "")}{more}\r\n");

    private static byte[] Whole(string body, string more = "", string method = "POST", string query = $"?secret={Secret}")
        => [.. Head(Encoding.UTF8.GetByteCount(body), more, method, query), .. Bytes(body)];

    private static byte[] Zipped(byte[] body)
    {
        using MemoryStream zipped = new();
        using (GZipStream zip = new(zipped, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zip.Write(body);
        }

        return zipped.ToArray();
    }

    private static IEnumerable<Scenario> All()
    {
        yield return new("xml", [Whole(Xml("xml"))], 1, 200);
        yield return new("json", [Whole(Json("json"))], 1, 200);
        yield return new("a wrong content type", [Whole(Xml("a wrong content type"), "Content-Type: image/png\r\n")], 1, 200);
        yield return new("utf-16", [[.. Head(Encoding.Unicode.GetByteCount(Xml("utf-16")) + 2), 0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Xml("utf-16"))]], 1, 200);
        yield return new("byte by byte", [.. Whole(Xml("byte by byte")).Chunk(16)], 1, 200);
        yield return new("chunked", [[.. Head(null, "Transfer-Encoding: chunked\r\n"), .. Bytes($"{Xml("chunked").Length:x}\r\n{Xml("chunked")}\r\n0\r\n\r\n")]], 1, 200);
        yield return new("sent twice", [Whole(Xml("sent twice")).AsSpan().ToArray()], 1, 200);
        yield return new("unknown Tag", [Whole(Xml("unknown Tag").Replace("VideoTargetRec", "Unheard", StringComparison.Ordinal))], 1, 200);
        yield return new("a node twice", [Whole(Xml("a node twice").Replace("<Code>", "<Code>x</Code><Code>", StringComparison.Ordinal))], 1, 200);
        yield return new("expects 100", [Head(Xml("expects 100").Length, "Expect: 100-continue\r\n"), Bytes(Xml("expects 100"))], 1, 100, 200);

        yield return new("nothing", [], 0, 0) { Closes = true };
        yield return new("half a request line", [Bytes("POST /c")], 0, 0, 400) { Closes = true };
        yield return new("half of the headers", [Bytes($"POST /ci?secret={Secret} HTTP/1.1\r\nHost: x\r\nContent-")], 0, 0, 400) { Closes = true };
        yield return new("no http", [Bytes("SSH-2.0-OpenSSH_9.6\r\n\r\n")], 0, 400);
        yield return new("tls", [[0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03, 0x0D, 0x0A, 0x0D, 0x0A]], 0, 0, 400) { Closes = true };
        yield return new("half of the body", [Head(Xml("half of the body").Length), Bytes(Xml("half of the body")[..60])], 0, 0, 400) { Closes = true };
        yield return new("stalled body", [Head(Xml("stalled body").Length), Bytes(Xml("stalled body")[..60])], 0, 408);
        yield return new("stalled headers", [Bytes($"POST /ci?secret={Secret} HTTP/1.1\r\nHost: x\r\n")], 0, 0, 408);
        yield return new("Content-Length too small", [[.. Head(60), .. Bytes(Xml("Content-Length too small"))]], 0, 400);
        yield return new("Content-Length too great", [[.. Head(Xml("Content-Length too great").Length + 50), .. Bytes(Xml("Content-Length too great"))]], 0, 0, 400, 408) { Closes = true };
        yield return new("no Content-Length", [Head(null)], 0, 400, 411);
        yield return new("a chunk that is none", [[.. Head(null, "Transfer-Encoding: chunked\r\n"), .. Bytes("zz\r\nabc")]], 0, 400);
        yield return new("too long, as it says", [Head(MaxBody + 1)], 0, 413);
        yield return new("too long, chunked", [[.. Head(null, "Transfer-Encoding: chunked\r\n"), .. Bytes($"2000\r\n{new string(' ', 0x2000)}\r\n0\r\n\r\n")]], 0, 413);
        yield return new("huge headers", [Head(0, $"x-padding: {new string('x', 100_000)}\r\n")], 0, 0, 431);
        yield return new("gzip", [[.. Head(Zipped(Bytes(Xml("gzip"))).Length, "Content-Encoding: gzip\r\n"), .. Zipped(Bytes(Xml("gzip")))]], 0, 415);
        yield return new("gzip bomb", [[.. Head(Zipped(new byte[3_000_000]).Length, "Content-Encoding: gzip\r\n"), .. Zipped(new byte[3_000_000])]], 0, 415);
        yield return new("empty body", [Head(0)], 0, 400);
        yield return new("a page", [Whole("<!doctype html><html><body>hello</body></html>")], 0, 400);
        yield return new("a document type", [Whole("<!DOCTYPE x [<!ENTITY e 'x'>]><Response><JobsDetail><JobId>&e;</JobId><State>Success</State></JobsDetail></Response>")], 0, 400);
        yield return new("an error document", [Whole("<Error><Code>InternalError</Code></Error>")], 0, 400);
        yield return new("json of somebody else", [Whole("""{"hello":"world"}""")], 0, 400);
        yield return new("broken json", [Whole("""{"JobsDetail":{"JobId":""")], 0, 400);
        yield return new("deep json", [Whole(new string('[', 2000))], 0, 400);
        yield return new("no utf-8", [[.. Head(8), 0xC3, 0x28, 0xA0, 0xA1, 0xE2, 0x28, 0xA1, 0x00]], 0, 400);
        yield return new("zeros", [[.. Head(64), .. new byte[64]]], 0, 400);
        yield return new("no secret", [Whole(Xml("no secret"), query: "")], 0, 403);
        yield return new("a wrong secret", [Whole(Xml("a wrong secret"), query: "?secret=b")], 0, 403);
        yield return new("the secret twice", [Whole(Xml("the secret twice"), query: $"?secret=b&secret={Secret}")], 0, 403);
        yield return new("GET", [Whole("", method: "GET")], 0, 405);
        yield return new("PUT", [Whole(Xml("PUT"), method: "PUT")], 0, 405);
    }

    [Fact]
    public async Task WhateverComes_IsHandledOnceOrRefused()
    {
        await StartAsync();
        Scenario[] all = [.. All()];
        StringBuilder table = new();
        List<string> complaints = [];
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (scenario, _) =>
        {
            long start = Stopwatch.GetTimestamp();
            string answer = await PlayAsync(scenario);
            if (scenario.Name == "sent twice")
            {
                answer = await PlayAsync(scenario);
            }

            int status = answer.Length >= 12 ? int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture) : 0;
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            lock (table)
            {
                table.AppendLine(CultureInfo.InvariantCulture, $"{scenario.Name,-28} {(status == 0 ? "no answer" : status),-10} {took.TotalMilliseconds,6:0} ms");
                if (!scenario.Statuses.Contains(status))
                {
                    complaints.Add($"{scenario.Name}: answered {status}, allowed is {string.Join(" or ", scenario.Statuses)}: {answer}");
                }

                if (answer.Contains(Secret, StringComparison.Ordinal))
                {
                    complaints.Add($"{scenario.Name}: the answer tells the secret");
                }
            }
        });

        // After all that, a callback is a callback.
        Assert.StartsWith("HTTP/1.1 200", await PlayAsync(new("after", [Whole(Xml("after"))], 1, 200)), StringComparison.Ordinal);
        int expected = all.Sum(scenario => scenario.Handled) + 1;
        for (int i = 0; _handled.Count < expected && i < 1000; i++)
        {
            await Task.Delay(10);
        }

        await Task.Delay(100);
        foreach (Scenario scenario in all)
        {
            int count = _handled.Count(id => id == scenario.Name);
            if (count != scenario.Handled)
            {
                complaints.Add($"{scenario.Name}: handled {count} times, expected is {scenario.Handled}");
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{all.Length} scenarios, {_handled.Count} handled\n{table}");
        Assert.True(complaints.Count == 0, string.Join("\n", complaints));
        Assert.Equal(expected, _handled.Count);

        // The host's own log of requests has each query, which the documentation tells.
        Assert.NotEqual("", _logs.TextOf("CiCodegen"));
        Assert.DoesNotContain(Secret, _logs.TextOf("CiCodegen"), StringComparison.Ordinal);
    }

    /// <summary>Writes a scenario to a connection of its own and takes what comes back.</summary>
    private async Task<string> PlayAsync(Scenario scenario)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(_application!.Urls.Single()).Port);
        NetworkStream stream = client.GetStream();
        try
        {
            foreach (byte[] part in scenario.Parts)
            {
                await stream.WriteAsync(part);
                await stream.FlushAsync();
            }

            if (scenario.Closes)
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (IOException)
        {
            // The receiver has heard enough; its answer is what counts.
        }

        using MemoryStream answer = new();
        try
        {
            await stream.CopyToAsync(answer).WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (IOException)
        {
            // Reset behind the answer.
        }

        string text = Encoding.UTF8.GetString(answer.ToArray());

        // An interim answer is followed by the one that counts.
        return text.StartsWith("HTTP/1.1 100", StringComparison.Ordinal) ? text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..] : text;
    }

    private async Task StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(1);
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.AddProvider(_logs).SetMinimumLevel(LogLevel.Debug));
        builder.Services.AddCiCallbacks(options =>
        {
            options.Tags = CiTagCatalog.All;
            options.Secrets.Add(Secret);
            options.MaxBodyLength = MaxBody;
            options.BodyTimeout = TimeSpan.FromMilliseconds(500);
            options.Otherwise((job, _, _) =>
            {
                _handled.Add(job.JobId);
                return Task.CompletedTask;
            });
        });
        _application = builder.Build();
        _application.UseRouting();
        _application.MapCiCallbacks("/ci");
        await _application.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }
    }
}
