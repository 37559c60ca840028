using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CiCodegen.Emulator;

/// <summary>Ids as the service makes them, from the seed and a running number, so that equal runs have equal ids.</summary>
internal sealed class Ids(int seed)
{
    private long _requests;

    public string NextRequestId() => Hex("request", Interlocked.Increment(ref _requests).ToString(CultureInfo.InvariantCulture));

    public string TraceId(string requestId) => Hex("trace", requestId);

    /// <summary>The family's letter and 32 hexadecimal digits.</summary>
    public string JobId(string family, long sequence)
    {
        char letter = family switch { "asr" => 's', "ai" => 'a', "pic" => 'c', "doc" => 'd', "file" => 'f', _ => 'j' };
        return letter + Hex("job", sequence.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The id of the queue that a bucket has for a family from the start.</summary>
    public string QueueId(BucketAddress bucket, string family) => "p" + Hex("queue", $"{bucket.Bucket} {bucket.Region} {family}");

    public string TemplateId(long sequence) => "t" + Hex("template", sequence.ToString(CultureInfo.InvariantCulture));

    public string BatchId(long sequence) => "b" + Hex("batch", sequence.ToString(CultureInfo.InvariantCulture));

    private string Hex(string kind, string text)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed} {kind} {text}"))).AsSpan(0, 16));
}
