using System.Xml;
using System.Xml.Linq;
using CiCodegen.Runtime;

namespace CiCodegen.Emulator;

/// <summary>Reads the document of a request that is about no job.</summary>
internal static class RequestDocument
{
    private static readonly XmlReaderSettings s_settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>Reads a document by its own code, checks it and gives it back in its normal form.</summary>
    /// <exception cref="ServiceFault">The document cannot be read, or breaks its rules.</exception>
    public static XElement Normal<TDocument>(byte[] body, Func<TDocument, CiValidationResult> validate)
        where TDocument : class, ICiDocument<TDocument>
        => Normal(() => CiXml.Read<TDocument>(body), validate, CiXml.Write, DocumentPart.Whole);

    /// <summary>The same for a value that is read, checked and written by what was handed over.</summary>
    /// <exception cref="ServiceFault">The document cannot be read, or breaks its rules.</exception>
    public static XElement Normal<T>(Func<T> read, Func<T, CiValidationResult> validate, Action<T, System.Buffers.IBufferWriter<byte>> write, DocumentPart part)
    {
        T value;
        try
        {
            value = read();
        }
        catch (CiFormatException e)
        {
            // What stands in the wrong place is an argument's fault, what is no XML the content's.
            throw e.Error is CiFormatError.BadScalar or CiFormatError.DuplicateNode or CiFormatError.StrayText
                ? ServiceFault.InvalidArgument(part.Say(e))
                : ServiceFault.InvalidContent(part.Say(e));
        }

        CiValidationResult result = validate(value);
        if (!result.IsValid)
        {
            throw ServiceFault.InvalidArgument(string.Join("; ", result.Violations.Select(v => $"{part.PathOf(v.Path)}: {v.Message} ({v.Rule})")));
        }

        System.Buffers.ArrayBufferWriter<byte> normal = new();
        write(value, normal);
        using MemoryStream stream = new(normal.WrittenSpan.ToArray());
        return XElement.Load(stream, LoadOptions.PreserveWhitespace);
    }

    /// <summary>The root of any document.</summary>
    /// <exception cref="ServiceFault">It is no XML, or has another root.</exception>
    public static XElement Root(byte[] body, string name)
    {
        try
        {
            // Trees of elements are walked by recursion: their depth is among what is checked.
            CiXml.Check(body);
        }
        catch (CiFormatException e)
        {
            throw ServiceFault.InvalidContent(e.Message);
        }

        XElement root;
        try
        {
            using MemoryStream stream = new(body);
            using XmlReader reader = XmlReader.Create(stream, s_settings);
            root = XElement.Load(reader, LoadOptions.PreserveWhitespace | LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            // What the runtime takes and the platform does not.
            throw ServiceFault.InvalidContent(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"({e.LineNumber},{e.LinePosition}) {e.Message}"));
        }

        return root.Name.LocalName == name ? root : throw ServiceFault.InvalidContent($"The root is '{root.Name.LocalName}'; expected is '{name}'.");
    }

    /// <summary>The items of a page.</summary>
    public static IEnumerable<T> Page<T>(IReadOnlyCollection<T> items, int number, int size)
        => (number - 1L) * size is var skipped && skipped >= items.Count ? [] : items.Skip((int)skipped).Take(size);

    /// <summary>A page's number and size as a query says them.</summary>
    /// <exception cref="ServiceFault">One is no number from 1 on.</exception>
    public static (int Number, int Size) Page(CiRequest request)
    {
        int Parameter(string name, int otherwise) => request.Parameter(name) is not { } text ? otherwise
            : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int value) && value > 0 ? value
            : throw ServiceFault.InvalidArgument($"'{name}' is '{text}'; allowed is 1 and more.");
        return (Parameter("pageNumber", 1), Parameter("pageSize", 10) is <= 100 and int size ? size : throw ServiceFault.InvalidArgument("'pageSize' is more than 100."));
    }
}
