using System.Text;

namespace CiCodegen.Runtime;

/// <summary>A header or parameter in the form in which it is signed.</summary>
/// <param name="Key">The name, encoded and then lower-cased as a whole, so that its escapes are lower-case too.</param>
/// <param name="Raw">The value as it came.</param>
internal readonly record struct SignedPair(string Key, string Raw)
{
    public const string HexDigits = "0123456789ABCDEF";

    /// <summary>The pairs by key; the values of one key by their own bytes, as the vendor's SDK for Go does (no other can hold a key twice).</summary>
    public static List<SignedPair> Sorted(IEnumerable<KeyValuePair<string, string?>> pairs)
    {
        List<SignedPair> sorted = [];
        foreach ((string name, string? value) in pairs)
        {
            sorted.Add(new(CanonicalKey(name), value ?? ""));
        }

        sorted.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key) is int order and not 0 ? order : CompareUtf8(a.Raw, b.Raw));
        return sorted;
    }

    public static string CanonicalKey(string name) => Encode(name).ToLowerInvariant();

    /// <summary>Percent-encodes the UTF-8 bytes of all but RFC 3986's unreserved characters.</summary>
    public static string Encode(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        StringBuilder encoded = new(utf8.Length);
        foreach (byte b in utf8)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~')
            {
                encoded.Append((char)b);
            }
            else
            {
                encoded.Append('%').Append(HexDigits[b >> 4]).Append(HexDigits[b & 15]);
            }
        }

        return encoded.ToString();
    }

    // Ordinal order of UTF-16 differs from the order of the bytes beyond the basic plane, which is that of the code points.
    public static int CompareUtf8(string a, string b)
    {
        StringRuneEnumerator left = a.EnumerateRunes();
        StringRuneEnumerator right = b.EnumerateRunes();
        while (true)
        {
            bool hasLeft = left.MoveNext();
            if (!right.MoveNext())
            {
                return hasLeft ? 1 : 0;
            }

            if (!hasLeft)
            {
                return -1;
            }

            int order = left.Current.Value - right.Current.Value;
            if (order != 0)
            {
                return order;
            }
        }
    }
}
