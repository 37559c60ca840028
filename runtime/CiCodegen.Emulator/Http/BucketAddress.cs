using System.Net;

namespace CiCodegen.Emulator;

/// <summary>A bucket and its region: what a request's host chooses, or its path.</summary>
internal sealed record BucketAddress(string Bucket, string Region)
{
    private const string Suffix = ".myqcloud.com";
    private const string Service = ".ci.";

    /// <summary>The bucket's host in object storage, where results claim to lie.</summary>
    public string ObjectHost => $"{Bucket}.cos.{Region}{Suffix}";

    /// <summary>Finds a request's bucket, and the path that is left: a host may name the bucket, or leave it to the first part of the path.</summary>
    /// <param name="host">The header <c>Host</c>.</param>
    /// <param name="path">The path as it was sent.</param>
    /// <param name="local">What this machine's own names stand for.</param>
    /// <exception cref="ServiceFault">The host is neither a bucket's, nor a region's with the bucket in the path, nor this machine.</exception>
    public static (BucketAddress Bucket, string Path) Of(string host, string path, BucketAddress local)
    {
        string name = WithoutPort(host).ToLowerInvariant();
        if (name == "localhost" || IPAddress.TryParse(name, out _))
        {
            return InPath(path, local.Region) ?? (local, path);
        }

        if (!name.EndsWith(Suffix, StringComparison.Ordinal))
        {
            throw Invalid(host);
        }

        if (name.StartsWith(Service[1..], StringComparison.Ordinal))
        {
            string own = name[(Service.Length - 1)..^Suffix.Length];
            return (IsLabel(own) ? InPath(path, own) : null) ?? throw Invalid(host);
        }

        int service = name.IndexOf(Service, StringComparison.Ordinal);
        string bucket = service < 0 ? "" : name[..service];
        int region = service + Service.Length;
        int end = name.Length - Suffix.Length;
        return service >= 0 && region < end && IsBucket(bucket) && IsLabel(name[region..end]) ? (new(bucket, name[region..end]), path) : throw Invalid(host);
    }

    /// <summary>The bucket that a path begins with; null when it begins with none.</summary>
    private static (BucketAddress Bucket, string Path)? InPath(string path, string region)
    {
        int end = path.IndexOf('/', 1);
        string first = end < 0 ? path[1..] : path[1..end];

        // No path of the service's own looks like a bucket.
        return IsBucket(first) ? (new(first, region), end < 0 ? "/" : path[end..]) : null;
    }

    private static ServiceFault Invalid(string host)
        => new(400, "InvalidHost", $"The host '{host}' is no '<bucket>.ci.<region>.myqcloud.com', no 'ci.<region>.myqcloud.com' with the bucket as the first part of the path, and not this machine.");

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
