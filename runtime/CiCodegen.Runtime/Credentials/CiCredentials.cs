using System.Diagnostics;

namespace CiCodegen.Runtime;

/// <summary>What requests are signed with: a permanent key pair, or a temporary one with its token.</summary>
/// <remarks>Not a record: a record would print its members. <see cref="ToString"/> shows the secret id only.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class CiCredentials
{
    /// <summary>A permanent key pair.</summary>
    /// <param name="secretId">The key's public half.</param>
    /// <param name="secretKey">The key's secret half.</param>
    /// <exception cref="ArgumentException">One of them is null, empty, or has a control character.</exception>
    public CiCredentials(string secretId, string secretKey)
        : this(secretId, secretKey, token: null, expiration: null)
    {
    }

    /// <summary>A temporary key pair.</summary>
    /// <param name="secretId">The key's public half.</param>
    /// <param name="secretKey">The key's secret half.</param>
    /// <param name="token">The session's token; null or empty for a permanent key pair.</param>
    /// <exception cref="ArgumentException">One of them has a control character, or the key pair is null or empty.</exception>
    public CiCredentials(string secretId, string secretKey, string? token)
        : this(secretId, secretKey, token, expiration: null)
    {
    }

    /// <summary>A temporary key pair that ends at a known time.</summary>
    /// <param name="secretId">The key's public half.</param>
    /// <param name="secretKey">The key's secret half.</param>
    /// <param name="token">The session's token; null or empty for a permanent key pair.</param>
    /// <param name="expiration">When the key pair ends; null when it does not or when that is not known.</param>
    /// <exception cref="ArgumentException">One of them has a control character, or the key pair is null or empty.</exception>
    public CiCredentials(string secretId, string secretKey, string? token, DateTimeOffset? expiration)
    {
        SecretId = Checked(secretId, nameof(secretId));
        SecretKey = Checked(secretKey, nameof(secretKey));
        Token = string.IsNullOrEmpty(token) ? null : Checked(token, nameof(token));
        Expiration = expiration;
    }

    /// <summary>The key's public half.</summary>
    public string SecretId { get; }

    /// <summary>The key's secret half.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string SecretKey { get; }

    /// <summary>The session's token; null for a permanent key pair. It goes out as <c>x-ci-security-token</c>.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Token { get; }

    /// <summary>When the key pair ends; null when it does not or when that is not known.</summary>
    public DateTimeOffset? Expiration { get; }

    /// <summary>The secret id; never the key or the token.</summary>
    public override string ToString() => Token is null ? SecretId : $"{SecretId} (temporary)";

    private static string Checked(string value, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, name);
        foreach (char c in value)
        {
            // A line break from a file would break the header apart; the value itself must not get into the message.
            if (char.IsControl(c))
            {
                throw new ArgumentException("The value has a control character, perhaps a line break at its end.", name);
            }
        }

        return value;
    }
}
