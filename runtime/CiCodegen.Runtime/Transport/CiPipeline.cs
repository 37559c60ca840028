using System.Diagnostics;
using System.Globalization;

namespace CiCodegen.Runtime;

/// <summary>Sends one request until it is answered, refused, or not worth another try, and tells these apart.</summary>
internal sealed class CiPipeline(CiTransport transport, CiClientOptions options)
{
    private const int KeptErrorBytes = 64 * 1024;

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
        long start = time.GetTimestamp();
        using Activity? activity = CiTelemetry.Start(call.Operation, call.Tag, call.JobId);
        try
        {
            (T value, CiReply reply) = await SendCoreAsync(call, read, start, cancellationToken).ConfigureAwait(false);
            CiTelemetry.Ended(activity, call.Operation, time.GetElapsedTime(start), reply.RequestId, reply.Status, failure: null);
            return value;
        }
        catch (Exception e)
        {
            CiException? known = e as CiException;
            CiTelemetry.Ended(activity, call.Operation, time.GetElapsedTime(start), known?.RequestId, known?.HttpStatus, e);
            throw;
        }
    }

    private async Task<(T Value, CiReply Reply)> SendCoreAsync<T>(CiCall call, Func<CiReply, T> read, long start, CancellationToken cancellationToken)
    {
        bool skewCorrected = false;
        for (int tries = 1; ; tries++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CiTry outcome = await transport.TryAsync(call, TimeFor(start), cancellationToken).ConfigureAwait(false);
            CiTelemetry.Tried(call.Operation, outcome.Reply?.Status);
            if (outcome.Failure == TryFailure.Cancelled)
            {
                throw Cancelled(call, outcome, cancellationToken);
            }

            Verdict verdict = outcome.Reply is { } reply ? Judge(call, reply, read, out T? value) : JudgeFailure(call, outcome, out value);
            if (verdict.Failure is null)
            {
                return (value!, outcome.Reply!);
            }

            // The service refused it, so this is safe for submissions as well; it does not count as a try.
            if (verdict.IsSkew && !skewCorrected && Correct(outcome.Reply!))
            {
                skewCorrected = true;
                tries--;
                continue;
            }

            if (!verdict.MayRetry || tries >= options.MaxTries)
            {
                throw verdict.Failure;
            }

            TimeSpan pause = Pause(tries);
            if (outcome.Reply?.RetryAfter is { } asked)
            {
                if (asked > options.MaxRetryDelay)
                {
                    throw verdict.Failure;
                }

                pause = asked > pause ? asked : pause;
            }

            if (options.CallTimeout is { } limit && options.TimeProvider.GetElapsedTime(start) + pause >= limit)
            {
                throw verdict.Failure;
            }

            await Task.Delay(pause, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
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
        double longest = Math.Min(options.RetryDelay.TotalSeconds * Math.Pow(2, tries - 1), options.MaxRetryDelay.TotalSeconds);
        return TimeSpan.FromSeconds(longest * (1 - (options.Random() / 2)));
    }

    private bool Correct(CiReply reply)
    {
        if (reply.Date is not { } server || (server - transport.Now).Duration() < s_leastSkew)
        {
            return false;
        }

        transport.ClockOffset = server - options.TimeProvider.GetUtcNow();
        return true;
    }

    private static Verdict JudgeFailure<T>(CiCall call, CiTry outcome, out T? value)
    {
        value = default;
        bool timeout = outcome.Failure == TryFailure.Timeout;
        string what = outcome.Failure switch
        {
            TryFailure.NotConnected => "no connection could be made",
            TryFailure.Timeout => "no answer came in time",
            TryFailure.Redirected => "the HttpClient followed a redirect by itself; give it a handler with AllowAutoRedirect = false, as CiClient.CreateHandler() makes",
            _ => "the connection broke before the answer",
        };
        if (call.IsSubmit && !outcome.SurelyNotTaken)
        {
            return new(new CiAmbiguousSubmitException($"The job may have been taken: {what}. Look for it before it is sent again.", default, default, outcome.Cause), MayRetry: false);
        }

        string unsent = call.IsSubmit ? " The job was not sent." : "";
        return new(
            new CiTransportException($"The request '{call.Operation}' failed: {what}.{unsent}", timeout, outcome.Cause),
            MayRetry: outcome.Failure != TryFailure.Redirected);
    }

    private static Verdict Judge<T>(CiCall call, CiReply reply, Func<CiReply, T> read, out T? value)
    {
        value = default;
        if (!reply.IsSuccess)
        {
            return Refused(call, reply, ErrorBody.TryRead(reply.Body));
        }

        CiFormatException unreadable;
        if (reply.IsTruncated)
        {
            unreadable = new(
                reply.IsTooLong ? CiFormatError.LimitExceeded : CiFormatError.NotWellFormed,
                "",
                0,
                0,
                string.Create(CultureInfo.InvariantCulture, $"the answer {(reply.IsTooLong ? "is longer than the limit; read were" : "broke off after")} {reply.Body.Length} bytes"),
                reply.BodyFailure);
        }
        else
        {
            try
            {
                value = read(reply);
                return default;
            }
            catch (CiFormatException e)
            {
                unreadable = reply.Redactor.Clean(e);
            }
        }

        if (ErrorBody.TryRead(reply.Body) is { } error)
        {
            return Refused(call, reply, error);
        }

        IReadOnlyList<CiJobEnvelope> jobs = CiJobEnvelope.ReadAll(reply.Body);
        CiAnswer answer = new(reply.Status, null, reply.RequestId, reply.TraceId);
        if (call.IsSubmit && !jobs.Any(static job => !string.IsNullOrEmpty(job.JobId)))
        {
            string message = $"The job may have been taken: the answer {Describe(reply)} has no job id. Look for it before it is sent again.";
            return new(new CiAmbiguousSubmitException(message, answer, Kept(reply.Body), unreadable), MayRetry: false);
        }

        return new(
            new CiResponseException(
                $"The request '{call.Operation}' was carried out, but its answer {Describe(reply)} cannot be read. {unreadable.Message}",
                answer,
                jobs,
                reply.Body,
                reply.IsTruncated,
                unreadable),
            MayRetry: !call.IsSubmit && (reply.BodyFailure is not null || unreadable.Error == CiFormatError.NotWellFormed));
    }

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
        bool serverFailed = reply.Status is >= 500 or 408 || (reply.IsSuccess && code is "InternalError" or "ServiceUnavailable");
        string summary = error is null
            ? $"The answer {Describe(reply)} is no error document of the service."
            : $"The service refused '{call.Operation}' {Describe(reply)}: {code}: {said}";

        // A server that failed, or a proxy that lost its server, may have taken the job before that.
        if (call.IsSubmit && serverFailed)
        {
            return new(new CiAmbiguousSubmitException($"The job may have been taken. {summary} Look for it before it is sent again.", answer, Kept(reply.Body), null), MayRetry: false);
        }

        bool transient = throttled || (serverFailed && reply.Status != 501);
        bool skew = code is "RequestTimeTooSkewed" or "SignatureExpired" || (code == "AccessDenied" && said?.Contains("Request has expired", StringComparison.OrdinalIgnoreCase) == true);
        return new(new CiServiceException(summary, answer, said, Kept(reply.Body), reply.RetryAfter, transient), transient, skew);
    }

    private static OperationCanceledException Cancelled(CiCall call, CiTry outcome, CancellationToken cancellationToken)
    {
        if (!call.IsSubmit || outcome.SurelyNotTaken)
        {
            return new("The request was cancelled.", outcome.Cause, cancellationToken);
        }

        // Cancelled as the caller asked, yet the caller must be able to see that a job may have been made.
        CiAmbiguousSubmitException ambiguous = new("The job may have been taken: it was cancelled while it was under way. Look for it before it is sent again.", default, default, outcome.Cause);
        return new("The submission was cancelled while it was under way; the job may have been taken.", ambiguous, cancellationToken);
    }

    private static string Describe(CiReply reply)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"(HTTP {reply.Status}, {reply.ContentType ?? "no content type"}, {reply.Body.Length} bytes, request id {reply.RequestId ?? "unknown"})");

    private static ReadOnlyMemory<byte> Kept(ReadOnlyMemory<byte> body)
        => body.Length <= KeptErrorBytes ? body : body[..KeptErrorBytes].ToArray();

    /// <summary>What to do about a try; no failure means that it succeeded.</summary>
    private readonly record struct Verdict(Exception? Failure, bool MayRetry, bool IsSkew = false);
}
