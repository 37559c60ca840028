using System.Threading.RateLimiting;
using CiCodegen.Runtime;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>How <see cref="CiResilienceExtensions.AddCiResilience"/> protects the service and the process.</summary>
public sealed class CiResilienceOptions
{
    /// <summary>Opens when too many requests fail, so that the service can recover; see its own properties. Only failures of connections and servers count.</summary>
    public HttpCircuitBreakerStrategyOptions CircuitBreaker { get; } = new();

    /// <summary>Limits requests: 100 under way at once, 1,000 waiting.</summary>
    public HttpRateLimiterStrategyOptions RateLimiter { get; } = new() { DefaultRateLimiterOptions = new ConcurrencyLimiterOptions { PermitLimit = 100, QueueLimit = 1000 } };
}

/// <summary>Strategies of Microsoft.Extensions.Http.Resilience around a client.</summary>
public static class CiResilienceExtensions
{
    /// <summary>Adds a rate limiter and a circuit breaker: strategies that never send a request twice. What is tried again is the client's own business, because only it knows what the service may have taken.</summary>
    /// <param name="builder">What <c>AddCiClient</c> gave.</param>
    /// <param name="configure">Sets the options; null leaves them.</param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// A request that the breaker or the limiter turns away was surely not sent, so the client tries it again after a pause, submissions
    /// too. Handlers that repeat requests, as <c>AddStandardResilienceHandler</c> does, cannot make a second job: the client lets a
    /// submission out once, and their second try fails.
    /// </remarks>
    public static IHttpClientBuilder AddCiResilience(this IHttpClientBuilder builder, Action<CiResilienceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        CiResilienceOptions options = new();
        configure?.Invoke(options);
        builder.AddResilienceHandler("ci", pipeline => pipeline.AddRateLimiter(options.RateLimiter).AddCircuitBreaker(options.CircuitBreaker));
        return builder;
    }
}

/// <summary>A limiter of System.Threading.RateLimiting as the pace of <c>SubmitAllAsync</c>.</summary>
/// <param name="limiter">The limiter, such as a <see cref="TokenBucketRateLimiter"/>; one permit is one submission. It stays the caller's.</param>
public sealed class RateLimiterPace(RateLimiter limiter) : ICiPace
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(5);
    private long _pauseUntil;

    /// <inheritdoc/>
    public async ValueTask WaitAsync(CancellationToken cancellationToken = default)
    {
        // Again, as another may have asked for more meanwhile.
        while (Volatile.Read(ref _pauseUntil) - Environment.TickCount64 is > 0 and long pause)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(pause), cancellationToken);
        }

        while (true)
        {
            using RateLimitLease lease = await limiter.AcquireAsync(1, cancellationToken);
            if (lease.IsAcquired)
            {
                return;
            }

            // The limiter's queue is full.
            bool isTold = lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait) && wait > TimeSpan.Zero;
            await Task.Delay(isTold ? Capped(wait) : TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    /// <inheritdoc/>
    /// <remarks>The limiter keeps its rate; all wait as long as the service asks, five minutes at most, and a second when it does not say. Of several refusals the longest counts.</remarks>
    public void Slower(TimeSpan? retryAfter)
    {
        long until = Environment.TickCount64 + (long)Capped(retryAfter ?? TimeSpan.FromSeconds(1)).TotalMilliseconds;
        for (long seen = Volatile.Read(ref _pauseUntil); until > seen;)
        {
            long before = Interlocked.CompareExchange(ref _pauseUntil, until, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    /// <inheritdoc/>
    public void Taken()
    {
        // Its rate does not change.
    }

    private static TimeSpan Capped(TimeSpan pause) => pause < s_longestPause ? pause : s_longestPause;
}
