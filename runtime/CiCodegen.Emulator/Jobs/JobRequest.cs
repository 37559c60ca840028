using System.Buffers;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using CiCodegen.Runtime;

namespace CiCodegen.Emulator;

/// <summary>Reads a submitted document: finds its Tag, reads and checks it with the Tag's own code, brings it into normal form.</summary>
internal static class JobRequest
{
    private const string Root = "Request";

    /// <exception cref="ServiceFault">The document is no request of a known Tag, or breaks its rules.</exception>
    public static (EmulatedTag Tag, XElement Request) Read(EmulatedTags tags, string path, byte[] body)
    {
        string name = FindTag(body);
        EmulatedTag tag = tags.Find(name) ?? throw UnknownTag(name, tags);
        if (path != tag.Path && path != EmulatedTags.CommonPath)
        {
            throw ServiceFault.InvalidArgument($"Tag '{name}' is submitted to '{tag.Path}', not to '{path}'.");
        }

        object request;
        try
        {
            request = tag.Binding.ReadRequest(body);
        }
        catch (CiFormatException e)
        {
            // What stands in the wrong place is an argument's fault, what is no XML the content's.
            throw e.Error is CiFormatError.BadScalar or CiFormatError.DuplicateNode or CiFormatError.StrayText
                ? ServiceFault.InvalidArgument(e.Message)
                : ServiceFault.InvalidContent(e.Message);
        }

        CiValidationResult result = tag.Binding.Validate(request);
        if (!result.IsValid)
        {
            throw ServiceFault.InvalidArgument(string.Join("; ", result.Violations.Select(static v => $"{v.Path}: {v.Message} ({v.Rule})")));
        }

        ArrayBufferWriter<byte> normal = new();
        tag.Binding.Write(request, normal);
        using MemoryStream stream = new(normal.WrittenSpan.ToArray());
        return (tag, XElement.Load(stream, LoadOptions.PreserveWhitespace));
    }

    public static ServiceFault UnknownTag(string name, EmulatedTags tags)
        => ServiceFault.InvalidArgument($"Tag '{name}' is not known; known are {string.Join(", ", tags.Names)}.");

    /// <summary>The text of the root's child <c>Tag</c>, wherever it stands: it chooses the code that reads the whole.</summary>
    private static string FindTag(byte[] body)
    {
        string? tag = null;
        int operations = 0;
        bool tagInOperation = false;
        try
        {
            using MemoryStream stream = new(body);
            using XmlReader reader = XmlReader.Create(stream, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            reader.MoveToContent();
            if (reader.LocalName != Root)
            {
                throw ServiceFault.InvalidContent($"The root is '{reader.LocalName}'; expected is '{Root}'.");
            }

            string parent = "";
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                if (reader.Depth == 1)
                {
                    parent = reader.LocalName;
                    operations += parent == "Operation" ? 1 : 0;
                    if (parent == "Tag" && tag is null)
                    {
                        tag = TextOf(reader);
                    }
                }
                else if (reader.Depth == 2 && parent == "Operation" && reader.LocalName == "Tag")
                {
                    tagInOperation = true;
                }
            }
        }
        catch (XmlException e)
        {
            throw ServiceFault.InvalidContent(string.Create(CultureInfo.InvariantCulture, $"({e.LineNumber},{e.LinePosition}) {e.Message}"));
        }

        return tag is { Length: > 0 } ? tag
            : tagInOperation || operations > 1 ? throw ServiceFault.NotImplemented("The emulator does not have requests with several operations yet.")
            : throw ServiceFault.InvalidArgument("Request.Tag: the node is missing (required)");
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
