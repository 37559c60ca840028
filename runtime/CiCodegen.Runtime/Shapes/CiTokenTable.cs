using System.Text;

namespace CiCodegen.Runtime;

/// <summary>The known values of an enum node; a reader hands out these very strings instead of allocating new ones.</summary>
public sealed class CiTokenTable
{
    private readonly string[] _values;
    private readonly byte[][] _utf8;

    /// <summary>Makes a table.</summary>
    /// <param name="values">The wire texts, in schema order.</param>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    public CiTokenTable(params string[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = values;
        _utf8 = Array.ConvertAll(values, Encoding.UTF8.GetBytes);
    }

    /// <summary>The wire texts, in schema order.</summary>
    public IReadOnlyList<string> Values => _values;

    internal string[] Table => _values;

    /// <summary>Whether a text is one of the known values; case counts.</summary>
    /// <param name="text">The wire text.</param>
    public bool Contains(string text) => Array.IndexOf(_values, text) >= 0;

    /// <summary>The known value equal to <paramref name="text"/>, or null.</summary>
    internal string? Find(ReadOnlySpan<byte> text)
    {
        byte[][] known = _utf8;
        for (int i = 0; i < known.Length; i++)
        {
            if (text.SequenceEqual(known[i]))
            {
                return _values[i];
            }
        }

        return null;
    }

    /// <summary>The known value equal to <paramref name="text"/>, or null.</summary>
    internal string? Find(ReadOnlySpan<char> text)
    {
        foreach (string value in _values)
        {
            if (text.SequenceEqual(value))
            {
                return value;
            }
        }

        return null;
    }
}
