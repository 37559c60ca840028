using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Xml;

namespace CiCodegen.Runtime;

// Placeholder of the lanes that are written elsewhere: deleted when these come in.

/// <summary>What the service says when it refuses a request: the document <c>Error</c>.</summary>
public sealed record CiServiceError(string? Code, string? Message, string? RequestId, string? TraceId, string? Resource)
{
    /// <summary>Reads an <c>Error</c> document tolerantly.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out CiServiceError? error)
    {
        error = null;
        try
        {
            using XmlReader reader = LanePlaceholder.Reader(body);
            if (reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != "Error")
            {
                return false;
            }

            Dictionary<string, string> values = LanePlaceholder.Scalars(reader);
            error = new(values.GetValueOrDefault("Code"), values.GetValueOrDefault("Message"), values.GetValueOrDefault("RequestId"), values.GetValueOrDefault("TraceId"), values.GetValueOrDefault("Resource"));
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}

/// <summary>A job's envelope.</summary>
public sealed class CiJobEnvelope : CiJob
{
    /// <summary>Reads every envelope tolerantly; never throws.</summary>
    public static IReadOnlyList<CiJobEnvelope> ReadAll(ReadOnlyMemory<byte> document, CiReaderOptions? options = null)
    {
        List<CiJobEnvelope> jobs = [];
        CiJobEnvelope? job = null;
        try
        {
            using XmlReader reader = LanePlaceholder.Reader(document);
            string text = "";
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    text = "";
                    if (reader is { Depth: 1, LocalName: "JobsDetail" })
                    {
                        jobs.Add(job = new());
                    }
                }
                else if (reader.NodeType == XmlNodeType.Text)
                {
                    text = reader.Value;
                }
                else if (reader.NodeType == XmlNodeType.EndElement && reader.Depth == 2 && job is not null)
                {
                    switch (reader.LocalName)
                    {
                        case "JobId":
                            job.JobId = text;
                            break;
                        case "State":
                            job.State = new(text);
                            break;
                        case "Code":
                            job.Code = text;
                            break;
                    }
                }
            }
        }
        catch (XmlException)
        {
        }

        return jobs;
    }
}

internal static class LanePlaceholder
{
    public static XmlReader Reader(ReadOnlyMemory<byte> body) => XmlReader.Create(new MemoryStream(body.ToArray()));

    public static Dictionary<string, string> Scalars(XmlReader reader)
    {
        Dictionary<string, string> values = [];
        string? name = null;
        while (reader.Read())
        {
            name = reader.NodeType == XmlNodeType.Element ? reader.LocalName : reader.NodeType == XmlNodeType.EndElement ? null : name;
            if (name is not null && reader.NodeType == XmlNodeType.Text)
            {
                values[name] = reader.Value;
            }
        }

        return values;
    }

    public static TDocument Read<TDocument>(ReadOnlyMemory<byte> document)
        where TDocument : class, ICiDocument<TDocument>
        => Guarded(document, TDocument.Root.Name, static (ref ReaderLane lane) => TDocument.Read(ref lane));

    public static ICiJobResponse<TJob> ReadResponse<TJob>(ReadOnlyMemory<byte> document, CiReaderOptions options)
        where TJob : CiJob, ICiJob<TJob>
        => Guarded(document, "Response", static (ref ReaderLane lane) => TJob.ReadResponse(ref lane));

    private delegate T Body<T>(ref ReaderLane lane);

    private static T Guarded<T>(ReadOnlyMemory<byte> document, string root, Body<T> read)
    {
        try
        {
            using XmlReader reader = Reader(document);
            reader.MoveToContent();
            if (reader.LocalName != root)
            {
                throw new CiFormatException(reader.LocalName == "Error" ? CiFormatError.ServiceError : CiFormatError.UnexpectedRoot, "", 1, 1, reader.LocalName);
            }

            ReaderLane lane = new(reader);
            T value = read(ref lane);
            while (reader.Read())
            {
            }

            return value;
        }
        catch (XmlException e)
        {
            throw new CiFormatException(CiFormatError.NotWellFormed, "", e.LineNumber, e.LinePosition, e.Message, e);
        }
    }

    private struct ReaderLane(XmlReader reader) : ICiReader
    {
        private readonly Stack<(CiNodeTable Nodes, int Depth)> _stack = new();
        private bool _consumed = true;

        public void Enter(CiNodeTable nodes)
        {
            _stack.Push((nodes, reader.IsEmptyElement ? -1 : reader.Depth));
            _consumed = reader.IsEmptyElement;
            if (!reader.IsEmptyElement)
            {
                reader.Read();
            }
        }

        public int Next()
        {
            (CiNodeTable nodes, int depth) = _stack.Peek();
            if (depth < 0)
            {
                _stack.Pop();
                reader.Read();
                return -1;
            }

            while (true)
            {
                if (reader.NodeType == XmlNodeType.EndElement)
                {
                    _stack.Pop();
                    reader.Read();
                    return -1;
                }

                if (reader.NodeType == XmlNodeType.Element)
                {
                    if (nodes.Find(reader.LocalName, 0) is int index and >= 0)
                    {
                        return index;
                    }

                    reader.Skip();
                }
                else if (!reader.Read())
                {
                    throw new XmlException("end");
                }
            }
        }

        public string ReadString()
        {
            StringBuilder text = new();
            if (reader.IsEmptyElement)
            {
                reader.Read();
                return "";
            }

            while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
            {
                text.Append(reader.NodeType == XmlNodeType.Element ? throw new CiFormatException(CiFormatError.BadScalar, "", 1, 1, "child") : reader.Value);
            }

            reader.Read();
            return text.ToString();
        }

        public string? ReadToken(CiTokenTable known) => ReadString().Trim() is { Length: > 0 } text and not "-" ? text : null;

        public int? ReadInt32() => (int?)ReadInt64();

        public long? ReadInt64()
            => ReadToken(null!) is { } text
                ? long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : throw new CiFormatException(CiFormatError.BadScalar, "", 1, 1, $"'{text}'")
                : null;

        public decimal? ReadDecimal() => ReadToken(null!) is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;

        public bool? ReadBoolean() => ReadToken(null!) is { } text ? text == "true" : null;

        public DateTimeOffset? ReadTime() => ReadToken(null!) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;
    }

    public static void Write<TDocument>(TDocument document, IBufferWriter<byte> output) => throw new NotSupportedException($"{document} {output}");
}
