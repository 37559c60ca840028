namespace CiCodegen.Runtime;

/// <summary>A job of any Tag, read tolerantly: only what every job has, for when the typed reader fails.</summary>
public sealed class CiJobEnvelope : CiJob
{
    /// <summary>The bytes of node <c>Operation</c> in a callback of a Tag that is not known: the element as it stands in XML, the value in JSON, in UTF-8. Empty anywhere else.</summary>
    public ReadOnlyMemory<byte> RawOperation { get; internal set; }

    /// <summary>Node <c>Operation.UserData</c> of an answer in XML: what the submitter wrote, with a <see cref="CiSubmissionMark"/> if the job was marked. Null where there is none.</summary>
    public string? UserData { get; internal set; }

    /// <summary>Reads the jobs of a response or callback, XML or JSON. What is unknown, broken or repeated elsewhere is passed over; of a repeated node the first counts.</summary>
    /// <remarks>Of a document that is not well-formed, what came before the defect is returned, so that a job id is never lost. Nothing is thrown for any bytes.</remarks>
    /// <param name="document">The bytes.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <returns>The jobs, in document order; empty when there are none.</returns>
    public static IReadOnlyList<CiJobEnvelope> ReadAll(ReadOnlyMemory<byte> document, CiReaderOptions? options = null)
        => CiEncoding.DetectFormat(document.Span) == CiDocumentFormat.Json
            ? TolerantJson.ReadJobs(document, options ?? CiReaderOptions.Default, withOperations: false)
            : TolerantXml.ReadJobs(document, options ?? CiReaderOptions.Default, withOperations: false);

    internal void Set(ReadOnlySpan<byte> name, string text)
    {
        if (name.SequenceEqual("JobId"u8))
        {
            JobId ??= text;
        }
        else if (name.SequenceEqual("State"u8))
        {
            string trimmed = text.Trim(' ', '\t', '\r', '\n');
            State ??= trimmed is "" or "-" ? null : new CiJobState(trimmed);
        }
        else if (name.SequenceEqual("Code"u8))
        {
            Code ??= text;
        }
        else if (name.SequenceEqual("Message"u8))
        {
            Message ??= text;
        }
        else if (name.SequenceEqual("Tag"u8))
        {
            Tag ??= text;
        }
        else if (name.SequenceEqual("SubTag"u8))
        {
            SubTag ??= text;
        }
        else if (name.SequenceEqual("Progress"u8))
        {
            Progress ??= text;
        }
        else if (name.SequenceEqual("QueueId"u8))
        {
            QueueId ??= text;
        }
        else if (name.SequenceEqual("CreationTime"u8))
        {
            CreationTime ??= Time(text);
        }
        else if (name.SequenceEqual("StartTime"u8))
        {
            StartTime ??= Time(text);
        }
        else if (name.SequenceEqual("EndTime"u8))
        {
            EndTime ??= Time(text);
        }
    }

    private static DateTimeOffset? Time(string text)
        => ScalarText.TryTime(ScalarText.Trim(System.Text.Encoding.UTF8.GetBytes(text)), out DateTimeOffset time) ? time : null;
}
