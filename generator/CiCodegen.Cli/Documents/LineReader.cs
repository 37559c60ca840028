using System.Globalization;

namespace CiCodegen.Cli.Documents;

/// <summary>Lines as bytes, each handed out as soon as it is complete.</summary>
/// <param name="input">Where from.</param>
/// <param name="limit">How many bytes a line may have.</param>
internal sealed class LineReader(Stream input, int limit = LineReader.StandardLimit)
{
    // A buffered document at its own limit, escaped, still fits.
    private const int StandardLimit = 512 * 1024 * 1024;

    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>The next line without its end, valid until the next call; null at the end.</summary>
    /// <exception cref="CliException">The line is too long.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        int searched = 0;
        while (true)
        {
            int found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                ReadOnlyMemory<byte> line = _buffer.AsMemory(_start, searched + found);
                _start += searched + found + 1;
                return line;
            }

            searched = _end - _start;
            if (_ended)
            {
                if (searched == 0)
                {
                    return null;
                }

                ReadOnlyMemory<byte> rest = _buffer.AsMemory(_start, searched);
                _start = _end;
                return rest;
            }

            MakeRoom();
            int read = await input.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _ended = read == 0;
            _end += read;
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_end >= limit)
            {
                throw Batch.Bad(string.Create(CultureInfo.InvariantCulture, $"A line is longer than {limit} bytes."));
            }

            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, limit));
        }
    }
}
