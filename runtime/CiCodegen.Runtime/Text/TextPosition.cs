using System.Text;

namespace CiCodegen.Runtime;

/// <summary>Line and column, from 1, counted over bytes as they pass: lines end in <c>\n</c>, <c>\r\n</c> or <c>\r</c>, columns count UTF-16 units.</summary>
internal struct TextPosition
{
    private bool _afterReturn;

    public static TextPosition Start => new() { Line = 1, Column = 1 };

    public int Line { get; private set; }

    public int Column { get; private set; }

    /// <summary>The place behind bytes, from the start.</summary>
    /// <param name="before">What stands before it, without a byte order mark.</param>
    public static (int Line, int Column) After(ReadOnlySpan<byte> before)
    {
        TextPosition position = Start;
        position.Advance(before);
        return (position.Line, position.Column);
    }

    /// <summary>Passes over bytes.</summary>
    /// <param name="bytes">What comes next.</param>
    public void Advance(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            ReadOnlySpan<byte> line = end < 0 ? bytes : bytes[..end];
            if (line.Length > 0)
            {
                _afterReturn = false;
                Column += Units(line);
            }

            if (end < 0)
            {
                return;
            }

            // The line feed of a pair was counted with its carriage return.
            bool isFeed = bytes[end] == '\n';
            Line += isFeed && _afterReturn ? 0 : 1;
            Column = 1;
            _afterReturn = !isFeed;
            bytes = bytes[(end + 1)..];
        }
    }

    private static int Units(ReadOnlySpan<byte> line)
    {
        if (Ascii.IsValid(line))
        {
            return line.Length;
        }

        int units = 0;
        foreach (byte unit in line)
        {
            units += (unit & 0xC0) == 0x80 ? 0 : unit >= 0xF0 ? 2 : 1;
        }

        return units;
    }
}
