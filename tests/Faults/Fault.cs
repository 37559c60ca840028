using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace CiCodegen.Tests.Faults;

/// <summary>What goes wrong with one request.</summary>
/// <param name="Name">What the table of outcomes calls it.</param>
/// <param name="PlayAsync">Plays it; returns whether the connection goes on.</param>
internal sealed record Fault(string Name, Func<Wire, WireRequest, Func<WireRequest, WireAnswer>, CancellationToken, Task<bool>> PlayAsync)
{
    // What no reader can take for the service's last word passes; these do not.
    private static readonly string[] s_final =
    [
        "503 with Retry-After 3600", "400 error document", "403 error document", "403 page of a proxy", "400 JSON error", "501 error document", "301 to another host", "302 to another host",
        "303 to another host", "307 to another host", "308 to another host", "200 with an error document", "200 JSON error", "401 that tells the secrets back", "carried out, 303", "gzip bomb",
    ];

    private static readonly string[] s_harmless =
    [
        "none", "slow drip", "well chunked", "gzip unasked for", "a content encoding that changes nothing", "answer without a request id", "answer sent twice", "many headers", "a wrong content type", "unknown nodes before the job", "100 Continue before the answer",
    ];

    /// <summary>Whether a reader that meets it once may give up.</summary>
    public bool IsFinal => s_final.Contains(Name);

    /// <summary>Whether everybody can live with it.</summary>
    public bool IsHarmless => s_harmless.Contains(Name);

    public static Fault None { get; } = Carried("none", async (wire, answer, stop) => await wire.SendAsync(Plain(answer), stop));

    /// <summary>Every fault of the catalogue, and none.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        None,

        // Nothing was carried out.
        Lost("reset after the request", carried: false, static (wire, _) => Reset(wire)),
        Lost("closed after the request", carried: false, static (_, _) => default),
        Lost("no answer at all", carried: false, static (_, stop) => Forever(stop)),
        .. ((int[])[500, 502, 503, 504]).Select(static status => Told($"{status} error document", WireAnswer.Error(status, "InternalError"))),
        Told("503 with Retry-After 1", WireAnswer.Error(503, "ServiceUnavailable") with { Headers = "Retry-After: 1\r\n" }),
        Told("503 with Retry-After 3600", WireAnswer.Error(503, "ServiceUnavailable") with { Headers = "Retry-After: 3600\r\n" }),
        Told("503 with a Retry-After that is no time", WireAnswer.Error(503, "ServiceUnavailable") with { Headers = "Retry-After: soon\r\n" }),
        Told("503 SlowDown of object storage", WireAnswer.Error(503, "SlowDown") with { Headers = "x-cos-request-id: cos\r\n" }),
        Told("500 empty", new WireAnswer(500, "")),
        Told("502 page of a proxy", WireAnswer.Html(502)),
        Told("504 page of a proxy", WireAnswer.Html(504)),
        Told("429 SlowDown", WireAnswer.Error(429, "SlowDown")),
        Told("429 with Retry-After 1", WireAnswer.Error(429, "SlowDown") with { Headers = "Retry-After: 1\r\n" }),
        Told("408 empty", new WireAnswer(408, "")),
        Told("400 error document", WireAnswer.Error(400, "InvalidArgument")),
        Told("403 error document", WireAnswer.Error(403, "AccessDenied")),
        Told("403 page of a proxy", WireAnswer.Html(403)),
        Told("400 JSON error", new WireAnswer(400, """{"code":-46607,"message":"no"}""") { ContentType = "application/json" }),
        Told("501 error document", WireAnswer.Error(501, "NotImplemented")),
        .. ((int[])[301, 302, 303, 307, 308]).Select(static status => Told($"{status} to another host", new WireAnswer(status, "") { Headers = "Location: http://127.0.0.1:1/jobs\r\n" })),
        Told("200 with an error document", WireAnswer.Error(200, "InvalidArgument")),
        Told("200 with InternalError", WireAnswer.Error(200, "InternalError")),
        Told("200 page of a proxy", WireAnswer.Html(200)),
        Told("200 JSON error", new WireAnswer(200, """{"code":"AccessDenied","message":"no"}""") { ContentType = "application/json" }),
        new("401 that tells the secrets back", static async (wire, request, _, stop) =>
        {
            string echo = $"{request.Headers.GetValueOrDefault("authorization")} {request.Headers.GetValueOrDefault("x-ci-security-token")}";
            await wire.SendAsync(Plain(WireAnswer.Xml(401, $"<Error><Code>InvalidAuthorization</Code><Message>{echo.Replace("&", "&amp;", StringComparison.Ordinal)}</Message></Error>")), stop);
            return true;
        }),

        // Carried out, and the answer lost.
        Lost("carried out, reset", carried: true, static (wire, _) => Reset(wire)),
        Lost("carried out, closed", carried: true, static (_, _) => default),
        Lost("carried out, no answer", carried: true, static (_, stop) => Forever(stop)),
        Lost("carried out, half a status line, closed", carried: true, static (wire, stop) => wire.SendAsync("HTTP/1.1 2", stop)),
        Lost("carried out, stalled headers", carried: true, static async (wire, stop) =>
        {
            await wire.SendAsync("HTTP/1.1 200 OK\r\nContent-Ty", stop);
            await Forever(stop);
        }),
        Lost("carried out, no HTTP", carried: true, static (wire, stop) => wire.SendAsync("SSH-2.0-OpenSSH_9.6\r\n", stop)),
        .. ((int[])[500, 502, 503, 504]).Select(static status => Carried($"carried out, {status}", (wire, _, stop) => wire.SendAsync(Plain(WireAnswer.Error(status, "InternalError")), stop))),
        Carried("carried out, 502 page of a proxy", static (wire, _, stop) => wire.SendAsync(Plain(WireAnswer.Html(502)), stop)),
        Carried("carried out, 200 page of a proxy", static (wire, _, stop) => wire.SendAsync(Plain(WireAnswer.Html(200)), stop)),
        Carried("carried out, empty 200", static (wire, _, stop) => wire.SendAsync(Plain(new WireAnswer(200, "")), stop)),
        Carried("carried out, 204", static (wire, _, stop) => wire.SendAsync("HTTP/1.1 204 No Content\r\nx-ci-request-id: request-in-header\r\n\r\n", stop)),
        Carried("carried out, 202 page of a proxy", static (wire, _, stop) => wire.SendAsync(Plain(WireAnswer.Html(202)), stop)),
        Carried("carried out, 303", static (wire, _, stop) => wire.SendAsync(Plain(new WireAnswer(303, "") { Headers = "Location: /elsewhere\r\n" }), stop)),

        // Carried out, and the answer spoilt.
        Cut("body ends after its head", static (wire, answer, stop) => wire.SendAsync(Head(answer, answer.Body.Length), stop)),
        Cut("body ends in the middle", static (wire, answer, stop) => wire.SendAsync(Head(answer, answer.Body.Length) + answer.Body[..(answer.Body.Length / 2)], stop)),
        Cut("body ends inside the job's id", static (wire, answer, stop) => wire.SendAsync(Head(answer, answer.Body.Length) + answer.Body[..Math.Min(answer.Body.IndexOf("<JobId>", StringComparison.Ordinal) + 12, answer.Body.Length)], stop)),
        Cut("body stalls in the middle", static async (wire, answer, stop) =>
        {
            await wire.SendAsync(Head(answer, answer.Body.Length + 10) + answer.Body[..(answer.Body.Length / 2)], stop);
            await Forever(stop);
        }),
        Cut("body stalls after its head", static async (wire, answer, stop) =>
        {
            await wire.SendAsync(Head(answer, answer.Body.Length + 1), stop);
            await Forever(stop);
        }),
        Cut("body is reset in the middle", static async (wire, answer, stop) =>
        {
            await wire.SendAsync(Head(answer, answer.Body.Length + 10) + answer.Body[..(answer.Body.Length / 2)], stop);
            wire.Reset();
        }),
        Cut("Content-Length too great", static (wire, answer, stop) => wire.SendAsync(Head(answer, answer.Body.Length + 100) + answer.Body, stop)),
        Cut("Content-Length too small", static (wire, answer, stop) => wire.SendAsync(Head(answer, answer.Body.Length * 2 / 3) + answer.Body, stop)),
        Cut("chunks without an end", static (wire, answer, stop) => wire.SendAsync(Head(answer, null) + Chunk(answer.Body[..(answer.Body.Length / 2)]), stop)),
        Cut("a chunk that is no chunk", static (wire, answer, stop) => wire.SendAsync(Head(answer, null) + "zz\r\n" + answer.Body, stop)),
        Carried("slow drip", static async (wire, answer, stop) =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(Plain(answer));
            foreach (byte[] part in bytes.Chunk((bytes.Length / 20) + 1))
            {
                await wire.SendAsync(part, stop);
                await Task.Delay(5, stop);
            }
        }),
        Cut("slow drip without an end", static async (wire, answer, stop) =>
        {
            await wire.SendAsync(Head(answer, 1_000_000), stop);
            while (true)
            {
                await wire.SendAsync(" ", stop);
                await Task.Delay(20, stop);
            }
        }),
        Carried("well chunked", static (wire, answer, stop) => wire.SendAsync(Head(answer, null) + (answer.Body.Length > 0 ? Chunk(answer.Body) : "") + "0\r\n\r\n", stop)),
        Carried("gzip unasked for", static async (wire, answer, stop) => await wire.SendAsync(Zipped(answer, Encoding.UTF8.GetBytes(answer.Body)), stop)),
        Carried("gzip bomb", static async (wire, answer, stop) => await wire.SendAsync(Zipped(answer, Encoding.UTF8.GetBytes(answer.Body[..(answer.Body.Length / 2)] + new string(' ', 20_000_000))), stop)),
        Carried("Brotli, which is not undone", static async (wire, answer, stop) => await wire.SendAsync(Brotli(answer), stop)),
        Carried("a content encoding that changes nothing", static (wire, answer, stop) => wire.SendAsync(Plain(answer with { Headers = "Content-Encoding: utf-8\r\n" }), stop)),
        Cut("gzip that is none", static (wire, answer, stop) => wire.SendAsync(Head(answer with { Headers = "Content-Encoding: gzip\r\n" }, 20) + "not compressed at all", stop)),
        Carried("answer without a request id", static (wire, answer, stop) => wire.SendAsync(Plain(answer).Replace("x-ci-request-id: request-in-header\r\n", "", StringComparison.Ordinal), stop)),
        Cut("answer sent twice", static (wire, answer, stop) => wire.SendAsync(Plain(answer) + Plain(answer), stop)),
        Cut("huge headers", static (wire, answer, stop) => wire.SendAsync(Head(answer with { Headers = $"x-padding: {new string('x', 200_000)}\r\n" }, answer.Body.Length) + answer.Body, stop)),
        Carried("many headers", static (wire, answer, stop) => wire.SendAsync(Plain(answer with { Headers = string.Concat(Enumerable.Range(0, 200).Select(i => $"x-h{i.ToString(CultureInfo.InvariantCulture)}: y\r\n")) }), stop)),
        Cut("header that is none", static (wire, answer, stop) => wire.SendAsync(Plain(answer with { Headers = "this is no header\r\n" }), stop)),
        Carried("a wrong content type", static (wire, answer, stop) => wire.SendAsync(Plain(answer with { ContentType = "text/html" }), stop)),
        Carried("unknown nodes before the job", static (wire, answer, stop) => wire.SendAsync(Plain(answer with { Body = answer.Body.Replace("<Response>", "<Response><New><JobId>other</JobId></New>", StringComparison.Ordinal) }), stop)),
        Carried("100 Continue before the answer", static (wire, answer, stop) => wire.SendAsync("HTTP/1.1 100 Continue\r\n\r\n" + Plain(answer), stop)),
    ];

    /// <summary>No answer comes, and the request is carried out when nobody waits for one any more.</summary>
    /// <param name="after">How long after it came.</param>
    public static Fault Late(Func<TimeSpan> after) => new("carried out late, no answer", async (_, request, handle, stop) =>
    {
        await Task.Delay(after(), stop);
        handle(request);
        await Forever(stop);
        return false;
    });

    /// <summary>The request is not carried out; the answer is this one.</summary>
    private static Fault Told(string name, WireAnswer answer) => new(name, async (wire, _, _, stop) =>
    {
        await wire.SendAsync(Plain(answer), stop);
        return true;
    });

    /// <summary>The connection ends without an answer.</summary>
    private static Fault Lost(string name, bool carried, Func<Wire, CancellationToken, ValueTask> end) => new(name, async (wire, request, handle, stop) =>
    {
        if (carried)
        {
            handle(request);
        }

        await end(wire, stop);
        return false;
    });

    /// <summary>The request is carried out; its answer goes another way onto the wire, which stays in use.</summary>
    private static Fault Carried(string name, Func<Wire, WireAnswer, CancellationToken, ValueTask> send) => new(name, async (wire, request, handle, stop) =>
    {
        await send(wire, handle(request), stop);
        return true;
    });

    /// <summary>The request is carried out; its answer goes another way onto the wire, which ends with it.</summary>
    private static Fault Cut(string name, Func<Wire, WireAnswer, CancellationToken, ValueTask> send) => new(name, async (wire, request, handle, stop) =>
    {
        await send(wire, handle(request), stop);
        return false;
    });

    private static string Head(WireAnswer answer, int? length)
        => string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} Told\r\nContent-Type: {answer.ContentType}\r\nx-ci-request-id: request-in-header\r\n{answer.Headers}{(length is null ? "Transfer-Encoding: chunked" : $"Content-Length: {length}")}\r\n\r\n");

    private static string Plain(WireAnswer answer) => Head(answer, Encoding.UTF8.GetByteCount(answer.Body)) + answer.Body;

    private static string Chunk(string text) => string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n");

    private static byte[] Zipped(WireAnswer answer, byte[] body)
    {
        using MemoryStream zipped = new();
        using (GZipStream gzip = new(zipped, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return [.. Encoding.ASCII.GetBytes(Head(answer with { Headers = "Content-Encoding: gzip\r\n" }, (int)zipped.Length)), .. zipped.ToArray()];
    }

    private static byte[] Brotli(WireAnswer answer)
    {
        using MemoryStream encoded = new();
        using (BrotliStream brotli = new(encoded, CompressionLevel.Optimal, leaveOpen: true))
        {
            brotli.Write(Encoding.UTF8.GetBytes(answer.Body));
        }

        return [.. Encoding.ASCII.GetBytes(Head(answer with { Headers = "Content-Encoding: br\r\n" }, (int)encoded.Length)), .. encoded.ToArray()];
    }

    private static ValueTask Reset(Wire wire)
    {
        wire.Reset();
        return default;
    }

    private static async ValueTask Forever(CancellationToken stop) => await Task.Delay(Timeout.Infinite, stop);
}
