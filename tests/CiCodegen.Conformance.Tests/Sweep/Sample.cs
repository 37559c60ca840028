using System.Text;
using System.Xml;

namespace CiCodegen.Conformance.Tests.Sweep;

/// <summary>A good document to damage.</summary>
/// <param name="Name">Where it is from.</param>
/// <param name="Document">The document.</param>
/// <param name="Form">What it is read as, by its root.</param>
internal sealed record Sample(string Name, byte[] Document, Form Form)
{
    private static readonly byte[][] s_pieces =
    [
        .. new[]
        {
            "&", "&#", "&#x", ";", "<", ">", "</", "<!", "<!--", "--", "-->", "<![CDATA[", "]]>", "<?", "?>", "\"", "'", "=", ":", " ", "\r", "\n", "\0",
            "xmlns", "xmlns:a='u'", "a:", "&lt;", "&amp;", "&apos", "&quo", "&x;", "<?xml", "<!DOCTYPE", "/>", "xml:space='", "\uFFFE", "\uFEFF", "\U0001F600", "中", "é",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0x80], [0xC3], [0xE4, 0xB8], [0xED, 0xA0, 0x80], [0xF0, 0x9F], [0xC0, 0x80], [0xFE, 0xFF],
    ];

    public static Sample Of(string name, byte[] document)
    {
        using XmlReader reader = XmlReader.Create(new MemoryStream(document), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        reader.MoveToContent();
        Form form = reader.LocalName switch
        {
            "Request" => Form.Request,
            "Response" or "Error" => Form.Response,
            _ => Form.Any,
        };
        return new Sample(name, document, form);
    }

    /// <summary>Damaged documents there are: each truncation, and each byte as each other byte.</summary>
    public int DamageCount => Document.Length * 256;

    /// <summary>The damaged document with a number: the truncations first.</summary>
    public byte[] Damage(int number)
    {
        if (number < Document.Length)
        {
            return Document[..number];
        }

        byte[] changed = (byte[])Document.Clone();
        changed[(number / 255) % Document.Length] ^= (byte)((number % 255) + 1);
        return changed;
    }

    /// <summary>The document with two or three edits near one another: what comes first must count first.</summary>
    public byte[] Edit(Random random)
    {
        List<byte> edited = [.. Document];
        int near = random.Next(edited.Count);
        for (int edits = random.Next(2, 4); edits > 0; edits--)
        {
            int at = Math.Clamp(near + random.Next(-12, 12), 0, edited.Count - 1);
            switch (random.Next(4))
            {
                case 0:
                    edited[at] = (byte)random.Next(256);
                    break;
                case 1 when edited.Count > 1:
                    edited.RemoveAt(at);
                    break;
                default:
                    edited.InsertRange(at, s_pieces[random.Next(s_pieces.Length)]);
                    break;
            }
        }

        return [.. edited];
    }

    public override string ToString() => Name;
}
