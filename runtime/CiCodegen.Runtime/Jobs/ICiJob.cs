using System.Buffers;

namespace CiCodegen.Runtime;

/// <summary>A Tag's job as it comes back: emitted for the node <c>JobsDetail</c>.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface ICiJob<TSelf> : ICiShape<TSelf>
    where TSelf : CiJob, ICiJob<TSelf>
{
    /// <summary>The Tag and where its jobs are submitted.</summary>
    static abstract CiTag JobTag { get; }

    /// <summary>Reads a response document with jobs of this Tag.</summary>
    /// <typeparam name="TReader">The lane.</typeparam>
    /// <param name="reader">The lane, at the root.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    static abstract ICiJobResponse<TSelf> ReadResponse<TReader>(TReader reader)
        where TReader : struct, ICiReader;

    /// <summary>Begins a response document whose jobs are read one by one.</summary>
    /// <typeparam name="TReader">The lane.</typeparam>
    /// <param name="reader">The lane, at the root.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    static abstract ICiJobResponse<TSelf> BeginResponse<TReader>(TReader reader)
        where TReader : struct, ICiReader;

    /// <summary>Reads on to the next job; what stands beside jobs goes into the response.</summary>
    /// <typeparam name="TReader">The lane.</typeparam>
    /// <param name="response">What <see cref="BeginResponse"/> gave.</param>
    /// <param name="reader">The lane.</param>
    /// <returns>The job, which is not added to the response; null when there is none.</returns>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    static abstract TSelf? ReadJob<TReader>(ICiJobResponse<TSelf> response, TReader reader)
        where TReader : struct, ICiReader;
}

/// <summary>A response document with jobs, for code that learns the Tag only at run time.</summary>
public interface ICiJobResponse
{
    /// <summary>The jobs of node <c>JobsDetail</c>.</summary>
    IReadOnlyList<CiJob> Jobs { get; }

    /// <summary>Node <c>NextToken</c> of a list: where the next page starts.</summary>
    string? NextToken { get; }

    /// <summary>Node <c>NonExistJobIds</c> of a description: the ids that do not exist.</summary>
    List<string> NonExistJobIds { get; }

    /// <summary>Node <c>EventName</c> of a callback.</summary>
    string? EventName { get; }
}

/// <summary>A response document with jobs: emitted for the root <c>Response</c>.</summary>
/// <typeparam name="TJob">The Tag's job.</typeparam>
public interface ICiJobResponse<TJob> : ICiJobResponse
    where TJob : CiJob, ICiJob<TJob>
{
    /// <summary>Node <c>JobsDetail</c>.</summary>
    List<TJob> JobsDetail { get; }

    IReadOnlyList<CiJob> ICiJobResponse.Jobs => JobsDetail;
}

/// <summary>A request to make a job of any Tag.</summary>
public interface ICiJobRequest
{
    /// <summary>The Tag and where its jobs are submitted.</summary>
    CiTag JobTag { get; }

    /// <summary>Checks the request against its schema.</summary>
    /// <returns>Every violation at once.</returns>
    CiValidationResult Validate();

    /// <summary>Writes the request as a UTF-8 XML document.</summary>
    /// <param name="output">Where to.</param>
    /// <exception cref="CiFormatException">A text holds a character that XML cannot carry.</exception>
    void WriteTo(IBufferWriter<byte> output);

    /// <summary>Reads the first job of a response document as one of this request's Tag.</summary>
    /// <param name="document">The document, in UTF-8 or UTF-16 XML.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <returns>The job; null when there is none.</returns>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    CiJob? ReadJob(ReadOnlyMemory<byte> document, CiReaderOptions? options = null);
}

/// <summary>A request to make a job: emitted for the root <c>Request</c>.</summary>
/// <typeparam name="TJob">The Tag's job.</typeparam>
public interface ICiJobRequest<TJob> : ICiJobRequest
    where TJob : CiJob, ICiJob<TJob>
{
    CiTag ICiJobRequest.JobTag => TJob.JobTag;

    CiJob? ICiJobRequest.ReadJob(ReadOnlyMemory<byte> document, CiReaderOptions? options)
        => JobResponseReader.Read<TJob>(document, options ?? CiReaderOptions.Default).JobsDetail is [TJob job, ..] ? job : null;
}
