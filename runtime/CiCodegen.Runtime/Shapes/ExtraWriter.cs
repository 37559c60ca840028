namespace CiCodegen.Runtime;

/// <summary>What the writers of unknown elements share.</summary>
internal static class ExtraWriter
{
    /// <summary>The characters of an attribute that a reader would turn into spaces, and the quote.</summary>
    public const string AttributeStops = "\"\t\n";

    /// <summary>Checks that a name can stand in XML.</summary>
    /// <exception cref="CiFormatException">It cannot.</exception>
    public static void CheckName(in CiWriteStack stack, string name)
    {
        if (!WriteText.IsName(name))
        {
            throw new CiFormatException(CiFormatError.IllegalCharacter, stack.Path(), 0, 0, $"'{name}' cannot be the name of an element or attribute");
        }
    }

    /// <summary>Checks that XML can carry a text.</summary>
    /// <exception cref="CiFormatException">It cannot.</exception>
    public static void CheckText(in CiWriteStack stack, string name, string text)
    {
        int bad = WriteText.FirstIllegal(text);
        if (bad >= 0)
        {
            string path = stack.Path();
            throw WriteText.Illegal(path.Length == 0 ? name : $"{path}.{name}", text[bad]);
        }
    }
}
