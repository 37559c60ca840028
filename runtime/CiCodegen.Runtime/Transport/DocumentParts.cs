namespace CiCodegen.Runtime;

/// <summary>The children of a document's root as the bytes that they are.</summary>
internal static class DocumentParts
{
    /// <summary>One child.</summary>
    /// <param name="Name">Its name, with its prefix.</param>
    /// <param name="Whole">The element.</param>
    /// <param name="Inner">What stands between its tags; empty for an empty element.</param>
    public readonly record struct Part(string Name, ReadOnlyMemory<byte> Whole, ReadOnlyMemory<byte> Inner);

    /// <summary>Takes a document apart.</summary>
    /// <param name="document">The document, in UTF-8 without a byte order mark.</param>
    /// <param name="root">The root's name.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="CiFormatException">It is not well-formed, or has another root.</exception>
    public static List<Part> Of(ReadOnlyMemory<byte> document, string root, CiReaderOptions options)
    {
        Utf8ReadState state = Utf8ReadState.Rent();
        try
        {
            state.Tokens.Open(document, options, root);
            Utf8XmlTokenizer tokens = state.Tokens;
            List<Part> parts = [];
            tokens.Read(inContainer: true);
            while (tokens.Read(inContainer: true) is XmlToken token && token != XmlToken.End)
            {
                if (token != XmlToken.Start)
                {
                    continue;
                }

                int start = tokens.TokenStart;
                int startEnd = tokens.TokenEnd;
                ReadOnlySpan<byte> tag = document.Span[(start + 1)..startEnd];
                string name = System.Text.Encoding.UTF8.GetString(tag[..tag.IndexOfAny(" \t\r\n/>"u8)]);
                tokens.Skip();

                // An empty element is its own end.
                bool isEmpty = tokens.TokenStart == start;
                parts.Add(new(name, document[start..tokens.TokenEnd], isEmpty ? default : document[startEnd..tokens.TokenStart]));
            }

            return parts;
        }
        finally
        {
            Utf8ReadState.Return(state);
        }
    }
}
