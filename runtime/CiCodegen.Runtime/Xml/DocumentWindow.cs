using System.Buffers;
#if NET10_0_OR_GREATER
using System.IO.Pipelines;
#endif

namespace CiCodegen.Runtime;

/// <summary>Brings the bytes of a stream to a tokenizer: finds the encoding, turns UTF-16 into UTF-8.</summary>
/// <param name="tokens">The tokenizer, opened for pieces.</param>
/// <param name="repairs">Whether what XML does not allow becomes U+FFFD on the way.</param>
internal sealed class DocumentWindow(Utf8XmlTokenizer tokens, bool repairs) : IDisposable
{
    /// <summary>The bytes that are read at once.</summary>
    public const int PieceLength = 32 * 1024;

    private readonly byte[] _first = new byte[4];
    private int _firstLength;
    private bool _isOpen;
    private Utf16Transcoder _transcoder;
    private byte[] _piece = [];
    private byte[] _converted = [];
    private Utf8Repair _repair = new();
    private byte[] _repaired = [];

    /// <summary>Is told the bytes that pass on, as UTF-8; a byte order mark of UTF-8 is among them.</summary>
    public Receiver? Passed { get; set; }

    /// <summary>The document's encoding, once its first bytes have come.</summary>
    public CiEncodingKind Encoding { get; private set; }

    /// <summary>Bytes that were taken.</summary>
    public long Length { get; private set; }

    /// <summary>Whether the end of the document was taken.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Takes bytes.</summary>
    public delegate void Receiver(ReadOnlySpan<byte> bytes);

    /// <summary>Reads a piece.</summary>
    public void Fill(Stream stream)
    {
        Memory<byte> piece = Piece();
        Append(piece.Span[..stream.Read(piece.Span)]);
    }

    /// <summary>Reads a piece.</summary>
    public async ValueTask FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        Memory<byte> piece = Piece();
        int read = await stream.ReadAsync(piece, cancellationToken).ConfigureAwait(false);
        Append(piece.Span[..read]);
    }

#if NET10_0_OR_GREATER
    /// <summary>Reads a piece.</summary>
    public async ValueTask FillAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        ReadResult result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        ReadOnlySequence<byte> piece = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, PieceLength));
        try
        {
            Append(piece);
        }
        finally
        {
            // What is left comes again.
            reader.AdvanceTo(piece.End);
        }

        if (result.IsCanceled)
        {
            throw new OperationCanceledException("The read of the pipe was cancelled.");
        }

        if (result.IsCompleted && piece.Length == result.Buffer.Length)
        {
            Append([]);
        }
    }
#endif

    /// <summary>Takes a piece in several parts.</summary>
    /// <param name="piece">No longer than <see cref="PieceLength"/>.</param>
    public void Append(ReadOnlySequence<byte> piece)
    {
        foreach (ReadOnlyMemory<byte> part in piece)
        {
            if (!part.IsEmpty)
            {
                Append(part.Span);
            }
        }
    }

    /// <summary>Takes a piece; an empty one ends the document.</summary>
    /// <param name="piece">No longer than <see cref="PieceLength"/>: the tokenizer goes through it before the next comes.</param>
    /// <exception cref="CiFormatException">The document is in another encoding, or a part of it passes a limit.</exception>
    public void Append(ReadOnlySpan<byte> piece)
    {
        bool ends = piece.IsEmpty;
        Length += piece.Length;
        if (!_isOpen)
        {
            int taken = Math.Min(piece.Length, _first.Length - _firstLength);
            piece[..taken].CopyTo(_first.AsSpan(_firstLength));
            _firstLength += taken;
            piece = piece[taken..];
            if (_firstLength < _first.Length && !ends)
            {
                return;
            }

            Open();
        }

        if (!piece.IsEmpty)
        {
            Pass(piece);
        }

        if (ends)
        {
            End();
        }
    }

    private void Open()
    {
        ReadOnlySpan<byte> first = _first.AsSpan(0, _firstLength);
        CiEncodingKind encoding = CiEncoding.Detect(first, out int mark);
        if (encoding == CiEncodingKind.Unsupported)
        {
            throw CiEncoding.Unsupported();
        }

        if (encoding != CiEncodingKind.Utf8)
        {
            _transcoder = new Utf16Transcoder(encoding, repairs);
            _converted = new byte[Utf16Transcoder.MaxLength(PieceLength)];
        }

        _isOpen = true;
        Encoding = encoding;
        tokens.SetEncoding(encoding);
        if (encoding == CiEncodingKind.Utf8)
        {
            Passed?.Invoke(first[..mark]);
        }

        Pass(first[mark..]);
    }

    private void Pass(ReadOnlySpan<byte> part)
    {
        ReadOnlySpan<byte> utf8 = _converted.Length > 0 ? _converted.AsSpan(0, _transcoder.Convert(part, _converted)) : part;
        Passed?.Invoke(utf8);
        if (!repairs)
        {
            tokens.Append(utf8);
            return;
        }

        if (_repaired.Length < Utf8Repair.MaxLength(utf8.Length))
        {
            _repaired = new byte[Utf8Repair.MaxLength(utf8.Length)];
        }

        tokens.Append(_repaired.AsSpan(0, _repair.Convert(utf8, _repaired)));
    }

    private void End()
    {
        if (_converted.Length > 0)
        {
            ReadOnlySpan<byte> rest = _converted.AsSpan(0, _transcoder.Finish(_converted));
            Passed?.Invoke(rest);
            tokens.Append(rest);
        }

        if (_repaired.Length > 0)
        {
            tokens.Append(_repaired.AsSpan(0, _repair.Finish(_repaired)));
        }

        HasEnded = true;
        tokens.AppendEnd();
    }

    public void Dispose()
    {
        if (_piece.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_piece);
            _piece = [];
        }
    }

    private Memory<byte> Piece()
    {
        if (_piece.Length == 0)
        {
            _piece = ArrayPool<byte>.Shared.Rent(PieceLength);
        }

        return _piece.AsMemory(0, PieceLength);
    }
}
