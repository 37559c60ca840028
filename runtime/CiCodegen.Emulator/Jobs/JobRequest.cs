using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace CiCodegen.Emulator;

/// <summary>Reads a submitted document: finds its Tag, reads and checks it with the Tag's own code, brings it into normal form.</summary>
internal static class JobRequest
{
    private const string Root = "Request";

    /// <summary>How many operations one request can have.</summary>
    private const int MaxOperations = 6;

    /// <exception cref="ServiceFault">The document is no request of a known Tag, or breaks its rules.</exception>
    public static (EmulatedTag Tag, XElement Request) Read(EmulatedTags tags, string path, byte[] body)
    {
        string name = FindTag(body);
        EmulatedTag tag = tags.Find(name) ?? throw UnknownTag(name, tags);
        if (path != tag.Path && path != EmulatedTags.CommonPath)
        {
            throw ServiceFault.InvalidArgument($"Tag '{name}' is submitted to '{tag.Path}', not to '{path}'.");
        }

        XElement request = RequestDocument.Normal(() => tag.Binding.ReadRequest(body), tag.Binding.Validate, tag.Binding.Write);
        return (tag, request);
    }

    /// <summary>The requests of one operation each that a request with several stands for; null when it is of one itself.</summary>
    /// <exception cref="ServiceFault">The document cannot be read, or has too many operations.</exception>
    public static IReadOnlyList<byte[]>? Split(byte[] body)
    {
        XElement root = RequestDocument.Root(body, Root);
        XElement[] operations = [.. root.Elements().Where(static e => e.Name.LocalName == "Operation")];
        bool isMulti = root.Elements().All(static e => e.Name.LocalName != "Tag") && operations.Any(static o => o.Elements().Any(static e => e.Name.LocalName == "Tag"));
        if (!isMulti)
        {
            return null;
        }

        if (operations.Length > MaxOperations)
        {
            throw ServiceFault.InvalidArgument(string.Create(CultureInfo.InvariantCulture, $"Request.Operation: there are {operations.Length}; allowed are up to {MaxOperations} (maxItems)"));
        }

        return [.. operations.Select(operation => Single(root, operation))];
    }

    private static byte[] Single(XElement root, XElement operation)
    {
        XElement own = new(operation);
        XElement? tag = own.Elements().FirstOrDefault(static e => e.Name.LocalName == "Tag");
        tag?.Remove();
        XElement single = new(root.Name, tag, root.Elements().Where(static e => e.Name.LocalName != "Operation"), own);
        return Documents.Write(single);
    }

    public static ServiceFault UnknownTag(string name, EmulatedTags tags)
        => ServiceFault.InvalidArgument($"Tag '{name}' is not known; known are {string.Join(", ", tags.Names)}.");

    /// <summary>The text of the root's child <c>Tag</c>, wherever it stands: it chooses the code that reads the whole.</summary>
    private static string FindTag(byte[] body)
    {
        string? tag = null;
        try
        {
            using MemoryStream stream = new(body);
            using XmlReader reader = XmlReader.Create(stream, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            reader.MoveToContent();
            if (reader.LocalName != Root)
            {
                throw ServiceFault.InvalidContent($"The root is '{reader.LocalName}'; expected is '{Root}'.");
            }

            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, Depth: 1, LocalName: "Tag" } && tag is null)
                {
                    tag = TextOf(reader);
                }
            }
        }
        catch (XmlException e)
        {
            throw ServiceFault.InvalidContent(string.Create(CultureInfo.InvariantCulture, $"({e.LineNumber},{e.LinePosition}) {e.Message}"));
        }

        return tag is { Length: > 0 } ? tag : throw ServiceFault.InvalidArgument("Request.Tag: the node is missing (required)");
    }

    /// <summary>The text of the element at which the reader stands; it ends there on the end of the element, so that the caller's loop goes on.</summary>
    private static string TextOf(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            return "";
        }

        int depth = reader.Depth;
        string text = "";
        while (reader.Read() && reader.Depth > depth)
        {
            text += reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA ? reader.Value : "";
        }

        return text.Trim();
    }
}
