namespace CiCodegen.Runtime;

/// <summary>A text that grows, in UTF-8; its array is kept from use to use.</summary>
internal struct Utf8Text
{
    private byte[] _bytes;
    private int _length;

    public readonly ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public readonly int Length => _length;

    public void Clear()
    {
        _length = 0;
        if (_bytes is null || _bytes.Length > 1024 * 1024)
        {
            _bytes = new byte[1024];
        }
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
    }

    public void Append(byte unit)
    {
        Reserve(1)[0] = unit;
        _length++;
    }

    public void Advance(int count) => _length += count;

    /// <summary>Makes room behind what is written.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, checked(Math.Max(_bytes.Length * 2, _length + count)));
        }

        return _bytes.AsSpan(_length);
    }
}
