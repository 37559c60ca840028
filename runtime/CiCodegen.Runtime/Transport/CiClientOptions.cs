namespace CiCodegen.Runtime;

/// <summary>Where the service is and how <see cref="CiClient"/> talks to it. The client copies what it needs: later changes do nothing.</summary>
public sealed class CiClientOptions
{
    /// <summary>The bucket with its owner, as in <c>examplebucket-1250000000</c>.</summary>
    public string? Bucket { get; set; }

    /// <summary>The region, as in <c>ap-guangzhou</c>.</summary>
    public string? Region { get; set; }

    /// <summary>Where to connect to instead of the service itself, as in <c>http://127.0.0.1:8080</c>: scheme, host and port only. Null connects by https to <see cref="Host"/>.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The header <c>Host</c> to send and sign. Null takes <c>&lt;bucket&gt;.ci.&lt;region&gt;.myqcloud.com</c> or, where these are not known, that of <see cref="Endpoint"/>.</summary>
    public string? Host { get; set; }

    /// <summary>The clock and all pauses.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Whether requests are checked against their schema before they are sent; true.</summary>
    public bool ValidateRequests { get; set; } = true;

    /// <summary>How long a signature holds from now on; 15 minutes. It begins a minute back, for servers whose clocks are slow.</summary>
    public TimeSpan SignatureLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long one try may take, its answer included; 30 seconds.</summary>
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one call may take with all its tries and pauses; null sets no limit beside the tries' own. Waiting for a job has its own limit.</summary>
    public TimeSpan? CallTimeout { get; set; }

    /// <summary>How often a request is sent at most, the first time included; 4.</summary>
    public int MaxTries { get; set; } = 4;

    /// <summary>The pause before the second try; it doubles from try to try, less a random part. 200 milliseconds.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause before a try; 20 seconds. A service that asks for more with <c>Retry-After</c> is not asked again.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether submissions carry a <see cref="CiSubmissionMark"/> in node <c>Operation.UserData</c>, so that a job whose answer was lost can be looked for; false.</summary>
    public bool MarkSubmissions { get; set; }

    /// <summary>How long a marked submission of unknown outcome is looked for in the service's list, which may lag; 10 seconds. Not found until then, it stays unknown.</summary>
    public TimeSpan LookupWindow { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of an answer at most; 64 MiB.</summary>
    public int MaxResponseLength { get; set; } = 64 * 1024 * 1024;

    /// <summary>The limits within which answers are read.</summary>
    public CiReaderOptions ReaderOptions { get; set; } = CiReaderOptions.Default;

    /// <summary>Whether <see cref="CiClient.GetRawResponse"/> can give back the answer that a job came in; false.</summary>
    public bool KeepRawResponse { get; set; }

    /// <summary>Is told what happens to calls, for logs; null for nobody. Called while the call goes on, so it should be quick. What it throws is passed over: it changes nothing in the call's outcome.</summary>
    public Action<CiClientEvent>? Events { get; set; }

    /// <summary>How <c>WaitAsync</c> waits where a call does not say.</summary>
    public CiWaitOptions Wait { get; set; } = new();

    /// <summary>A random number from 0 to 1; tests replace it.</summary>
    internal Func<double> Random { get; set; } = static () => System.Random.Shared.NextDouble();

    /// <summary>Throws when the options do not fit together.</summary>
    /// <exception cref="ArgumentException">Says which, what it is and what it may be.</exception>
    public void Validate()
    {
        if (Bucket is not null && !IsBucket(Bucket))
        {
            throw Bad(nameof(Bucket), Bucket, "a bucket with its owner, as in examplebucket-1250000000");
        }

        if (Region is not null && !IsLabel(Region))
        {
            throw Bad(nameof(Region), Region, "a region, as in ap-guangzhou");
        }

        if (Endpoint is not null
            && (!Endpoint.IsAbsoluteUri || Endpoint.Scheme is not ("http" or "https") || Endpoint.PathAndQuery != "/" || Endpoint.Fragment.Length > 0 || Endpoint.UserInfo.Length > 0))
        {
            throw Bad(nameof(Endpoint), Endpoint.OriginalString, "scheme, host and port only, as in http://127.0.0.1:8080");
        }

        if (Host is not null && !IsHost(Host))
        {
            throw Bad(nameof(Host), Host, "a host name, with a port if need be");
        }

        if (Endpoint is null && Host is null && (Bucket is null || Region is null))
        {
            string missing = Bucket is null && Region is null ? $"'{nameof(Bucket)}' and '{nameof(Region)}' are" : $"'{(Bucket is null ? nameof(Bucket) : nameof(Region))}' is";
            throw new ArgumentException($"{missing} missing; give both, or '{nameof(Endpoint)}', or '{nameof(Host)}'.");
        }

        Positive(nameof(SignatureLifetime), SignatureLifetime);
        Positive(nameof(TryTimeout), TryTimeout);
        Positive(nameof(CallTimeout), CallTimeout ?? TimeSpan.MaxValue);
        Positive(nameof(RetryDelay), RetryDelay);
        Positive(nameof(MaxRetryDelay), MaxRetryDelay);
        Positive(nameof(LookupWindow), LookupWindow);
        AtLeastOne(nameof(MaxTries), MaxTries);
        AtLeastOne(nameof(MaxResponseLength), MaxResponseLength);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentNullException.ThrowIfNull(ReaderOptions);
        ArgumentNullException.ThrowIfNull(Wait);
        Wait.Validate();
    }

    /// <summary>Tells <see cref="Events"/>.</summary>
    internal void Tell(CiClientEvent happened)
    {
        try
        {
            Events?.Invoke(happened);
        }
        catch (Exception)
        {
            // A log that fails must not cost the id of a job, nor the news that there may be one; and there is nobody else to tell.
        }
    }

    internal CiClientOptions Copy() => (CiClientOptions)MemberwiseClone();

    /// <summary>The header <c>Host</c>; only after <see cref="Validate"/>.</summary>
    internal string EffectiveHost()
        => Host ?? (Bucket is not null && Region is not null ? $"{Bucket}.ci.{Region}.myqcloud.com" : Endpoint!.Authority);

    /// <summary>Scheme and authority to connect to, without a slash at the end; only after <see cref="Validate"/>.</summary>
    internal string EffectiveBase()
        => Endpoint is null ? $"https://{EffectiveHost()}" : Endpoint.GetLeftPart(UriPartial.Authority);

    private static bool IsHost(string text)
    {
        if (text.Length == 0 || !Uri.TryCreate($"https://{text}/", UriKind.Absolute, out Uri? host) || host.PathAndQuery != "/" || host.Fragment.Length > 0 || host.UserInfo.Length > 0)
        {
            return false;
        }

        try
        {
            using HttpRequestMessage request = new();
            request.Headers.Host = text;
            return true;
        }
        catch (FormatException)
        {
            // What cannot be a header would fail at the first request.
            return false;
        }
    }

    private static bool IsBucket(string text)
    {
        int dash = text.LastIndexOf('-');
        return dash > 0
            && IsLabel(text[..dash])
            && dash + 1 < text.Length
            && text.AsSpan(dash + 1).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static bool IsLabel(string text)
        => text.Length > 0 && text[0] != '-' && text.AsSpan().IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-") < 0;

    private static void Positive(string name, TimeSpan value)
    {
        if (value <= TimeSpan.Zero)
        {
            throw Bad(name, value.ToString(), "a positive time");
        }
    }

    private static void AtLeastOne(string name, int value)
    {
        if (value < 1)
        {
            throw Bad(name, value.ToString(System.Globalization.CultureInfo.InvariantCulture), "1 or more");
        }
    }

    private static ArgumentException Bad(string name, string value, string expected)
        => new($"'{name}' is '{value}'; expected is {expected}.");
}
