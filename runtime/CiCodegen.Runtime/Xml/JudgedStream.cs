using System.Text;
using System.Xml;

namespace CiCodegen.Runtime;

/// <summary>Bytes on their way to an <see cref="XmlReader"/>: the tokenizer goes ahead.</summary>
/// <remarks>
/// It measures the parts, some of which the reader holds whole, and names code and place of what is ill-formed, which the reader tells
/// only in words. What passes it, the reader still has to accept.
/// </remarks>
internal sealed class JudgedStream : Stream
{
    private readonly Stream _source;
    private readonly DocumentCheck _check;
    private readonly CancellationToken _cancellationToken;
    private readonly byte[] _bytes = new byte[Utf16Transcoder.MaxLength(DocumentWindow.PieceLength)];
    private int _pos;
    private int _end;
    private long _span;
    private bool _hasEnded;

    public JudgedStream(Stream source, CiReaderOptions options, CancellationToken cancellationToken)
    {
        _source = source;
        _check = new DocumentCheck(options);
        _check.Window.Passed = Take;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The most bytes that may come between two calls of <see cref="Mark"/>; 0 for no limit.</summary>
    public long MaxSpan { get; init; }

    /// <summary>The document's encoding; what comes out is UTF-8, whatever it is.</summary>
    public CiEncodingKind Encoding => _check.Window.Encoding;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Reads until something can be handed out, so that the encoding is known.</summary>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public void Open()
    {
        while (_pos == _end && !_hasEnded)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            _pos = 0;
            _end = 0;

            // A refusal is the last word.
            _hasEnded = true;
            if (IsSpent)
            {
                throw _check.TooLong(MaxSpan);
            }

            _check.Window.Fill(_source);
            _check.Advance();
            _hasEnded = _check.Window.HasEnded;
        }
    }

    /// <summary>Begins a new span.</summary>
    public void Mark() => _span = 0;

    /// <summary>Makes the reader.</summary>
    public XmlReader CreateReader(XmlReaderSettings settings)
    {
        Open();
        return Encoding == CiEncodingKind.Utf8
            ? XmlReader.Create(this, settings)
            : XmlReader.Create(new StreamReader(this, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), detectEncodingFromByteOrderMarks: false, leaveOpen: true), settings);
    }

    /// <summary>Reads, and has the tokenizer read on where the reader refuses, so that it can name what is ill-formed.</summary>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public T Judge<T>(Func<T> read, XmlReaderReadState state)
    {
        try
        {
            return read();
        }
        catch (XmlException exception)
        {
            // The reader looks at the first bytes when it is made.
            Finish();
            throw XmlReaderTokens.Convert(exception, "");
        }
        catch (CiFormatException)
        {
            if (IsSpent && state.Failure is { } failure)
            {
                // The rest was looked through for what is ill-formed, and is long.
                throw failure;
            }

            Finish();
            throw;
        }
    }

    private bool IsSpent => MaxSpan > 0 && _span > MaxSpan;

    private void Finish()
    {
        while (!_hasEnded && !IsSpent)
        {
            _pos = _end;
            Open();
        }
    }

    public override int Read(Span<byte> buffer)
    {
        Open();
        int taken = Math.Min(buffer.Length, _end - _pos);
        _bytes.AsSpan(_pos, taken).CopyTo(buffer);
        _pos += taken;
        return taken;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _check.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(_end));
        _end += bytes.Length;
        _span += bytes.Length;
    }
}
