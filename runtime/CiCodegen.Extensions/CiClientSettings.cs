using CiCodegen.Runtime;

namespace CiCodegen.Extensions;

/// <summary>What a configuration section can say about a client. What it leaves out stays as <see cref="CiClientOptions"/> has it. Keys and tokens do not belong here.</summary>
public sealed class CiClientSettings
{
    /// <summary>See <see cref="CiClientOptions.Bucket"/>.</summary>
    public string? Bucket { get; set; }

    /// <summary>See <see cref="CiClientOptions.Region"/>.</summary>
    public string? Region { get; set; }

    /// <summary>See <see cref="CiClientOptions.Endpoint"/>.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>See <see cref="CiClientOptions.Host"/>.</summary>
    public string? Host { get; set; }

    /// <summary>See <see cref="CiClientOptions.ValidateRequests"/>.</summary>
    public bool? ValidateRequests { get; set; }

    /// <summary>See <see cref="CiClientOptions.TryTimeout"/>.</summary>
    public TimeSpan? TryTimeout { get; set; }

    /// <summary>See <see cref="CiClientOptions.CallTimeout"/>.</summary>
    public TimeSpan? CallTimeout { get; set; }

    /// <summary>See <see cref="CiClientOptions.MaxTries"/>.</summary>
    public int? MaxTries { get; set; }

    /// <summary>See <see cref="CiClientOptions.RetryDelay"/>.</summary>
    public TimeSpan? RetryDelay { get; set; }

    /// <summary>See <see cref="CiClientOptions.MaxRetryDelay"/>.</summary>
    public TimeSpan? MaxRetryDelay { get; set; }

    /// <summary>See <see cref="CiClientOptions.MaxResponseLength"/>.</summary>
    public int? MaxResponseLength { get; set; }

    /// <summary>See <see cref="CiClientOptions.MarkSubmissions"/>.</summary>
    public bool? MarkSubmissions { get; set; }

    /// <summary>See <see cref="CiClientOptions.LookupWindow"/>.</summary>
    public TimeSpan? LookupWindow { get; set; }

    internal void Apply(CiClientOptions options)
    {
        options.Bucket = Bucket ?? options.Bucket;
        options.Region = Region ?? options.Region;
        options.Endpoint = Endpoint ?? options.Endpoint;
        options.Host = Host ?? options.Host;
        options.ValidateRequests = ValidateRequests ?? options.ValidateRequests;
        options.TryTimeout = TryTimeout ?? options.TryTimeout;
        options.CallTimeout = CallTimeout ?? options.CallTimeout;
        options.MaxTries = MaxTries ?? options.MaxTries;
        options.RetryDelay = RetryDelay ?? options.RetryDelay;
        options.MaxRetryDelay = MaxRetryDelay ?? options.MaxRetryDelay;
        options.MaxResponseLength = MaxResponseLength ?? options.MaxResponseLength;
        options.MarkSubmissions = MarkSubmissions ?? options.MarkSubmissions;
        options.LookupWindow = LookupWindow ?? options.LookupWindow;
    }
}
