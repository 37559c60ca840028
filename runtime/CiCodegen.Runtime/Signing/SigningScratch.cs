using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CiCodegen.Runtime;

/// <summary>The room in which a request is signed; one per thread is kept, so that signing leaves nothing behind but its result.</summary>
internal sealed class SigningScratch
{
    private const int HashLength = 20;

    [ThreadStatic]
    private static SigningScratch? t_spare;

    private readonly Comparison<Pair> _order;
    private char[] _chars = new char[2048];
    private byte[] _bytes = new byte[2048];
    private Pair[] _pairs = new Pair[16];
    private int _used;
    private int _bytesUsed;
    private int _count;

    private SigningScratch() => _order = Compare;

    /// <summary>The parts of a signature, as places in the text.</summary>
    public Part SignKey { get; private set; }

    public Part HttpString { get; private set; }

    public Part StringToSign { get; private set; }

    public Part Signature { get; private set; }

    public Part HeaderList { get; private set; }

    public Part UrlParamList { get; private set; }

    public Part Authorization { get; private set; }

    public static SigningScratch Rent()
    {
        SigningScratch scratch = t_spare ?? new SigningScratch();
        t_spare = null;
        return scratch;
    }

    /// <summary>Gives the room back; nothing of the secrets stays in it.</summary>
    public static void Return(SigningScratch scratch)
    {
        scratch._chars.AsSpan(0, scratch._used).Clear();
        scratch._bytes.AsSpan(0, scratch._bytesUsed).Clear();
        scratch._bytesUsed = 0;
        scratch._pairs.AsSpan(0, scratch._count).Clear();
        scratch._used = 0;
        scratch._count = 0;
        if (scratch._chars.Length <= 64 * 1024)
        {
            t_spare = scratch;
        }
    }

    /// <summary>Adds a parameter, or a header once the parameters are sorted.</summary>
    public void Add(KeyValuePair<string, string?> pair)
    {
        if (_count == _pairs.Length)
        {
            Array.Resize(ref _pairs, _count * 2);
        }

        int start = _used;
        AppendEncoded(pair.Key);

        // The name is encoded and then lower-cased as a whole, so that its escapes are lower-case too.
        Span<char> key = _chars.AsSpan(start, _used - start);
        for (int i = 0; i < key.Length; i++)
        {
            key[i] = char.IsAsciiLetterUpper(key[i]) ? (char)(key[i] | 0x20) : key[i];
        }

        _pairs[_count++] = new(new(start, _used - start), pair.Value ?? "");
    }

    /// <summary>Sorts what was added since the first.</summary>
    /// <returns>How many were added in all.</returns>
    public int Sort(int first)
    {
        _pairs.AsSpan(first, _count - first).Sort(_order);
        return _count;
    }

    /// <summary>Makes the signature of the sorted pairs.</summary>
    /// <param name="credentials">Whose.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path, decoded.</param>
    /// <param name="headers">Where the headers begin among the pairs.</param>
    /// <param name="keyTime">When it holds.</param>
    public void Sign(CiCredentials credentials, string method, string path, int headers, CiKeyTime keyTime)
    {
        UrlParamList = Keys(0, headers);
        HeaderList = Keys(headers, _count);

        int start = _used;
        Reserve(method.Length);
        _used += Math.Max(0, method.AsSpan().ToLowerInvariant(_chars.AsSpan(_used)));
        Append("\n");
        Append(path);
        Append("\n");
        Join(0, headers);
        Append("\n");
        Join(headers, _count);
        Append("\n");
        HttpString = Since(start);

        start = _used;
        Append(keyTime.Start);
        Append(";");
        Append(keyTime.End);
        Part time = Since(start);

        SignKey = Hmac(credentials.SecretKey, Text(time));
        start = _used;
        Append("sha1\n");
        Append(time);
        Append("\n");
        Span<byte> hash = stackalloc byte[HashLength];
        SHA1.HashData(Utf8(Text(HttpString), 0), hash);
        AppendHex(hash);
        Append("\n");
        StringToSign = Since(start);
        Signature = Hmac(Text(SignKey), Text(StringToSign));

        start = _used;
        Append("q-sign-algorithm=sha1&q-ak=");
        Append(credentials.SecretId);
        Append("&q-sign-time=");
        Append(time);
        Append("&q-key-time=");
        Append(time);
        Append("&q-header-list=");
        Append(HeaderList);
        Append("&q-url-param-list=");
        Append(UrlParamList);
        Append("&q-signature=");
        Append(Signature);
        Authorization = Since(start);
    }

    /// <summary>A part's text.</summary>
    public ReadOnlySpan<char> Text(Part part) => _chars.AsSpan(part.Start, part.Length);

    private Part Hmac(ReadOnlySpan<char> key, ReadOnlySpan<char> message)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        int most = Encoding.UTF8.GetMaxByteCount(key.Length);
        ReserveBytes(most + Encoding.UTF8.GetMaxByteCount(message.Length));
        Span<byte> keyBytes = Utf8(key, 0);
        HMACSHA1.HashData(keyBytes, Utf8(message, most), hash);
        CryptographicOperations.ZeroMemory(keyBytes);
        int start = _used;
        AppendHex(hash);
        return Since(start);
    }

    private Span<byte> Utf8(ReadOnlySpan<char> text, int at)
    {
        ReserveBytes(at + Encoding.UTF8.GetMaxByteCount(text.Length));
        int length = Encoding.UTF8.GetBytes(text, _bytes.AsSpan(at));
        _bytesUsed = Math.Max(_bytesUsed, at + length);
        return _bytes.AsSpan(at, length);
    }

    private Part Keys(int from, int to)
    {
        int start = _used;
        for (int i = from; i < to; i++)
        {
            Append(i == from ? "" : ";");
            Append(_pairs[i].Key);
        }

        return Since(start);
    }

    private void Join(int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            Append(i == from ? "" : "&");
            Append(_pairs[i].Key);
            Append("=");
            AppendEncoded(_pairs[i].Raw);
        }
    }

    // By key; the values of one key by their own bytes, as the vendor's SDK for Go does.
    private int Compare(Pair a, Pair b)
        => Text(a.Key).SequenceCompareTo(Text(b.Key)) is int order and not 0 ? order : SignedPair.CompareUtf8(a.Raw, b.Raw);

    private void AppendEncoded(string text)
    {
        ReadOnlySpan<char> rest = text;
        Span<byte> bytes = stackalloc byte[4];
        while (rest.Length > 0)
        {
            char first = rest[0];
            if (char.IsAsciiLetterOrDigit(first) || first is '-' or '_' or '.' or '~')
            {
                Reserve(1);
                _chars[_used++] = first;
                rest = rest[1..];
                continue;
            }

            // Half a surrogate pair is a replacement character, as everywhere in UTF-8.
            Rune.DecodeFromUtf16(rest, out Rune rune, out int taken);
            int length = rune.EncodeToUtf8(bytes);
            Reserve(3 * length);
            foreach (byte unit in bytes[..length])
            {
                _chars[_used++] = '%';
                _chars[_used++] = SignedPair.HexDigits[unit >> 4];
                _chars[_used++] = SignedPair.HexDigits[unit & 15];
            }

            rest = rest[taken..];
        }
    }

    private void AppendHex(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length * 2);
        foreach (byte unit in bytes)
        {
            _chars[_used++] = "0123456789abcdef"[unit >> 4];
            _chars[_used++] = "0123456789abcdef"[unit & 15];
        }
    }

    private void Append(long number)
    {
        int written;
        while (!number.TryFormat(_chars.AsSpan(_used), out written, default, CultureInfo.InvariantCulture))
        {
            Reserve(_chars.Length - _used + 1);
        }

        _used += written;
    }

    // What is appended may stand in the array that grows.
    private void Append(Part part)
    {
        Reserve(part.Length);
        Text(part).CopyTo(_chars.AsSpan(_used));
        _used += part.Length;
    }

    private void Append(string text)
    {
        Reserve(text.Length);
        text.CopyTo(_chars.AsSpan(_used));
        _used += text.Length;
    }

    private Part Since(int start) => new(start, _used - start);

    private void Reserve(int count)
    {
        if (_chars.Length - _used < count)
        {
            char[] larger = new char[Math.Max(_chars.Length * 2, checked(_used + count))];
            _chars.AsSpan(0, _used).CopyTo(larger);
            _chars.AsSpan(0, _used).Clear();
            _chars = larger;
        }
    }

    private void ReserveBytes(int count)
    {
        if (_bytes.Length < count)
        {
            _bytes.AsSpan(0, _bytesUsed).Clear();
            _bytes = new byte[Math.Max(_bytes.Length * 2, count)];
        }
    }

    /// <summary>A place in the text.</summary>
    public readonly record struct Part(int Start, int Length);

    private readonly record struct Pair(Part Key, string Raw);
}
