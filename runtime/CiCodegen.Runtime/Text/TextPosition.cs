namespace CiCodegen.Runtime;

/// <summary>Line and column of a byte: computed by a second pass, only once something is wrong.</summary>
internal static class TextPosition
{
    /// <summary>Counts lines (<c>\n</c>, <c>\r\n</c>, <c>\r</c>) and UTF-16 units before a byte.</summary>
    /// <param name="before">What stands before it, without a byte order mark.</param>
    public static (int Line, int Column) After(ReadOnlySpan<byte> before)
    {
        int line = 1;
        int column = 1;
        for (int i = 0; i < before.Length; i++)
        {
            byte unit = before[i];
            if (unit == '\n')
            {
                // The line feed of a pair was counted with its carriage return.
                if (i == 0 || before[i - 1] != '\r')
                {
                    line++;
                }

                column = 1;
            }
            else if (unit == '\r')
            {
                line++;
                column = 1;
            }
            else if ((unit & 0xC0) != 0x80)
            {
                column += unit >= 0xF0 ? 2 : 1;
            }
        }

        return (line, column);
    }
}
