using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace CiCodegen.Runtime;

/// <summary>Replaces what XML does not allow by U+FFFD, piece by piece: bytes that are no UTF-8, and characters that are none of XML's.</summary>
internal struct Utf8Repair
{
    private readonly byte[] _cut = new byte[4];
    private int _cutLength;

    public Utf8Repair()
    {
    }

    /// <summary>The most bytes that a piece of so many can become.</summary>
    public static int MaxLength(int bytes) => checked((bytes + 4) * 3);

    /// <summary>Repairs a document; one that needs no repair stays where it is.</summary>
    public static ReadOnlyMemory<byte> Whole(ReadOnlyMemory<byte> document)
    {
        if (IsSound(document.Span))
        {
            return document;
        }

        Utf8Repair repair = new();
        byte[] repaired = new byte[MaxLength(document.Length)];
        int length = repair.Convert(document.Span, repaired);
        length += repair.Finish(repaired.AsSpan(length));
        return repaired.AsMemory(0, length);
    }

    /// <summary>Repairs a piece; a sequence that it cuts is kept for the next.</summary>
    /// <returns>How many bytes were written.</returns>
    public int Convert(ReadOnlySpan<byte> piece, Span<byte> to)
    {
        int used = 0;
        while (_cutLength > 0 && !piece.IsEmpty)
        {
            // One byte more either ends the sequence or shows that it is none.
            _cut[_cutLength++] = piece[0];
            OperationStatus status = Rune.DecodeFromUtf8(_cut.AsSpan(0, _cutLength), out _, out int consumed);
            if (status == OperationStatus.NeedMoreData)
            {
                piece = piece[1..];
            }
            else
            {
                // What was cut is one character, or one that is none; in that case the new byte begins the next.
                piece = piece[(status == OperationStatus.Done ? 1 : 0)..];
                used += Append(_cut.AsSpan(0, consumed), to[used..]);
                _cutLength = 0;
            }
        }

        while (!piece.IsEmpty)
        {
            int sound = piece.IndexOfAnyExcept(XmlChars.SoundAscii);
            ReadOnlySpan<byte> head = sound < 0 ? piece : piece[..sound];
            head.CopyTo(to[used..]);
            used += head.Length;
            piece = piece[head.Length..];
            if (piece.IsEmpty)
            {
                break;
            }

            if (Rune.DecodeFromUtf8(piece, out _, out int consumed) == OperationStatus.NeedMoreData)
            {
                piece.CopyTo(_cut);
                _cutLength = piece.Length;
                break;
            }

            used += Append(piece[..consumed], to[used..]);
            piece = piece[consumed..];
        }

        return used;
    }

    /// <summary>Ends the document.</summary>
    /// <returns>How many bytes were written.</returns>
    public int Finish(Span<byte> to)
    {
        int used = _cutLength == 0 ? 0 : Append(_cut.AsSpan(0, _cutLength), to);
        _cutLength = 0;
        return used;
    }

    private static bool IsSound(ReadOnlySpan<byte> document)
    {
        if (!Utf8.IsValid(document) || document.ContainsAny(XmlChars.Illegal))
        {
            return false;
        }

        // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
        for (int at; (at = document.IndexOf((ReadOnlySpan<byte>)[0xEF, 0xBF])) >= 0; document = document[(at + 3)..])
        {
            if (document[at + 2] >= 0xBE)
            {
                return false;
            }
        }

        return true;
    }

    private static int Append(ReadOnlySpan<byte> sequence, Span<byte> to)
    {
        bool isChar = Rune.DecodeFromUtf8(sequence, out Rune rune, out _) == OperationStatus.Done && XmlChars.IsChar(rune.Value);
        ReadOnlySpan<byte> bytes = isChar ? sequence : [0xEF, 0xBF, 0xBD];
        bytes.CopyTo(to);
        return bytes.Length;
    }
}
