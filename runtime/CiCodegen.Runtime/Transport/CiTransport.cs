using System.Net.Http.Headers;
using System.Net.Sockets;

namespace CiCodegen.Runtime;

/// <summary>Sends one request once: signs, sends, gathers the answer within limits, says how it ended.</summary>
internal sealed class CiTransport(HttpClient http, CiClientOptions options, ICiCredentialProvider credentials)
{
    private long _clockOffset;

    /// <summary>What to add to the clock to have the server's, as learnt from it.</summary>
    public TimeSpan ClockOffset
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _clockOffset));
        set => Volatile.Write(ref _clockOffset, value.Ticks);
    }

    public DateTimeOffset Now => options.TimeProvider.GetUtcNow() + ClockOffset;

    public async Task<CiTry> TryAsync(CiCall call, TimeSpan timeout, CancellationToken cancellationToken)
    {
        CiCredentials current = await credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        using HttpRequestMessage request = RequestFactory.Create(call, options, current, Now, out CiRequestContent? content, out Redactor redactor);
        Uri uri = request.RequestUri!;
        using CancellationTokenSource timer = new(Timers.Fitting(timeout), options.TimeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);

            // A handler that follows redirects changes the request in place; what then answers is not who was asked.
            if (request.RequestUri != uri || request.Method != call.Method)
            {
                return new(null, TryFailure.Redirected, null, SurelyNotTaken: false);
            }

            return new(await ReadAsync(response, redactor, either.Token, cancellationToken).ConfigureAwait(false), TryFailure.None, null, SurelyNotTaken: false);
        }
        catch (OperationCanceledException e)
        {
            // Neither the caller nor the timer: the HttpClient's own timeout.
            bool cancelled = cancellationToken.IsCancellationRequested;
            return new(null, cancelled ? TryFailure.Cancelled : TryFailure.Timeout, e, NothingSent(content));
        }
        catch (HttpRequestException e)
        {
            return new(null, IsConnectFailure(e) ? TryFailure.NotConnected : TryFailure.Broken, e, NothingSent(content));
        }
        catch (IOException e)
        {
            return new(null, TryFailure.Broken, e, NothingSent(content));
        }
    }

    // The body says it better than the error: a handler that tries again by itself may end with "refused" after it sent everything once.
    private static bool NothingSent(CiRequestContent? content) => content is { Started: false };

    private static bool IsConnectFailure(HttpRequestException e)
    {
        if (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return true;
        }

        // Handlers other than the platform's say it by the socket's error alone.
        return e.InnerException is SocketException
        {
            SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain,
        };
    }

    private async Task<CiReply> ReadAsync(HttpResponseMessage response, Redactor redactor, CancellationToken either, CancellationToken caller)
    {
        using PooledBufferWriter buffer = new((int)Math.Clamp(response.Content.Headers.ContentLength ?? 4096, 256, 1 << 16));
        Exception? failure = null;
        bool tooLong = false;
        try
        {
            using Stream stream = await response.Content.ReadAsStreamAsync(either).ConfigureAwait(false);
            while (true)
            {
                Memory<byte> free = buffer.GetMemory();
                int left = options.MaxResponseLength - buffer.Count;

                // One byte over the limit tells a body that just fits from one that does not.
                int read = await stream.ReadAsync(free[..(int)Math.Min(free.Length, left + 1L)], either).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                tooLong = read > left;
                buffer.Advance(tooLong ? left : read);
                if (tooLong)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException && !caller.IsCancellationRequested)
        {
            // What came is kept: a job's id may be in it.
            failure = e;
        }

        HttpResponseHeaders headers = response.Headers;
        return new CiReply
        {
            Status = (int)response.StatusCode,
            Body = buffer.Written.ToArray(),
            ContentType = redactor.Clean(response.Content.Headers.ContentType?.MediaType),
            RequestId = redactor.Clean(Header(headers, "x-ci-request-id") ?? Header(headers, "x-cos-request-id")),
            TraceId = redactor.Clean(Header(headers, "x-ci-trace-id") ?? Header(headers, "x-cos-trace-id")),
            RetryAfter = RetryAfter(headers),
            Date = headers.Date,
            Redactor = redactor,
            BodyFailure = failure,
            IsTooLong = tooLong,
        };
    }

    private static string? Header(HttpResponseHeaders headers, string name)
        => headers.TryGetValues(name, out IEnumerable<string>? values) && values.FirstOrDefault() is { Length: > 0 } value ? value : null;

    private TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        if (headers.RetryAfter?.Delta is { } delta)
        {
            return delta;
        }

        if (headers.RetryAfter?.Date is { } date)
        {
            TimeSpan pause = date - (headers.Date ?? Now);
            return pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
        }

        return null;
    }
}
