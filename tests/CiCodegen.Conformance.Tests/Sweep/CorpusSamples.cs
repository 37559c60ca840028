using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using CiCodegen.Tests;

namespace CiCodegen.Conformance.Tests.Sweep;

/// <summary>The well-formed documents in the code blocks of the doc pages among the outside test data.</summary>
internal static partial class CorpusSamples
{
    public const string Missing = "CICODEGEN_SHARED names no folder with corpus/pages: the outside samples are not here.";

    public static IReadOnlyList<Sample> All { get; } = Repository.Shared is { } shared && Path.Combine(shared, "corpus", "pages") is var folder && Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal).SelectMany(OfPage)]
        : [];

    private static IEnumerable<Sample> OfPage(string file)
    {
        int count = 0;
        foreach (Match block in CodeBlock().Matches(File.ReadAllText(file)))
        {
            // HTTP headers may stand before the document.
            string text = block.Groups["text"].Value;
            Match start = DocumentStart().Match(text);
            byte[] document = Encoding.UTF8.GetBytes(text[start.Index..].Trim());
            if (start.Success && IsWellFormed(document))
            {
                yield return Sample.Of($"{Path.GetFileNameWithoutExtension(file)}#{++count}", document);
            }
        }
    }

    private static bool IsWellFormed(byte[] document)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(new MemoryStream(document), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^[ \t]*```[^\n]*\n(?<text>.*?)^[ \t]*```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^[ \t]*<[?A-Za-z]", RegexOptions.Multiline)]
    private static partial Regex DocumentStart();
}
