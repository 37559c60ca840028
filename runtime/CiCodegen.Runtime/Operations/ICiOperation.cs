using System.Buffers;

namespace CiCodegen.Runtime;

/// <summary>A call of the service that is about no single job: queues, batches, workflows.</summary>
/// <param name="Name">The operation's name in its schema, as in <c>ListQueues</c>.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path; a name in braces stands for the parameter of that name, as in <c>/queue/{QueueId}</c>. What follows a question mark always goes into the query.</param>
public sealed record CiOperation(string Name, string Method, string Path);

/// <summary>An operation with what it sends; emitted for each schema with <c>kind: operation</c>.</summary>
public interface ICiOperation
{
    /// <summary>Which call it is.</summary>
    CiOperation Operation { get; }

    /// <summary>Checks parameters and document against the schema.</summary>
    /// <returns>Every violation at once.</returns>
    CiValidationResult Validate();

    /// <summary>Gives the parameters of path and query away.</summary>
    /// <param name="writer">Takes them.</param>
    void WriteParameters(ref CiParameterWriter writer);

    /// <summary>Writes the document that is sent, as UTF-8 XML.</summary>
    /// <param name="output">Where to.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="CiFormatException">A text holds a character that XML cannot carry.</exception>
    bool WriteDocument(IBufferWriter<byte> output);
}

/// <summary>An operation and what it is answered with.</summary>
/// <typeparam name="TResponse">The answer; <see cref="CiEmptyResponse"/> where there is no document.</typeparam>
public interface ICiOperation<TResponse> : ICiOperation
    where TResponse : class, ICiDocument<TResponse>
{
}
