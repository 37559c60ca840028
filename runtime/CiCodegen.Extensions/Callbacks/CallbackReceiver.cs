using System.Security.Cryptography;
using System.Text;
using CiCodegen.Runtime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CiCodegen.Extensions;

/// <summary>Takes callbacks in and answers at once: checks the secret, reads the body, keeps what is new, wakes who waits.</summary>
internal sealed class CallbackReceiver(IOptions<CiCallbackOptions> options, CallbackQueue queue, CiJobSignals signals, TimeProvider time, ILoggerFactory loggers)
{
    private readonly CiCallbackOptions _options = options.Value;
    private readonly byte[][] _secrets = [.. options.Value.Secrets.Select(Hash)];
    private readonly ILogger _logger = QuietLogger.Of(loggers);

    public async Task ReceiveAsync(HttpContext context)
    {
        context.Response.StatusCode = await StatusAsync(context);
        if (context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "5";
        }
    }

    private async Task<int> StatusAsync(HttpContext context)
    {
        if (!_options.AllowAnonymous && !IsKnown(context.Request.Query[_options.SecretParameter].ToString()))
        {
            return Refuse(StatusCodes.Status403Forbidden, "the secret is missing or wrong");
        }

        if (context.Request.Headers.ContentEncoding.Count > 0)
        {
            return Refuse(StatusCodes.Status415UnsupportedMediaType, "the body is encoded");
        }

        (byte[]? body, int status) = await ReadAsync(context);
        if (body is null)
        {
            return Refuse(status, "the body is too long, or did not come");
        }

        CiJobEnvelope[] jobs = [.. CiJobEnvelope.ReadAll(body, _options.ReaderOptions).Where(static job => !string.IsNullOrEmpty(job.JobId)).DistinctBy(static job => job.JobId)];
        if (jobs.Length == 0)
        {
            return Refuse(StatusCodes.Status400BadRequest, "the body names no job");
        }

        foreach (CiJobEnvelope job in jobs)
        {
            signals.Notify(job.JobId!);
            string? state = job.State?.Text;
            if (await queue.TakeAsync(new($"{job.JobId}\n{state}", job.JobId!, state, body, time.GetUtcNow())) is not { } isNew)
            {
                return Refuse(StatusCodes.Status503ServiceUnavailable, "too many callbacks wait for their handlers, or the host stops");
            }

            CiCallbackLog.Received(_logger, job.JobId!, state, job.Tag, !isNew);
        }

        return StatusCodes.Status200OK;
    }

    private async Task<(byte[]? Body, int Status)> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > _options.MaxBodyLength)
        {
            return (null, StatusCodes.Status413PayloadTooLarge);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = _options.MaxBodyLength;
        }

        using CancellationTokenSource slow = new(_options.BodyTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(slow.Token, context.RequestAborted);
        using MemoryStream body = new((int)(context.Request.ContentLength ?? 4096));
        byte[] piece = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await context.Request.Body.ReadAsync(piece, either.Token)) > 0)
            {
                if (body.Length + read > _options.MaxBodyLength)
                {
                    return (null, StatusCodes.Status413PayloadTooLarge);
                }

                body.Write(piece, 0, read);
            }

            return (body.ToArray(), StatusCodes.Status200OK);
        }
        catch (BadHttpRequestException e)
        {
            return (null, e.StatusCode);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return (null, StatusCodes.Status408RequestTimeout);
        }
    }

    // Hashes have one length, and all secrets are looked at: the time it takes tells nothing.
    private bool IsKnown(string given)
    {
        byte[] hash = Hash(given);
        bool known = false;
        foreach (byte[] secret in _secrets)
        {
            known |= CryptographicOperations.FixedTimeEquals(hash, secret);
        }

        return known;
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private int Refuse(int status, string reason)
    {
        CiCallbackLog.Refused(_logger, status, reason);
        return status;
    }
}
