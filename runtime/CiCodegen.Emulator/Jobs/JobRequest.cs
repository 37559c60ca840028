using System.Globalization;
using System.Xml.Linq;

namespace CiCodegen.Emulator;

/// <summary>Reads a submitted document: finds its Tag, reads and checks it with the Tag's own code, brings it into normal form.</summary>
internal static class JobRequest
{
    private const string Root = "Request";
    private const string Operation = "Operation";
    private const string Tag = "Tag";

    /// <summary>How many operations one request can have.</summary>
    private const int MaxOperations = 6;

    /// <summary>The requests of one operation each that a document stands for: one, or as many as it has operations with a Tag of their own.</summary>
    /// <exception cref="ServiceFault">The document is no request of known Tags, or breaks their rules.</exception>
    public static IReadOnlyList<(EmulatedTag Tag, XElement Request)> Read(EmulatedTags tags, string path, byte[] body)
    {
        XElement root = RequestDocument.Root(body, Root);
        XElement[] operations = [.. root.Elements().Where(static e => e.Name.LocalName == Operation)];
        bool isMulti = TagOf(root) is null && operations.Any(static o => TagOf(o) is not null);
        if (!isMulti)
        {
            return [Read(tags, path, TagOf(root), body, DocumentPart.Whole)];
        }

        if (operations.Length > MaxOperations)
        {
            throw ServiceFault.InvalidArgument(string.Create(CultureInfo.InvariantCulture, $"{Root}.{Operation}: there are {operations.Length}; allowed are up to {MaxOperations} (maxItems)"));
        }

        return [.. operations.Select((operation, i) => Read(tags, path, TagOf(operation), Single(root, operation), new(operation, i)))];
    }

    public static ServiceFault UnknownTag(string name, EmulatedTags tags)
        => ServiceFault.InvalidArgument($"Tag '{name}' is not known; known are {string.Join(", ", tags.Names)}.");

    private static (EmulatedTag Tag, XElement Request) Read(EmulatedTags tags, string path, XElement? tagNode, byte[] body, DocumentPart part)
    {
        string name = tagNode?.Value.Trim() is { Length: > 0 } given ? given : throw ServiceFault.InvalidArgument($"{part.PathOf($"{Root}.{(part.IsWhole ? "" : Operation + ".")}{Tag}")}: the node is missing (required)");
        EmulatedTag tag = tags.Find(name) ?? throw UnknownTag(name, tags);
        if (path != tag.Path && path != EmulatedTags.CommonPath)
        {
            throw ServiceFault.InvalidArgument($"Tag '{name}' is submitted to '{tag.Path}', not to '{path}'.");
        }

        return (tag, RequestDocument.Normal(() => tag.Binding.ReadRequest(body), tag.Binding.Validate, tag.Binding.Write, part));
    }

    /// <summary>A request of one operation, whose Tag stands in front of it.</summary>
    private static byte[] Single(XElement root, XElement operation)
    {
        XElement own = new(operation);
        XElement? tag = TagOf(own);
        tag?.Remove();
        return Documents.Write(new XElement(root.Name, tag, root.Elements().Where(static e => e.Name.LocalName != Operation), own));
    }

    /// <summary>The child <c>Tag</c>, wherever it stands: it chooses the code that reads the whole.</summary>
    private static XElement? TagOf(XElement element) => element.Elements().FirstOrDefault(static e => e.Name.LocalName == Tag);
}
