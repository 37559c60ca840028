using System.Globalization;
using CiCodegen.Runtime;
using CiCodegen.Schema;

namespace CiCodegen.Emulator;

/// <summary>How <see cref="CiEmulator"/> behaves. Equal options, requests and clock give equal answers.</summary>
public sealed class CiEmulatorOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The secret id that requests must be signed with. The default is no one's.</summary>
    public string SecretId { get; init; } = "AKIDEMULATOR0000000000000000000000";

    /// <summary>The secret key that requests must be signed with. The default is no one's.</summary>
    public string SecretKey { get; init; } = "emulator-secret-key";

    /// <summary>The clock of signatures and jobs.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What ids and results are made from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many times faster than the clock jobs move; 1.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>How long a job is <c>Submitted</c>, at speed 1; one second.</summary>
    public TimeSpan QueueTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a job is <c>Running</c>, at speed 1; two seconds.</summary>
    public TimeSpan RunTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a new job is missing in lists; none. The service's own lists may lag.</summary>
    public TimeSpan ListDelay { get; init; }

    /// <summary>The bucket of requests whose <c>Host</c> names none: an IP address or <c>localhost</c>.</summary>
    public string DefaultBucket { get; init; } = "emulator-1250000000";

    /// <summary>The region of requests whose <c>Host</c> names none.</summary>
    public string DefaultRegion { get; init; } = "ap-guangzhou";

    /// <summary>Whether a job can only name templates that were made in the emulator and queues that it lists; false: an account has others, whose ids are taken.</summary>
    /// <remarks>What the emulator knows better is refused in any case: a template that was deleted, or that is another bucket's or Tag's, and a queue of
    /// another family.</remarks>
    public bool RequireKnownReferences { get; init; }

    /// <summary>Bytes of a request's body at most; 10 MiB.</summary>
    public int MaxRequestLength { get; init; } = 10 * 1024 * 1024;

    /// <summary>A file in which jobs outlive the emulator: made when it is missing, read when it is there, one emulator at a time; null keeps them in memory.</summary>
    public string? DataFile { get; init; }

    /// <summary>Schema files of one's own, Tags, shared structures and corrections, on top of the bundled ones.</summary>
    /// <remarks>Each Tag among them needs its binding in <see cref="Bindings"/>.</remarks>
    public IReadOnlyList<SchemaText> Schemas { get; init; } = [];

    /// <summary>The emitted bindings of Tags of one's own; they come before bundled ones of the same name.</summary>
    public IReadOnlyList<CiTagBinding> Bindings { get; init; } = [];

    /// <summary>The emitted bindings of templates of one's own; they come before bundled ones of the same Tag.</summary>
    public IReadOnlyList<CiTemplateBinding> TemplateBindings { get; init; } = [];

    /// <summary>Throws when an option cannot be.</summary>
    /// <exception cref="ArgumentException">Says which, what it is and what it may be.</exception>
    internal void Validate()
    {
        Check(Port is >= 0 and <= 65535, nameof(Port), Port.ToString(CultureInfo.InvariantCulture), "0 to 65535");
        Check(!string.IsNullOrEmpty(SecretId), nameof(SecretId), "", "a text");

        // The key's own text stays out of the message.
        Check(!string.IsNullOrEmpty(SecretKey), nameof(SecretKey), "", "a text");
        Check(double.IsFinite(Speed) && Speed > 0, nameof(Speed), Speed.ToString(CultureInfo.InvariantCulture), "a number above 0");
        Check(QueueTime >= TimeSpan.Zero, nameof(QueueTime), QueueTime.ToString(), "zero or more");
        Check(RunTime >= TimeSpan.Zero, nameof(RunTime), RunTime.ToString(), "zero or more");
        Check(ListDelay >= TimeSpan.Zero, nameof(ListDelay), ListDelay.ToString(), "zero or more");
        Check(MaxRequestLength > 0, nameof(MaxRequestLength), MaxRequestLength.ToString(CultureInfo.InvariantCulture), "1 or more");
        Check(BucketAddress.IsBucket(DefaultBucket), nameof(DefaultBucket), DefaultBucket, "a bucket with its owner, as in emulator-1250000000");
        Check(BucketAddress.IsLabel(DefaultRegion), nameof(DefaultRegion), DefaultRegion, "a region, as in ap-guangzhou");
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentNullException.ThrowIfNull(Schemas);
        ArgumentNullException.ThrowIfNull(Bindings);
        ArgumentNullException.ThrowIfNull(TemplateBindings);
    }

    private static void Check(bool holds, string name, string? value, string allowed)
    {
        if (!holds)
        {
            throw new ArgumentException($"'{name}' is '{value}'; allowed is {allowed}.");
        }
    }
}
