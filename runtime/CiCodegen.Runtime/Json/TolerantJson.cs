using System.Text;
using System.Text.Json;

namespace CiCodegen.Runtime;

/// <summary>Reads what can be read of broken JSON.</summary>
internal static class TolerantJson
{
    // Longer names are none of a job's own.
    private const int MaxNameLength = 16;

    /// <summary>Gathers the jobs of a response, with or without the root around them.</summary>
    /// <param name="document">The document.</param>
    /// <param name="options">Limits.</param>
    /// <param name="withOperations">Whether the bytes of each job's <c>Operation</c> are kept.</param>
    public static List<CiJobEnvelope> ReadJobs(ReadOnlyMemory<byte> document, CiReaderOptions options, bool withOperations)
    {
        List<CiJobEnvelope> jobs = [];
        JsonTokens tokens = new();
        try
        {
            tokens.Open(document, options, "Response");
            if (tokens.Read() && tokens.Type == JsonTokenType.StartObject)
            {
                ReadRoot(tokens, jobs, withOperations, isInside: false);
            }
        }
        catch (CiFormatException)
        {
            // What came before the defect counts.
        }

        return jobs;
    }

    private static void ReadRoot(JsonTokens tokens, List<CiJobEnvelope> jobs, bool withOperations, bool isInside)
    {
        Utf8Text scratch = default;
        bool isFirst = !isInside;
        while (tokens.Read() && tokens.Type == JsonTokenType.PropertyName)
        {
            bool isRoot = isFirst && tokens.IsNamed("Response"u8, ref scratch);
            bool isJobs = tokens.IsNamed("JobsDetail"u8, ref scratch);
            isFirst = false;
            tokens.Read();
            if (isRoot && tokens.Type == JsonTokenType.StartObject)
            {
                // What stands beside the root belongs to nobody.
                ReadRoot(tokens, jobs, withOperations, isInside: true);
                return;
            }

            if (!isJobs)
            {
                tokens.Skip();
            }
            else if (tokens.Type == JsonTokenType.StartArray)
            {
                while (tokens.Read() && tokens.Type != JsonTokenType.EndArray)
                {
                    ReadJob(tokens, jobs, withOperations);
                }
            }
            else
            {
                ReadJob(tokens, jobs, withOperations);
            }
        }
    }

    private static void ReadJob(JsonTokens tokens, List<CiJobEnvelope> jobs, bool withOperations)
    {
        // An empty text is an empty job, as for the strict reader.
        if (tokens.Type is not (JsonTokenType.StartObject or JsonTokenType.String))
        {
            tokens.Skip();
            return;
        }

        CiJobEnvelope job = new();
        jobs.Add(job);
        if (tokens.Type == JsonTokenType.String)
        {
            return;
        }

        Utf8Text scratch = default;
        Span<byte> name = stackalloc byte[MaxNameLength];
        while (tokens.Read() && tokens.Type == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> key = tokens.IsEscaped ? tokens.Unescape(ref scratch) : tokens.Raw;
            int length = key.Length > MaxNameLength ? 0 : key.Length;
            key[..length].CopyTo(name);
            tokens.Read();
            if (tokens.Type is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
            {
                job.Set(name[..length], Encoding.UTF8.GetString(tokens.IsEscaped ? tokens.Unescape(ref scratch) : tokens.Raw));
            }

            int start = tokens.TokenStart;
            tokens.Skip();
            if (withOperations && job.RawOperation.IsEmpty && name[..length].SequenceEqual("Operation"u8) && tokens.Type is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                job.RawOperation = tokens.Slice(start, tokens.TokenStart + 1).ToArray();
            }
        }
    }
}
