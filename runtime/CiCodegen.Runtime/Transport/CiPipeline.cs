using System.Diagnostics;
using System.Globalization;

namespace CiCodegen.Runtime;

/// <summary>Sends one request until it is answered, refused, or not worth another try, and tells these apart.</summary>
internal sealed class CiPipeline(CiTransport transport, CiClientOptions options)
{
    private const int KeptErrorBytes = 4 * 1024;

    // What the service and object storage say of credentials that have ended; with others the same request is taken.
    private static readonly HashSet<string?> s_expired = ["SignatureExpired", "SecretidNotExist", "InvalidAccessKeyId", "ExpiredToken", "InvalidToken", "InvalidSecurityToken"];

    // A signer starts a minute back, so smaller differences are not why a signature was refused.
    private static readonly TimeSpan s_leastSkew = TimeSpan.FromSeconds(30);

    /// <summary>Makes the call.</summary>
    /// <param name="call">The request.</param>
    /// <param name="read">Reads the answer of a request that was carried out.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="CiException">It failed.</exception>
    public async Task<T> SendAsync<T>(CiCall call, Func<CiReply, T> read, CancellationToken cancellationToken)
    {
        TimeProvider time = options.TimeProvider;
        long start = call.Started ?? time.GetTimestamp();
        Activity? activity = CiTelemetry.Start(call.Operation, call.Tag, call.JobId);
        CallState state = new(start);
        try
        {
            (T value, CiReply reply) = await SendCoreAsync(call, read, state, cancellationToken).ConfigureAwait(false);
            Tell(CiClientEventKind.Completed, call, state, reply, null, null);
            CiTelemetry.Ended(activity, call.Operation, time.GetElapsedTime(start), reply.RequestId, reply.Status, failure: null);
            return value;
        }
        catch (Exception e)
        {
            CiException? known = e as CiException;
            Tell(CiClientEventKind.Failed, call, state, state.Reply, null, e);
            CiTelemetry.Ended(activity, call.Operation, time.GetElapsedTime(start), known?.RequestId, known?.HttpStatus, e);
            throw;
        }
    }

    private async Task<(T Value, CiReply Reply)> SendCoreAsync<T>(CiCall call, Func<CiReply, T> read, CallState state, CancellationToken cancellationToken)
    {
        long start = state.Start;
        bool skewCorrected = false;
        bool renewed = false;
        bool maybeDone = false;
        for (int tries = 1; ; tries++)
        {
            Verdict verdict;
            CiTry outcome;
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                outcome = await transport.TryAsync(call, TimeFor(start), cancellationToken).ConfigureAwait(false);
                CiTelemetry.Tried(call.Operation, outcome.Reply?.Status);
                state.Tries++;
                state.Reply = outcome.Reply;
                if (outcome.Failure == TryFailure.Cancelled)
                {
                    throw Cancelled(call, outcome, maybeDone, cancellationToken);
                }

                T? value = default;
                verdict = outcome.Reply is { } reply ? Judge(call, reply, read, out value) : JudgeFailure(call, outcome);
                if (verdict.Failure is null)
                {
                    return (value!, outcome.Reply!);
                }

                // Also where a submission is in doubt all the same: object storage says it with a 503.
                if (outcome.Reply is { } told && (told.Status == 429 || verdict.Failure.Code == "SlowDown"))
                {
                    call.Throttled?.Invoke(told.RetryAfter);
                }

                maybeDone |= verdict.MaybeDone;
                bool mayRetry = verdict.MayRetry && !(maybeDone && call.Effect == CallEffect.Creates);
                verdict.Failure.IsAmbiguous |= maybeDone;

                // The service refused it, so this is safe for submissions as well; it does not count as a try.
                if (verdict.IsSkew && !skewCorrected && Correct(outcome))
                {
                    skewCorrected = true;
                    Tell(CiClientEventKind.ClockCorrected, call, state, outcome.Reply, null, verdict.Failure);
                    tries--;
                    continue;
                }

                if (verdict.IsExpired && !renewed && outcome.Credentials is { } refused && await transport.RenewAsync(refused, TimeFor(start), cancellationToken).ConfigureAwait(false))
                {
                    renewed = true;
                    Tell(CiClientEventKind.CredentialsRenewed, call, state, outcome.Reply, null, verdict.Failure);
                    tries--;
                    continue;
                }

                if (!mayRetry || tries >= options.MaxTries || PauseBefore(tries, outcome.Reply, start) is not { } pause)
                {
                    throw verdict.Failure;
                }

                Tell(CiClientEventKind.Retrying, call, state, outcome.Reply, pause, verdict.Failure);
                await Timers.DelayAsync(pause, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch (CiCredentialException e) when (maybeDone)
            {
                // An exception of our own: a provider may give one and the same to calls that were never sent.
                throw new CiCredentialException($"The request '{call.Operation}' may have been carried out, and there are no credentials for another try. {e.Message}", e) { IsAmbiguous = true };
            }
            catch (OperationCanceledException e) when (maybeDone && e.InnerException is not CiException)
            {
                throw Cancelled(call, default, maybeDone, cancellationToken);
            }
        }
    }

    private void Tell(CiClientEventKind kind, CiCall call, CallState state, CiReply? reply, TimeSpan? pause, Exception? failure)
        => options.Tell(new(kind, call.Operation, call.Tag, call.JobId, state.Tries, options.TimeProvider.GetElapsedTime(state.Start), reply?.Status, reply?.RequestId, pause, failure));

    /// <summary>How long to wait before the next try; null when there is no time for one.</summary>
    private TimeSpan? PauseBefore(int tries, CiReply? reply, long start)
    {
        TimeSpan pause = Pause(tries);
        if (reply?.RetryAfter is { } asked)
        {
            if (asked > options.MaxRetryDelay)
            {
                return null;
            }

            pause = asked > pause ? asked : pause;
        }

        return options.CallTimeout is { } limit && pause >= limit - options.TimeProvider.GetElapsedTime(start) ? null : pause;
    }

    private TimeSpan TimeFor(long start)
    {
        TimeSpan left = options.CallTimeout is { } limit ? limit - options.TimeProvider.GetElapsedTime(start) : options.TryTimeout;
        left = left < options.TryTimeout ? left : options.TryTimeout;
        return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
    }

    // Half fixed, half random: clients that failed together do not come back together.
    private TimeSpan Pause(int tries)
    {
        TimeSpan longest = Timers.Times(options.RetryDelay, Math.Pow(2, tries - 1));
        return Timers.Times(longest < options.MaxRetryDelay ? longest : options.MaxRetryDelay, 1 - (options.Random() / 2));
    }

    private bool Correct(in CiTry outcome)
    {
        // Against the clock that this try was signed by: another call may have learnt the server's meanwhile.
        DateTimeOffset clock = options.TimeProvider.GetUtcNow();
        if (outcome.Reply?.Date is not { } server || (server - clock - outcome.ClockOffset).Duration() < s_leastSkew)
        {
            return false;
        }

        transport.ClockOffset = server - clock;
        return true;
    }

    private static Verdict JudgeFailure(CiCall call, CiTry outcome)
    {
        bool timeout = outcome.Failure == TryFailure.Timeout;
        string what = outcome.Failure switch
        {
            TryFailure.NotConnected => "no connection could be made",
            TryFailure.Timeout => "no answer came in time",
            TryFailure.Disposed => "the HttpClient, or its handler, has been disposed",
            TryFailure.Redirected => "the HttpClient followed a redirect by itself; give it a handler with AllowAutoRedirect = false, as CiClient.CreateHandler() makes",
            _ => "the connection broke before the answer",
        };
        if (call.IsSubmit && !outcome.SurelyNotTaken)
        {
            return new(new CiAmbiguousSubmitException($"The job may have been taken: {what}. Look for it before it is sent again.", default, default, outcome.Cause), MayRetry: false);
        }

        // A handler that tries again by itself may end with a refused connection after it sent everything once.
        bool maybeDone = call.IsChange && !outcome.SurelyNotTaken;

        string unsent = call.IsSubmit ? " The job was not sent." : "";
        return new(
            new CiTransportException($"The request '{call.Operation}' failed: {what}.{unsent}", timeout, outcome.Cause),
            MayRetry: outcome.Failure is not (TryFailure.Redirected or TryFailure.Disposed),
            MaybeDone: maybeDone);
    }

    private static Verdict Judge<T>(CiCall call, CiReply reply, Func<CiReply, T> read, out T? value)
    {
        value = default;
        if (!reply.IsSuccess)
        {
            return Refused(call, reply, ErrorBody.TryRead(reply.Body));
        }

        if (reply.IsTruncated)
        {
            return Unreadable(call, reply, CutOff(reply));
        }

        try
        {
            value = read(reply);
            return default;
        }
        catch (CiFormatException e)
        {
            return Unreadable(call, reply, reply.Redactor.Clean(e));
        }
    }

    private static CiFormatException CutOff(CiReply reply) => new(
        reply.IsTooLong ? CiFormatError.LimitExceeded : CiFormatError.NotWellFormed,
        "",
        0,
        0,
        string.Create(CultureInfo.InvariantCulture, $"the answer {(reply.IsTooLong ? "is longer than the limit; read were" : "broke off after")} {reply.Body.Length} bytes"),
        reply.BodyFailure);

    // A header alone proves nothing: some name a charset there, or what was undone on the way.
    private static bool IsStillEncoded(CiReply reply, CiFormatException why)
        => reply.Encoding is not null && !reply.IsTruncated && (IsGarbled(why) || why.Error == CiFormatError.BadJson)
            && CiEncoding.FirstUnit(reply.Body.Span) is not ('<' or '{' or < 0);

    private static CiFormatException StillEncoded(string encoding, CiFormatException garbled) => new(
        CiFormatError.UnsupportedEncoding,
        garbled.Path,
        garbled.Line,
        garbled.Column,
        $"the answer came with the content encoding '{encoding}', which was not asked for; gzip and deflate are undone, others are not. Have the proxy that encodes it leave it alone, or give the HttpClient a handler whose AutomaticDecompression undoes it",
        garbled)
    {
        IsFinal = garbled.IsFinal,
    };

    /// <summary>What an answer means that was given to a request carried out, and cannot be read.</summary>
    private static Verdict Unreadable(CiCall call, CiReply reply, CiFormatException why)
    {
        if (ErrorBody.TryRead(reply.Body) is { } error)
        {
            return Refused(call, reply, error);
        }

        IReadOnlyList<CiJobEnvelope> jobs = CiJobEnvelope.ReadAll(reply.Body);
        CiAnswer answer = new(reply.Status, null, reply.RequestId, reply.TraceId);
        bool isTaken = CiClient.Taken(jobs) is not null;
        if (!isTaken && IsStillEncoded(reply, why))
        {
            why = StillEncoded(reply.Encoding!, why);
        }

        if (call.IsSubmit && !isTaken)
        {
            string message = $"The job may have been taken: the answer {Describe(reply)} has no job id. Look for it before it is sent again.";
            return new(new CiAmbiguousSubmitException(message, answer, Kept(reply), why), MayRetry: false);
        }

        return new(
            new CiResponseException(
                $"The request '{call.Operation}' was carried out, but its answer {Describe(reply)} cannot be read. {why.Message}",
                answer,
                jobs,
                reply.Redactor.Clean(reply.Body),
                reply.IsTruncated,
                why),
            MayRetry: !call.IsSubmit && (reply.BodyFailure is not null || IsNotTheServices(why)),
            MaybeDone: call.IsChange);
    }

    /// <summary>Whether an answer is cut off, garbled or a page of something on the way: the next one may be the service's.</summary>
    private static bool IsNotTheServices(CiFormatException unreadable) => !unreadable.IsFinal && IsGarbled(unreadable);

    private static bool IsGarbled(CiFormatException unreadable) => unreadable.Error is
        CiFormatError.NotWellFormed or CiFormatError.DtdProhibited or CiFormatError.UnsupportedEncoding or CiFormatError.IllegalCharacter or CiFormatError.UnexpectedRoot;

    private static Verdict Refused(CiCall call, CiReply reply, CiServiceError? error)
    {
        string? code = reply.Redactor.Clean(error?.Code);
        string? said = reply.Redactor.Clean(error?.Message);
        CiAnswer answer = new(
            reply.Status,
            code,
            reply.RequestId ?? reply.Redactor.Clean(error?.RequestId),
            reply.TraceId ?? reply.Redactor.Clean(error?.TraceId));

        bool throttled = reply.Status == 429 || (reply.IsSuccess && code == "SlowDown");
        // 303 sends to the outcome of a request that was carried out.
        bool serverFailed = reply.Status is >= 500 or 408 or 303 || (reply.IsSuccess && code is "InternalError" or "ServiceUnavailable");
        string summary = error is null
            ? $"The answer {Describe(reply)} is no error document of the service."
            : $"The service refused '{call.Operation}' {Describe(reply)}: {code}: {said}";

        // A server that failed, or a proxy that lost its server, may have taken the job before that.
        if (call.IsSubmit && serverFailed)
        {
            return new(new CiAmbiguousSubmitException($"The job may have been taken. {summary} Look for it before it is sent again.", answer, Kept(reply), null), MayRetry: false);
        }

        bool transient = throttled || (serverFailed && reply.Status is not (501 or 303));
        bool skew = code is "RequestTimeTooSkewed" or "SignatureExpired" || (code == "AccessDenied" && said?.Contains("Request has expired", StringComparison.OrdinalIgnoreCase) == true);
        bool expired = reply.Status is 401 or 403 && (s_expired.Contains(code) || (code == "AccessDenied" && said?.Contains("expired", StringComparison.OrdinalIgnoreCase) == true));
        return new(new CiServiceException(summary, answer, said, Kept(reply), reply.RetryAfter, transient), transient, skew, expired, MaybeDone: serverFailed && call.IsChange);
    }

    // Cancelled as the caller asked, yet the caller must be able to see that something may have been done.
    private static OperationCanceledException Cancelled(CiCall call, in CiTry outcome, bool maybeDone, CancellationToken cancellationToken)
    {
        CiReply? reply = outcome.Reply;
        CiAnswer answer = reply is null ? default : new(reply.Status, null, reply.RequestId, reply.TraceId);
        if (call.IsSubmit && !outcome.SurelyNotTaken)
        {
            IReadOnlyList<CiJobEnvelope> jobs = reply is { IsSuccess: true } ? CiJobEnvelope.ReadAll(reply.Body) : [];
            CiException known = CiClient.Taken(jobs) is not null
                ? new CiResponseException("The job was taken; it was cancelled while the answer came.", answer, jobs, reply!.Redactor.Clean(reply.Body), isTruncated: true, innerException: null)
                : new CiAmbiguousSubmitException("The job may have been taken: it was cancelled while it was under way. Look for it before it is sent again.", answer, default, outcome.Cause);
            return new("The submission was cancelled while it was under way; the job may have been taken.", known, cancellationToken);
        }

        if (maybeDone || (call.IsChange && !outcome.SurelyNotTaken))
        {
            CiTransportException unknown = new($"The request '{call.Operation}' may have been carried out.", isTimeout: false, outcome.Cause) { IsAmbiguous = true };
            return new($"The request '{call.Operation}' was cancelled while it was under way; it may have been carried out.", unknown, cancellationToken);
        }

        return new("The request was cancelled.", outcome.Cause, cancellationToken);
    }

    private static string Describe(CiReply reply)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"(HTTP {reply.Status}, {reply.ContentType ?? "no content type"}{(reply.Encoding is { } encoding ? $" encoded as '{encoding}'" : "")}, {reply.Body.Length} bytes, request id {reply.RequestId ?? "unknown"})");

    private static ReadOnlyMemory<byte> Kept(CiReply reply) => reply.Redactor.Clean(reply.Body, KeptErrorBytes);

    /// <summary>What to do about a try; no failure means that it succeeded.</summary>
    /// <param name="Failure">What to throw.</param>
    /// <param name="MayRetry">Whether another try may do better and cannot do harm.</param>
    /// <param name="IsSkew">Whether the clocks differ.</param>
    /// <param name="IsExpired">Whether the credentials no longer hold.</param>
    /// <param name="MaybeDone">Whether the request may have been carried out.</param>
    private readonly record struct Verdict(CiException? Failure, bool MayRetry, bool IsSkew = false, bool IsExpired = false, bool MaybeDone = false);

    /// <summary>How far a call is.</summary>
    private sealed class CallState(long start)
    {
        public long Start => start;

        public int Tries { get; set; }

        /// <summary>The last answer.</summary>
        public CiReply? Reply { get; set; }
    }
}
