namespace CiCodegen.Runtime;

/// <summary>Temporary credentials that are fetched anew before they end, by one fetch at a time however many ask.</summary>
/// <remarks>
/// <para>While the credentials at hand still hold, a fetch that fails is passed over and tried again after <see cref="RetryDelay"/>. Who
/// asks for credentials and is cancelled does not end the fetch that others wait for.</para>
/// <para>Ends are judged by this machine's clock; where it is wrong, the service's refusal leads to a fetch.</para>
/// </remarks>
public sealed class RefreshingCredentialProvider : ICiRenewableCredentialProvider
{
    private readonly Func<CancellationToken, Task<CiCredentials>> _fetch;
    private readonly TimeProvider _time;
    private readonly object _lock = new();
    private CiCredentials? _current;
    private DateTimeOffset _fetchAt;
    private Task<CiCredentials>? _fetching;

    /// <summary>Makes a provider.</summary>
    /// <param name="fetch">Fetches new credentials, as from the security token service; <see cref="CiCredentials.Expiration"/> says until when they hold.</param>
    /// <param name="timeProvider">The clock; null for the machine's.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fetch"/> is null.</exception>
    public RefreshingCredentialProvider(Func<CancellationToken, Task<CiCredentials>> fetch, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(fetch);
        _fetch = fetch;
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>How long before their end new credentials are fetched; 5 minutes. Of credentials that hold for less than four times as long, a quarter of their time.</summary>
    public TimeSpan FetchBefore { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long after a fetch that failed the next one is tried, while the credentials at hand hold; 10 seconds.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a fetch may take; 30 seconds.</summary>
    public TimeSpan FetchTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async ValueTask<CiCredentials> GetAsync(CancellationToken cancellationToken = default)
    {
        Task<CiCredentials> fetching;
        lock (_lock)
        {
            DateTimeOffset now = _time.GetUtcNow();
            if (_current is not null && now < _fetchAt)
            {
                return _current;
            }

            if (_fetching is null)
            {
                // Started outside the lock's reach: a fetch that does its work at once must not hold everybody up.
                _fetching = Task.Run(FetchAsync, CancellationToken.None);

                // Perhaps nobody waits for it; its failure is seen when the credentials have ended.
                _ = _fetching.ContinueWith(static fetch => fetch.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }

            // Others go on with what still holds.
            if (_current is { } current && !(current.Expiration <= now))
            {
                return current;
            }

            fetching = _fetching;
        }

        return await fetching.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Refused(CiCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        lock (_lock)
        {
            if (ReferenceEquals(credentials, _current))
            {
                _current = null;
            }
        }
    }

    private async Task<CiCredentials> FetchAsync()
    {
        using CancellationTokenSource limit = new(Timers.Fitting(FetchTimeout), _time);
        try
        {
            CiCredentials fetched = await _fetch(limit.Token).WaitAsync(limit.Token).ConfigureAwait(false)
                ?? throw new CiCredentialException("temporary credentials: the fetch brought none");
            lock (_lock)
            {
                _current = fetched;
                _fetchAt = NextFetch(fetched);
                _fetching = null;
            }

            return fetched;
        }
        catch (Exception e)
        {
            lock (_lock)
            {
                _fetchAt = Timers.Later(_time.GetUtcNow(), RetryDelay);
                _fetching = null;
            }

            // Only the kind of foreign failures: their messages may quote what was fetched.
            throw e as CiCredentialException ?? new CiCredentialException(
                e is OperationCanceledException ? $"temporary credentials: the fetch did not end within {FetchTimeout}" : $"temporary credentials: the fetch failed ({e.GetType().Name})", e);
        }
    }

    private DateTimeOffset NextFetch(CiCredentials fetched)
    {
        DateTimeOffset now = _time.GetUtcNow();
        if (fetched.Expiration is not { } end)
        {
            return DateTimeOffset.MaxValue;
        }

        // What is already over by a clock that is wrong would be fetched for every request.
        TimeSpan left = end - now;
        return left <= TimeSpan.Zero ? Timers.Later(now, RetryDelay) : end - (FetchBefore < left / 4 ? FetchBefore : left / 4);
    }
}
