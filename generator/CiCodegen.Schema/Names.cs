using System.Runtime.CompilerServices;

namespace CiCodegen.Schema;

/// <summary>What may be a name on the wire and in C#.</summary>
public static class Names
{
    /// <summary>Whether a text can name an XML element without a prefix.</summary>
    /// <param name="text">The text.</param>
    [MethodImpl(HotLoop.Compiled)]
    public static bool IsWireName(string text)
    {
        if (text.Length == 0 || !(text[0] == '_' || IsLetter(text[0])))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!(IsLetter(c) || c is (>= '0' and <= '9') or '-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text can name a node: a wire name, or a pattern for wire names: the beginning of one, or nothing, and '*'.</summary>
    /// <param name="text">The text.</param>
    public static bool IsNodeName(string text)
        => IsPattern(text) ? text.Length == 1 || IsWireName(text.Substring(0, text.Length - 1)) : IsWireName(text);

    /// <summary>Whether a node's name stands for all names that begin like it.</summary>
    /// <param name="text">The name.</param>
    public static bool IsPattern(string text) => text.Length > 0 && text[text.Length - 1] == '*';

    /// <summary>Whether a text is a C# identifier of ASCII letters, digits and '_' (keywords included: they are escaped when emitted).</summary>
    /// <param name="text">The text.</param>
    [MethodImpl(HotLoop.Compiled)]
    public static bool IsIdentifier(string text)
    {
        if (text.Length == 0 || !IsLetter(text[0]))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!(IsLetter(c) || c is (>= '0' and <= '9') or '_'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text can be a C# type of emitted code: an identifier that its methods do not use themselves, and that metadata can hold.</summary>
    /// <param name="text">The text.</param>
    public static bool IsTypeName(string text) => IsIdentifier(text) && text.Length <= 500 && text is not ("TReader" or "TWriter");

    /// <summary>A wire name as a C# member: <c>sentence_list</c> becomes <c>SentenceList</c>, <c>X-SheetPics</c> <c>XSheetPics</c>.</summary>
    /// <param name="wireName">The wire name.</param>
    [MethodImpl(HotLoop.Compiled)]
    public static string ToMember(string wireName)
    {
        char[] result = new char[wireName.Length + 1];
        int length = 0;
        bool upper = true;
        foreach (char c in wireName)
        {
            if (!(IsLetter(c) || c is >= '0' and <= '9'))
            {
                upper = true;
                continue;
            }

            if (length == 0 && c is >= '0' and <= '9')
            {
                result[length++] = '_';
            }

            result[length++] = upper ? char.ToUpperInvariant(c) : c;
            upper = false;
        }

        return length == 0 ? "_" : new string(result, 0, length);
    }

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
