using System.Buffers;
using System.Text;

namespace CiCodegen.Runtime;

/// <summary>Reads and writes documents as JSON: callbacks, and the form that the command line prints.</summary>
public static class CiJson
{
    private static readonly CiNode s_job = CiNode.One("JobsDetail");

    /// <summary>Reads a document: an object with the root's children, with or without the root around them.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The bytes.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static TDocument Read<TDocument>(ReadOnlyMemory<byte> document, CiReaderOptions? options = null)
        where TDocument : class, ICiReadable<TDocument>, ICiRooted
    {
        JsonReadState state = JsonReadState.Rent();
        try
        {
            state.Start(document, options ?? CiReaderOptions.Default, TDocument.Root);
            JsonCiReader reader = new(state);
            TDocument result = TDocument.Read(reader);
            state.Finish();
            return result;
        }
        finally
        {
            JsonReadState.Return(state);
        }
    }

    /// <summary>Writes a document as an object with the root's children: typed scalars, repeated nodes always arrays, absent ones left out.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The document.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="CiFormatException">A text holds half a surrogate pair.</exception>
    public static void Write<TDocument>(TDocument document, IBufferWriter<byte> output)
        where TDocument : class, ICiWritable, ICiRooted
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(output);
        JsonWriteState state = JsonWriteState.Rent(output);
        try
        {
            JsonCiWriter writer = new(state);
            writer.Begin(TDocument.Root, document).Write(ref writer);
            state.Stack.CheckClosed(document);
            state.Writer.Flush();
        }
        finally
        {
            JsonWriteState.Return(state);
        }
    }

    /// <summary>Writes a job as an object with its nodes, as it stands in <c>JobsDetail</c> of its response.</summary>
    /// <typeparam name="TJob">The Tag's job.</typeparam>
    /// <param name="job">The job.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="CiFormatException">A text holds half a surrogate pair.</exception>
    public static void WriteJob<TJob>(TJob job, IBufferWriter<byte> output)
        where TJob : CiJob, ICiJob<TJob>
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(output);
        JsonWriteState state = JsonWriteState.Rent(output);
        try
        {
            JsonCiWriter writer = new(state);
            writer.Begin(s_job, job).Write(ref writer);
            state.Stack.CheckClosed(job);
            state.Writer.Flush();
        }
        finally
        {
            JsonWriteState.Return(state);
        }
    }

    /// <summary>Writes a document as a string.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The document.</param>
    public static string ToJson<TDocument>(TDocument document)
        where TDocument : class, ICiWritable, ICiRooted
    {
        ArrayBufferWriter<byte> output = new();
        Write(document, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
