namespace CiCodegen.Runtime;

/// <summary>The one place where typed answers meet the UTF-8 lane.</summary>
internal static class JobResponseReader
{
    /// <summary>The root of every answer with jobs.</summary>
    public static CiNode Root { get; } = CiNode.One("Response");

    /// <summary>Reads an answer with jobs of one Tag.</summary>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static ICiJobResponse<TJob> Read<TJob>(ReadOnlyMemory<byte> document, CiReaderOptions options)
        where TJob : CiJob, ICiJob<TJob>
    {
        Utf8ReadState state = Utf8ReadState.Rent();
        try
        {
            state.Start(document, options, Root);
            Utf8CiReader reader = new(state);
            ICiJobResponse<TJob> response = TJob.ReadResponse(reader);
            state.Finish();
            return response;
        }
        finally
        {
            Utf8ReadState.Return(state);
        }
    }
}
