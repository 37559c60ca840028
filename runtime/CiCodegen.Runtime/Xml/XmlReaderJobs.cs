using System.Xml;

namespace CiCodegen.Runtime;

/// <summary>Reads a response job by job through an <see cref="XmlReader"/>.</summary>
/// <typeparam name="TJob">The Tag's job.</typeparam>
internal sealed class XmlReaderJobs<TJob> : IDisposable
    where TJob : CiJob, ICiJob<TJob>
{
    private readonly XmlReaderReadState _state = XmlReaderReadState.Rent();
    private readonly CiReaderOptions _options;
    private readonly JudgedStream? _judged;
    private XmlReader? _reader;
    private ICiJobResponse<TJob>? _response;

    /// <summary>Stands before the root of a reader that the caller brings.</summary>
    public XmlReaderJobs(XmlReader reader, CiReaderOptions options)
    {
        _options = options;
        _reader = reader;
    }

    /// <summary>Stands before a stream, which it owns.</summary>
    public XmlReaderJobs(JudgedStream judged, CiReaderOptions options)
    {
        _options = options;
        _judged = judged;
    }

    /// <summary>Reads the next job.</summary>
    /// <returns>The job; null at the end of the document.</returns>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public TJob? Next() => _judged is null ? Advance() : _judged.Judge(Advance, _state);

    public void Dispose()
    {
        XmlReaderReadState.Return(_state);
        if (_judged is not null)
        {
            _reader?.Dispose();
            _judged.Dispose();
        }
    }

    private TJob? Advance()
    {
        _reader ??= _judged!.CreateReader(CiXmlInterop.Settings());
        try
        {
            return Read(_reader);
        }
        catch (Exception exception) when (XmlReaderTokens.IsRefusal(exception))
        {
            throw _state.Tokens.Refusal(exception);
        }
    }

    private TJob? Read(XmlReader reader)
    {
        XmlReaderCiReader lane = new(_state);
        if (_response is null)
        {
            _state.Start(reader, _options, JobResponseReader.Root, _judged?.Encoding);
            _response = TJob.BeginResponse(lane);
        }

        TJob? job = TJob.ReadJob(_response, lane);
        if (job is null)
        {
            _state.Finish();
        }

        _judged?.Mark();
        return job;
    }
}
