using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace CiCodegen.Runtime;

/// <summary>Takes one request's secrets out of text that came from outside: a server may send back what it was sent, as it is or as JSON, XML and URLs write it.</summary>
/// <param name="credentials">What it was signed with.</param>
/// <param name="authorization">The header, which ends with the signature.</param>
/// <param name="keyTime">What the key was derived for that signed it.</param>
internal sealed class Redactor(CiCredentials credentials, string authorization, CiKeyTime keyTime)
{
    // So long a beginning counts as the whole: messages quote the start of a long text, answers break off.
    private const int Beginning = 16;
    private const int LongestReference = 12;

    private Secret[]? _secrets;
    private SearchValues<byte>? _starts;

    // Made when they are first looked for. The header begins with what anybody may know, so it is taken out as a whole only.
    private Secret[] Secrets => _secrets ??=
    [
        .. new[] { credentials.SecretKey, credentials.Token, authorization[(authorization.LastIndexOf('=') + 1)..], CiSigner.SignKey(credentials.SecretKey, keyTime.ToString()) }
            .Where(static text => !string.IsNullOrEmpty(text))
            .Select(static text => new Secret(Encoding.UTF8.GetBytes(text!), Math.Min(Encoding.UTF8.GetByteCount(text!), Beginning))),
        new(Encoding.UTF8.GetBytes(authorization), authorization.Length),
    ];

    private SearchValues<byte> Starts => _starts ??= SearchValues.Create([.. Secrets.Select(static secret => secret.Text[0]), .. "\\%&"u8]);

    public string? Clean(string? text)
        => string.IsNullOrEmpty(text) || Cleaned(Encoding.UTF8.GetBytes(text), int.MaxValue) is not { } clean ? text : Encoding.UTF8.GetString(clean);

    /// <summary>A body without the secrets.</summary>
    /// <param name="body">The body, in any encoding: secrets are ASCII.</param>
    /// <param name="most">How much of it is kept. It is cut off behind the cleaning, so that no secret is left in part.</param>
    public ReadOnlyMemory<byte> Clean(ReadOnlyMemory<byte> body, int most = int.MaxValue)
        => Cleaned(body.Span, most) ?? (body.Length <= most ? body : body[..most].ToArray());

    public CiFormatException Clean(CiFormatException exception)
        => Clean(exception.ToString()) == exception.ToString()
            ? exception
            : new(exception.Error, Clean(exception.Path)!, exception.Line, exception.Column, Clean(exception.Detail)!) { IsFinal = exception.IsFinal };

    /// <summary>The text without the secrets; null when there is none in it.</summary>
    private byte[]? Cleaned(ReadOnlySpan<byte> text, int most)
    {
        ArrayBufferWriter<byte>? clean = null;
        int from = 0;
        int at = 0;
        while (at < text.Length && (clean?.WrittenCount ?? 0) + (at - from) < most)
        {
            int start = text[at..].IndexOfAny(Starts);
            if (start < 0)
            {
                break;
            }

            at += start;
            int length = 0;
            foreach (Secret secret in Secrets)
            {
                length = Math.Max(length, secret.LengthIn(text[at..]));
            }

            if (length == 0)
            {
                at++;
                continue;
            }

            clean ??= new();
            clean.Write(text[from..at]);
            clean.Write("***"u8);
            at += length;
            from = at;
        }

        if (clean is null)
        {
            return null;
        }

        clean.Write(text[from..Math.Min(text.Length, (int)Math.Min(int.MaxValue, (long)from + most))]);
        return clean.WrittenSpan[..Math.Min(clean.WrittenCount, most)].ToArray();
    }

    /// <summary>How long the character at the start of a text is, written any way.</summary>
    /// <returns>0 when it is another.</returns>
    private static int LengthOf(byte character, ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'\\' or (byte)'%' or (byte)'&', 0, ..])
        {
            return LengthInUtf16(character, text);
        }

        int length = text[0] switch
        {
            (byte)'\\' => Backslash(text, out int value) is var json && value == character ? json : 0,
            (byte)'%' => text.Length >= 3 && Hex(text.Slice(1, 2)) == character ? 3 : 0,
            (byte)'&' => Reference(text, out int value) is var xml && value == character ? xml : 0,
            _ => 0,
        };
        return length > 0 ? length : text[0] == character ? 1 : 0;
    }

    // Every other byte is zero: without these it is as any other.
    private static int LengthInUtf16(byte character, ReadOnlySpan<byte> text)
    {
        Span<byte> narrow = stackalloc byte[LongestReference];
        int units = Math.Min((text.Length + 1) / 2, LongestReference);
        for (int i = 0; i < units; i++)
        {
            narrow[i] = text[i * 2];
        }

        return LengthOf(character, narrow[..units]) is > 0 and int length ? (length * 2) - 1 : 0;
    }

    private static int Backslash(ReadOnlySpan<byte> text, out int value)
    {
        value = text.Length < 2 ? -1 : text[1] == 'u' ? (text.Length >= 6 ? Hex(text.Slice(2, 4)) : -1) : text[1];
        return text is [_, (byte)'u', ..] ? 6 : 2;
    }

    private static int Reference(ReadOnlySpan<byte> text, out int value)
    {
        int end = text[..Math.Min(text.Length, LongestReference)].IndexOf((byte)';');
        ReadOnlySpan<byte> name = end < 0 ? [] : text[1..end];
        value = name switch
        {
            [(byte)'#', (byte)'x' or (byte)'X', .. { Length: > 0 } digits] => Hex(digits),
            [(byte)'#', .. { Length: > 0 } digits] => Utf8Parser.TryParse(digits, out int number, out int read) && read == digits.Length ? number : -1,
            _ => name.SequenceEqual("amp"u8) ? '&'
                : name.SequenceEqual("lt"u8) ? '<'
                : name.SequenceEqual("gt"u8) ? '>'
                : name.SequenceEqual("quot"u8) ? '"'
                : name.SequenceEqual("apos"u8) ? '\''
                : -1,
        };
        return end + 1;
    }

    private static int Hex(ReadOnlySpan<byte> digits)
        => Utf8Parser.TryParse(digits, out int value, out int read, 'x') && read == digits.Length ? value : -1;

    /// <summary>What must not be told.</summary>
    /// <param name="Text">It, in UTF-8.</param>
    /// <param name="Least">How much of it is too much.</param>
    private sealed record Secret(byte[] Text, int Least)
    {
        /// <summary>How long it is at the start of a text.</summary>
        /// <returns>0 when it is not there.</returns>
        public int LengthIn(ReadOnlySpan<byte> text)
        {
            int at = 0;
            int known = 0;
            while (known < Text.Length && at < text.Length)
            {
                // In UTF-16 every other byte is zero.
                if (known > 0 && text[at] == 0)
                {
                    at++;
                    continue;
                }

                int length = LengthOf(Text[known], text[at..]);
                if (length == 0)
                {
                    break;
                }

                at += length;
                known++;
            }

            return known >= Least ? at : 0;
        }
    }
}
