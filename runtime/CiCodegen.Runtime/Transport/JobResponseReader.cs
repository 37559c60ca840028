namespace CiCodegen.Runtime;

/// <summary>The one place where typed answers meet the UTF-8 lane.</summary>
internal static class JobResponseReader
{
    private static readonly CiNode s_root = CiNode.One("Response");

    /// <summary>Reads an answer with jobs of one Tag.</summary>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static ICiJobResponse<TJob> Read<TJob>(ReadOnlyMemory<byte> document, CiReaderOptions options)
        where TJob : CiJob, ICiJob<TJob>
    {
        Utf8ReadState state = Utf8ReadState.Rent();
        try
        {
            state.Start(document, options, s_root);
            Utf8CiReader reader = new(state);
            ICiJobResponse<TJob> result = TJob.ReadResponse(ref reader);
            state.Finish();
            return result;
        }
        finally
        {
            Utf8ReadState.Return(state);
        }
    }
}
