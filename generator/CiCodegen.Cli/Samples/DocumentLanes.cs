using System.Buffers;
using System.Xml;
using CiCodegen.Cli.Documents;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Samples;

/// <summary>A type of documents behind one face: every lane reads and writes it.</summary>
internal abstract class DocumentLanes
{
    /// <summary>The lanes of a type that emitted code has.</summary>
    /// <param name="type">A request or a response.</param>
    public static DocumentLanes Of(Type type) => (DocumentLanes)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(type))!;

    /// <summary>Reads a document that is XML.</summary>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public abstract object Read(ReadOnlyMemory<byte> document, string lane);

    /// <summary>Reads a document that is JSON.</summary>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public abstract object ReadJson(ReadOnlyMemory<byte> document);

    /// <summary>Writes what was read as XML.</summary>
    public abstract ReadOnlyMemory<byte> Write(object value, string lane);

    private sealed class Typed<T> : DocumentLanes
        where T : class, ICiDocument<T>
    {
        private static readonly CiReaderOptions s_options = new();

        public override object ReadJson(ReadOnlyMemory<byte> document) => CiJson.Read<T>(document, s_options);

        public override object Read(ReadOnlyMemory<byte> document, string lane)
            => lane == DocumentLane.XmlReader ? CiXmlInterop.Read<T>(document, s_options) : CiXml.Read<T>(document, s_options);

        public override ReadOnlyMemory<byte> Write(object value, string lane)
        {
            if (lane == DocumentLane.XmlReader)
            {
                using MemoryStream stream = new();
                using (XmlWriter writer = XmlWriter.Create(stream, DocumentWriter.Settings))
                {
                    CiXmlInterop.Write((T)value, writer);
                }

                return stream.GetBuffer().AsMemory(0, (int)stream.Length);
            }

            ArrayBufferWriter<byte> output = new();
            CiXml.Write((T)value, output);
            return output.WrittenMemory;
        }
    }
}
