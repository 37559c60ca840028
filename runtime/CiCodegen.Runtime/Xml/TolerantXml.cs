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
}
