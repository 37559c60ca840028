namespace CiCodegen.Runtime;

/// <summary>Reads what can be read of a broken document.</summary>
internal static class TolerantXml
{
    /// <summary>Gathers an <c>Error</c> document; null when the root is another or there is none.</summary>
    public static CiServiceErrorBuilder? ReadError(ReadOnlyMemory<byte> body)
    {
        CiServiceErrorBuilder? builder = null;
        Utf8ReadState state = Utf8ReadState.Rent();
        try
        {
            state.Tokens.Open(body, CiReaderOptions.Default, "Error");
            state.Tokens.Read(inContainer: true);
            if (state.Tokens.LocalName.SequenceEqual("Error"u8))
            {
                builder = new CiServiceErrorBuilder();
                state.ReadError(builder);
            }
        }
        catch (CiFormatException)
        {
            // What came before the defect counts.
        }
        finally
        {
            Utf8ReadState.Return(state);
        }

        return builder;
    }

    /// <summary>Gathers the jobs of a response, whatever its root is called.</summary>
    /// <param name="document">The document.</param>
    /// <param name="options">Limits.</param>
    /// <param name="withOperations">Whether the bytes of each job's <c>Operation</c> are kept.</param>
    public static List<CiJobEnvelope> ReadJobs(ReadOnlyMemory<byte> document, CiReaderOptions options, bool withOperations)
    {
        List<CiJobEnvelope> jobs = [];
        Utf8ReadState state = Utf8ReadState.Rent();
        Utf8XmlTokenizer tokens = state.Tokens;
        try
        {
            tokens.Open(document, options, "Response");
            tokens.Read(inContainer: true);
            while (tokens.Read(inContainer: true) is XmlToken token && token != XmlToken.End)
            {
                if (token != XmlToken.Start)
                {
                    continue;
                }

                if (tokens.IsForeign || !tokens.LocalName.SequenceEqual("JobsDetail"u8))
                {
                    tokens.Skip();
                    continue;
                }

                CiJobEnvelope job = new();
                jobs.Add(job);
                ReadJob(state, job, withOperations);
            }
        }
        catch (CiFormatException)
        {
            // What came before the defect counts.
        }
        finally
        {
            Utf8ReadState.Return(state);
        }

        return jobs;
    }

    private static void ReadJob(Utf8ReadState state, CiJobEnvelope job, bool withOperations)
    {
        Utf8XmlTokenizer tokens = state.Tokens;
        Span<byte> name = stackalloc byte[16];
        while (tokens.Read(inContainer: true) is XmlToken token && token != XmlToken.End)
        {
            if (token != XmlToken.Start)
            {
                continue;
            }

            if (tokens.IsForeign || tokens.LocalName.Length > 16)
            {
                tokens.Skip();
                continue;
            }

            if (withOperations && job.RawOperation.IsEmpty && tokens.LocalName.SequenceEqual("Operation"u8))
            {
                int start = tokens.TokenStart;
                tokens.Skip();
                job.RawOperation = tokens.Raw(start, tokens.TokenEnd).ToArray();
                continue;
            }

            if (tokens.LocalName.SequenceEqual("Operation"u8))
            {
                ReadUserData(state, job);
                continue;
            }

            // Copied: reading on may move it.
            int length = tokens.LocalName.Length;
            tokens.LocalName.CopyTo(name);
            job.Set(name[..length], state.ReadTolerantText());
        }
    }

    private static void ReadUserData(Utf8ReadState state, CiJobEnvelope job)
    {
        Utf8XmlTokenizer tokens = state.Tokens;
        while (tokens.Read(inContainer: true) is XmlToken token && token != XmlToken.End)
        {
            if (token != XmlToken.Start)
            {
                continue;
            }

            if (job.UserData is null && !tokens.IsForeign && tokens.LocalName.SequenceEqual("UserData"u8))
            {
                job.UserData = state.ReadTolerantText();
            }
            else
            {
                tokens.Skip();
            }
        }
    }
}
