using System.Net;

namespace CiCodegen.Emulator;

/// <summary>A bucket and its region: what a request's host chooses.</summary>
internal sealed record BucketAddress(string Bucket, string Region)
{
    private const string Suffix = ".myqcloud.com";
    private const string Service = ".ci.";

    /// <summary>The bucket's host in object storage, where results claim to lie.</summary>
    public string ObjectHost => $"{Bucket}.cos.{Region}{Suffix}";

    /// <summary>Reads a <c>Host</c>; null when it is neither a bucket's host nor this machine.</summary>
    public static BucketAddress? Parse(string host, BucketAddress local)
    {
        string name = WithoutPort(host);
        if (name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(name, out _))
        {
            return local;
        }

        name = name.ToLowerInvariant();
        int service = name.IndexOf(Service, StringComparison.Ordinal);
        if (service < 0 || !name.EndsWith(Suffix, StringComparison.Ordinal))
        {
            return null;
        }

        string bucket = name[..service];
        int region = service + Service.Length;
        int end = name.Length - Suffix.Length;
        return region < end && IsBucket(bucket) && IsLabel(name[region..end]) ? new(bucket, name[region..end]) : null;
    }

    public static bool IsBucket(string text)
    {
        int dash = text.LastIndexOf('-');
        return dash > 0 && dash < text.Length - 1 && IsLabel(text[..dash]) && text.AsSpan(dash + 1).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    public static bool IsLabel(string text)
        => text.Length > 0 && text[0] != '-' && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static string WithoutPort(string host)
    {
        int colon = host.LastIndexOf(':');
        string name = colon >= 0 && host.IndexOf(']', colon) < 0 ? host[..colon] : host;
        return name.Trim('[', ']');
    }
}
