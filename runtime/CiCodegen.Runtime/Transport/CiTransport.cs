using System.Net.Http.Headers;
using System.Net.Sockets;

namespace CiCodegen.Runtime;

/// <summary>Sends one request once: signs, sends, gathers the answer within limits, says how it ended.</summary>
internal sealed class CiTransport(HttpClient http, CiClientOptions options, ICiCredentialProvider credentials)
{
    // Whose end no further try can mend; streams and connections come anew.
    private static readonly HashSet<string> s_closed = [typeof(HttpClient).FullName!, typeof(SocketsHttpHandler).FullName!, typeof(HttpClientHandler).FullName!];

    private long _clockOffset;
    private long _serverAhead = long.MinValue;

    /// <summary>What to add to the clock to have the server's, as learnt from it.</summary>
    public TimeSpan ClockOffset
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _clockOffset));
        set => Volatile.Write(ref _clockOffset, value.Ticks);
    }

    /// <summary>What the server's clock is ahead of this one, by its last answer; null before the first that has a date.</summary>
    public TimeSpan? ServerAhead => Interlocked.Read(ref _serverAhead) is var ticks and not long.MinValue ? TimeSpan.FromTicks(ticks) : null;

    public DateTimeOffset Now => options.TimeProvider.GetUtcNow() + ClockOffset;

    /// <summary>Has refused credentials replaced.</summary>
    /// <returns>Whether there are others now.</returns>
    public async Task<bool> RenewAsync(CiCredentials refused, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (credentials is not ICiRenewableCredentialProvider renewable)
        {
            return false;
        }

        try
        {
            renewable.Refused(refused);
            CiCredentials fresh = await renewable.GetAsync(cancellationToken).AsTask().WaitAsync(Timers.Fitting(timeout), options.TimeProvider, cancellationToken).ConfigureAwait(false);
            return (fresh.SecretId, fresh.SecretKey, fresh.Token) != (refused.SecretId, refused.SecretKey, refused.Token);
        }
        catch (Exception e) when (!(e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            // The service's refusal says more than that there is nothing else, or why.
            return false;
        }
    }

    /// <summary>Makes one try.</summary>
    /// <exception cref="CiCredentialException">There is nothing to sign with, or the provider failed: this try was not sent.</exception>
    public async Task<CiTry> TryAsync(CiCall call, TimeSpan timeout, CancellationToken cancellationToken)
    {
        TimeSpan offset = ClockOffset;
        using CancellationTokenSource timer = new(Timers.Fitting(timeout), options.TimeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        CiCredentials current;
        try
        {
            current = await credentials.GetAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (either.IsCancellationRequested)
        {
            return Failed(cancellationToken.IsCancellationRequested ? TryFailure.Cancelled : TryFailure.Timeout, e, nothingSent: true);
        }
        catch (Exception e) when (e is not (CiCredentialException or OutOfMemoryException))
        {
            // Only the kind: a foreign message may quote what was fetched.
            throw new CiCredentialException($"The credential provider failed ({e.GetType().Name}).", e);
        }

        using HttpRequestMessage request = RequestFactory.Create(call, options, current, options.TimeProvider.GetUtcNow() + offset, out CiRequestContent? content, out Redactor redactor);
        Uri uri = request.RequestUri!;
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);

            // A handler that follows redirects changes the request in place; what then answers is not who was asked.
            if (request.RequestUri != uri || request.Method != call.Method)
            {
                return Failed(TryFailure.Redirected, null, nothingSent: false);
            }

            CiReply reply = await ReadAsync(response, redactor, either.Token).ConfigureAwait(false);
            return reply.BodyFailure is OperationCanceledException e && cancellationToken.IsCancellationRequested
                ? Failed(TryFailure.Cancelled, e, nothingSent: false) with { Reply = reply }
                : new(reply, TryFailure.None, null, SurelyNotTaken: false, offset, current);
        }
        catch (OperationCanceledException e)
        {
            // Neither the caller nor the timer: the HttpClient's own timeout.
            return Failed(cancellationToken.IsCancellationRequested ? TryFailure.Cancelled : TryFailure.Timeout, e, NothingSent(content));
        }
        catch (HttpRequestException e)
        {
            return Failed(IsConnectFailure(e) ? TryFailure.NotConnected : TryFailure.Broken, e, NothingSent(content));
        }
        catch (ObjectDisposedException e) when (s_closed.Contains(e.ObjectName))
        {
            return Failed(TryFailure.Disposed, e, NothingSent(content));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Handlers of the caller's throw what they like (an open circuit, a limit of their own): the question is only what was sent.
            return Failed(TryFailure.Broken, e, NothingSent(content));
        }

        CiTry Failed(TryFailure failure, Exception? cause, bool nothingSent) => new(null, failure, cause, nothingSent, offset, null);
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

    private async Task<CiReply> ReadAsync(HttpResponseMessage response, Redactor redactor, CancellationToken cancellationToken)
    {
        using PooledBufferWriter buffer = new((int)Math.Clamp(response.Content.Headers.ContentLength ?? 4096, 256, 1 << 16));
        Exception? failure = null;
        bool tooLong = false;
        try
        {
            using Stream wire = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                Memory<byte> free = buffer.GetMemory();
                int left = options.MaxResponseLength - buffer.Count;

                // One byte over the limit tells a body that just fits from one that does not.
                int read = await wire.ReadAsync(free[..(int)Math.Min(free.Length, left + 1L)], cancellationToken).ConfigureAwait(false);
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
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // What came is kept, whatever ended it: a job's id may be in it.
            failure = e;
        }

        string encoding = string.Join(", ", response.Content.Headers.ContentEncoding).ToLowerInvariant();
        byte[] body = ContentDecoder.Decode(buffer.Written, encoding, options.MaxResponseLength, ref failure, ref tooLong, out bool isDecoded);
        HttpResponseHeaders headers = response.Headers;
        if (headers.Date is { } date)
        {
            Interlocked.Exchange(ref _serverAhead, (date - options.TimeProvider.GetUtcNow()).Ticks);
        }

        return new CiReply
        {
            Status = (int)response.StatusCode,
            Body = body,
            ContentType = redactor.Clean(response.Content.Headers.ContentType?.MediaType),
            Encoding = isDecoded ? null : redactor.Clean(encoding),
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
    {
        if (headers.TryGetValues(name, out IEnumerable<string>? values))
        {
            foreach (string value in values)
            {
                return value.Length > 0 ? value : null;
            }
        }

        return null;
    }

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
