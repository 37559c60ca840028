using System.Text;

namespace CiCodegen.Runtime;

/// <summary>Reads a response that comes in pieces job by job.</summary>
/// <remarks>
/// A job whose end is in the window is read at once. Whatever does not come to that end so, and every other child of the root, is scanned
/// first, so that all of it is in the window, and then read as the type it is. Errors are those of a
/// read of the whole: what is above well-formedness waits for the rest of the document, and of an element that is ill-formed the typed
/// read tells what comes first in it.
/// </remarks>
/// <typeparam name="TJob">The Tag's job.</typeparam>
internal sealed class JobFrames<TJob> : IDisposable
    where TJob : CiJob, ICiJob<TJob>
{
    // How much of a job may come unscanned: what is ill-formed in it is said that much later, and before the limit is.
    private const int Patience = 256 * 1024;

    private static readonly CiNode s_job = CiNode.Many("JobsDetail");

    private readonly CiReaderOptions _options;
    private readonly long _patience;
    private readonly Utf8ReadState _state = Utf8ReadState.Rent();
    private readonly Utf8XmlTokenizer _tokens;
    private (int Line, int Column) _errorRoot;
    private CiFormatException? _refusal;
    private long _refusedAt;
    private Phase _phase;

    public JobFrames(CiReaderOptions options)
    {
        _options = options;
        _patience = Math.Min(Patience, options.MaxDocumentLength / 2);
        _tokens = _state.Tokens;
        Window = new DocumentWindow(_tokens, options.Lenient);
        _state.OpenPieces(options, JobResponseReader.Root);
    }

    private enum Phase
    {
        Root,
        ErrorRoot,
        Jobs,
        Rest,
        Ended,
    }

    /// <summary>Where the document comes in.</summary>
    public DocumentWindow Window { get; }

    /// <summary>What stands beside the jobs, as far as it has come; null before the root.</summary>
    public ICiJobResponse<TJob>? Response { get; private set; }

    /// <summary>Whether the document has been read to its end.</summary>
    public bool HasEnded => _phase == Phase.Ended;

    /// <summary>Reads the next job.</summary>
    /// <returns>The job; null when more of the document is needed, or when it has ended.</returns>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public TJob? Next()
    {
        try
        {
            return Advance();
        }
        catch (CiFormatException exception) when (_refusal is null && exception.Error is CiFormatError.BadScalar or CiFormatError.DuplicateNode
            or CiFormatError.StrayText or CiFormatError.UnexpectedRoot)
        {
            // What is ill-formed further on goes before, as far as a whole document may reach.
            _refusal = exception;
            _refusedAt = Window.Length;
            _phase = Phase.Rest;
            _tokens.Release();
            return Advance();
        }
    }

    public void Dispose()
    {
        Window.Dispose();
        Utf8ReadState.Return(_state);
    }

    private TJob? Advance()
    {
        while (true)
        {
            switch (_phase)
            {
                case Phase.Root:
                    if (_tokens.Pull(inContainer: true) == XmlToken.More)
                    {
                        return null;
                    }

                    Begin();
                    break;
                case Phase.ErrorRoot:
                    if (!Window.HasEnded)
                    {
                        return null;
                    }

                    _tokens.Release();
                    _state.RefuseRoot(JobResponseReader.Root.Name, "Error", _errorRoot);
                    break;
                case Phase.Jobs:
                    Utf8XmlTokenizer.Framing framing = _tokens.Frame(s_job, _patience);
                    if (framing == Utf8XmlTokenizer.Framing.Coming)
                    {
                        return null;
                    }

                    if (framing == Utf8XmlTokenizer.Framing.Unknown || !TryJob(out TJob? job))
                    {
                        if (!Scan())
                        {
                            return null;
                        }

                        job = ReadJob();
                    }

                    _tokens.Release();
                    if (_tokens.Depth > 0)
                    {
                        _tokens.Keep();
                    }
                    else
                    {
                        _phase = Phase.Rest;
                    }

                    if (job is not null)
                    {
                        return job;
                    }

                    break;
                case Phase.Rest:
                    XmlToken token = _tokens.Pull(inContainer: true);
                    if (token == XmlToken.More)
                    {
                        return _refusal is not null && Window.Length - _refusedAt > _options.MaxDocumentLength ? throw _refusal : null;
                    }

                    _phase = token == XmlToken.EndOfDocument ? Phase.Ended : Phase.Rest;
                    break;
                default:
                    return _refusal is null ? null : throw _refusal;
            }
        }
    }

    private void Begin()
    {
        string name = Encoding.UTF8.GetString(_tokens.LocalName);
        (int Line, int Column) place = _tokens.Position(_tokens.TokenStart);
        if (_tokens.LocalName.SequenceEqual(JobResponseReader.Root.Utf8Name))
        {
            Utf8CiReader reader = new(_state);
            Response = TJob.BeginResponse(reader);
            _phase = Phase.Jobs;
        }
        else if (name == "Error")
        {
            // A small document: what the service says is gathered once all of it is there.
            _errorRoot = place;
            _phase = Phase.ErrorRoot;
        }
        else
        {
            _state.RefuseRoot(JobResponseReader.Root.Name, name, place);
        }

        _tokens.Keep();
    }

    /// <summary>Scans one child of the root, or what follows the last, and returns to where it begins.</summary>
    /// <returns>Whether all of it has come.</returns>
    private bool Scan()
    {
        XmlToken token;
        do
        {
            try
            {
                token = _tokens.Pull(inContainer: true);
            }
            catch (CiFormatException)
            {
                _tokens.Rewind(toEnd: true);
                ReadJob();
                throw;
            }

            if (token == XmlToken.More)
            {
                return false;
            }
        }
        while (token != XmlToken.End || _tokens.Depth > 1);

        if (_tokens.KeptLength > _options.MaxDocumentLength)
        {
            throw _tokens.TooLong();
        }

        _tokens.Rewind(toEnd: false);
        return true;
    }

    /// <summary>Reads a job that seems to be whole, without a scan before.</summary>
    /// <returns>Whether it was; nothing has happened otherwise, and the scan says what is the matter.</returns>
    private bool TryJob(out TJob? job)
    {
        _tokens.Stack.Save();
        try
        {
            job = ReadJob();
            if (_tokens.IsFrameRead)
            {
                return true;
            }
        }
        catch (CiFormatException)
        {
            job = null;
        }

        _tokens.Stack.Restore();
        _tokens.Unframe();
        return false;
    }

    private TJob? ReadJob()
    {
        Utf8CiReader reader = new(_state);
        return TJob.ReadJob(Response!, reader);
    }
}
