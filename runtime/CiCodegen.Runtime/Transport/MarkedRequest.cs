using System.Text;

namespace CiCodegen.Runtime;

/// <summary>Puts a mark into a request document.</summary>
internal static class MarkedRequest
{
    private const string Empty = "<UserData></UserData>";

    /// <summary>The document with the mark at the end of its node <c>Operation.UserData</c>; null when there is no room or no such place.</summary>
    /// <param name="document">A request in UTF-8, without a byte order mark.</param>
    /// <param name="mark">The mark.</param>
    public static byte[]? With(byte[] document, string mark)
    {
        Utf8ReadState state = Utf8ReadState.Rent();
        try
        {
            if (CiEncoding.Detect(document, out int bom) != CiEncodingKind.Utf8 || bom > 0)
            {
                return null;
            }

            state.Tokens.Open(document, CiReaderOptions.Default, "Request");
            return Find(state) is { } place ? Insert(document, place, mark) : null;
        }
        catch (CiFormatException)
        {
            // Not ours to judge: the service will say what is wrong with it.
            return null;
        }
        finally
        {
            Utf8ReadState.Return(state);
        }
    }

    /// <summary>Where the mark belongs; null when there is no operation, more than one, or no room.</summary>
    private static Place? Find(Utf8ReadState state)
    {
        Utf8XmlTokenizer tokens = state.Tokens;
        Place? place = null;
        int operations = 0;
        tokens.Read(inContainer: true);
        while (tokens.Read(inContainer: true) is XmlToken token && token != XmlToken.End)
        {
            if (token != XmlToken.Start)
            {
                continue;
            }

            if (!IsPlain(tokens, "<Operation"u8))
            {
                tokens.Skip();
                continue;
            }

            operations++;
            place = FindIn(state);
        }

        return operations == 1 ? place : null;
    }

    private static Place? FindIn(Utf8ReadState state)
    {
        Utf8XmlTokenizer tokens = state.Tokens;
        int start = tokens.TokenStart;
        int end = tokens.TokenEnd;
        Place? found = null;
        int count = 0;
        while (tokens.Read(inContainer: true) is XmlToken token && token != XmlToken.End)
        {
            if (token != XmlToken.Start)
            {
                continue;
            }

            if (!IsPlain(tokens, "<UserData"u8))
            {
                tokens.Skip();
                continue;
            }

            count++;
            int nodeStart = tokens.TokenStart;
            int nodeEnd = tokens.TokenEnd;
            string text = state.ReadTolerantText();
            bool room = text.Length + CiSubmissionMark.Length <= CiSubmissionMark.MaxUserData;

            // An empty element has no end tag of its own to write before.
            found = !room ? null : tokens.TokenStart == nodeStart ? new(nodeStart, nodeEnd, Empty) : new(tokens.TokenStart, tokens.TokenStart, "");
        }

        return count switch
        {
            0 => tokens.TokenStart == start ? new(start, end, $"<Operation>{Empty}</Operation>") : new(tokens.TokenStart, tokens.TokenStart, Empty),
            1 => found,
            _ => null,
        };
    }

    // An element with a prefix or attributes is left as it is: rewriting it could change what it means.
    private static bool IsPlain(Utf8XmlTokenizer tokens, ReadOnlySpan<byte> start)
        => tokens.Raw(tokens.TokenStart, tokens.TokenEnd).StartsWith(start) && tokens.Raw(tokens.TokenStart, tokens.TokenEnd)[start.Length..].IndexOfAnyExcept(" \t\r\n/>"u8) < 0;

    private static byte[] Insert(byte[] document, Place place, string mark)
    {
        string text = place.Around.Length == 0 ? mark : place.Around.Replace("<UserData>", $"<UserData>{mark}", StringComparison.Ordinal);
        return [.. document.AsSpan(0, place.Start), .. Encoding.ASCII.GetBytes(text), .. document.AsSpan(place.End)];
    }

    /// <summary>A stretch of the document and what takes its place.</summary>
    /// <param name="Start">Its first byte.</param>
    /// <param name="End">The byte behind it.</param>
    /// <param name="Around">The elements that the mark stands in; empty when they are there.</param>
    private readonly record struct Place(int Start, int End, string Around);
}
