using System.Globalization;

namespace CiCodegen.Runtime;

/// <summary>What errors of reading say; shared, so that lanes speak alike.</summary>
internal static class CiReadText
{
    public const string Stray = "text stands inside a container; only elements are due";
    public const string ElementInScalar = "an element stands inside; only text is due";

    public static string Duplicate(CiNode node, string? key) => $"<{(node.IsMap ? key : node.Name)}> comes twice; once is due";

    public static string WrongRoot(string found, string due) => $"the root is <{found}>; <{due}> is due";

    public static string BadScalar(ReadOnlySpan<byte> text, string form) => $"{ScalarText.Quote(text)}: {form}";

    public static string TooLong(CiReaderOptions options)
        => string.Create(CultureInfo.InvariantCulture, $"a text is longer than {options.MaxTextLength} UTF-16 units");

    public static string DocumentTooLong(CiReaderOptions options)
        => string.Create(CultureInfo.InvariantCulture, $"the document is longer than {options.MaxDocumentLength} bytes");

    public static string TokenTooLong(long most)
        => string.Create(CultureInfo.InvariantCulture, $"a tag, a reference or an element that is read at once is longer than {most} bytes");
}
