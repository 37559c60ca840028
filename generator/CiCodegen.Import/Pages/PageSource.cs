using System.Text;

namespace CiCodegen.Import;

/// <summary>The text of one page, decoded.</summary>
/// <param name="Path">The file, as findings name it.</param>
/// <param name="Text">The text; every line ends with <c>\n</c>.</param>
public sealed record PageSource(string Path, string Text)
{
    /// <summary>The greatest page: the largest known has 70 KB.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>The page's id: the file's name without folder, date (<c>@2023-05-06</c> or <c>-2025-11</c>) and extension.</summary>
    public string Id => PageNames.IdOf(Path);

    /// <summary>Decodes a page.</summary>
    /// <param name="path">The file, as findings name it.</param>
    /// <param name="bytes">Its bytes: UTF-8, or UTF-16 with a byte order mark.</param>
    /// <exception cref="ImportException">The page is too large, or no text of these encodings.</exception>
    public static PageSource Decode(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            throw ImportException.TooLarge(path, bytes.Length);
        }

        Encoding decoder = bytes switch
        {
            [0xFF, 0xFE, ..] => s_utf16,
            [0xFE, 0xFF, ..] => s_utf16BigEndian,
            _ => s_utf8,
        };
        string text;
        try
        {
            text = decoder.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new ImportException(path, LineOf(bytes, e.Index), $"The bytes at offset {e.Index:N0} are no {decoder.WebName.ToUpperInvariant()}. Save the page as UTF-8.");
        }

        if (text.Contains('\0'))
        {
            throw new ImportException(path, 1 + text.AsSpan(0, text.IndexOf('\0')).Count('\n'), "The page has a NUL character: it is no text, or UTF-16 without a byte order mark. Save the page as UTF-8.");
        }

        return new PageSource(path, text.ReplaceLineEndings("\n"));
    }

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding s_utf16 = new(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding s_utf16BigEndian = new(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);

    private static int LineOf(ReadOnlySpan<byte> bytes, int index) => 1 + bytes[..Math.Clamp(index, 0, bytes.Length)].Count((byte)'\n');
}
