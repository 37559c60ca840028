using System.Buffers;

namespace CiCodegen.Runtime;

/// <summary>A callback that was read.</summary>
public sealed class CiCallback
{
    private readonly CallbackEnvelope? _envelope;

    internal CiCallback(CiDocumentFormat format, CiTagBinding binding, ICiJobResponse response)
    {
        Format = format;
        Binding = binding;
        Response = response;
        Tag = binding.Tag.Name;
        EventName = response.EventName;
        Jobs = response.Jobs;
    }

    internal CiCallback(CiDocumentFormat format, string? tag, CallbackEnvelope envelope)
    {
        _envelope = envelope;
        Format = format;
        Tag = tag;
        EventName = envelope.EventName;
        Jobs = envelope.Jobs;
    }

    /// <summary>Whether it came as XML or JSON.</summary>
    public CiDocumentFormat Format { get; }

    /// <summary>The Tag that the jobs name; null when they name none, or several that differ.</summary>
    public string? Tag { get; }

    /// <summary>Node <c>EventName</c>, as in <c>TaskFinish</c>; the text as it came.</summary>
    public string? EventName { get; }

    /// <summary>The binding of the jobs' Tag; null when the parser knows no such Tag.</summary>
    public CiTagBinding? Binding { get; }

    /// <summary>The typed document; null when the parser does not know the Tag.</summary>
    public ICiJobResponse? Response { get; }

    /// <summary>The jobs: of the Tag's own type where the parser knows the Tag, as in <c>case VideoTargetRecJob job:</c>; <see cref="CiJobEnvelope"/> where it does not.</summary>
    public IReadOnlyList<CiJob> Jobs { get; }

    /// <summary>Writes the document as JSON: wire names as keys, typed scalars, repeated nodes always arrays. Of a Tag that is not known, the envelope.</summary>
    /// <param name="output">Where to.</param>
    public void WriteJson(IBufferWriter<byte> output)
    {
        if (Binding is not null)
        {
            Binding.WriteJson(Response!, output);
        }
        else
        {
            CiJson.Write(_envelope!, output);
        }
    }
}
