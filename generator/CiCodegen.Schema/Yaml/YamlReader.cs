using System.Globalization;
using System.Runtime.CompilerServices;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CiCodegen.Schema.Yaml;

/// <summary>Reads a YAML file into nodes with positions, under limits of ours.</summary>
/// <remarks>
/// Built on the event parser alone: the object deserialiser and the representation model recurse without a limit and end the
/// compiler's process on a file of 6 kB. The parser slows down with depth, so it is not asked for more once the limit is passed.
/// </remarks>
internal sealed class YamlReader
{
    public const int MaxLength = 1024 * 1024;
    public const int MaxDepth = 64;
    private const int MaxLooked = 16;
    private const string TabText = "a tab stands in the indentation; use spaces";

    private readonly string _text;
    private readonly ProblemList _problems;
    private readonly IParser _parser;
    private readonly List<(int Start, int End)> _blocks = [];
    private bool _isStopped;

    private YamlReader(string text, ProblemList problems)
    {
        _text = text;
        _problems = problems;

        // A last line of blanks belongs to a block of text before it, which the parser forgets without a line end.
        int line = text.LastIndexOf('\n') + 1;
        bool endsInBlanks = line < text.Length && text.Substring(line).TrimEnd(' ').Length == 0;
        _parser = new Parser(new StringReader(endsInBlanks ? text + "\n" : text));
    }

    /// <summary>Reads the file's only document.</summary>
    /// <returns>The root, as far as it was read before a problem that stops the reading; null when that is nothing.</returns>
    public static YamlNode? Read(string text, ProblemList problems, CancellationToken cancellationToken) => Read(text, problems, cancellationToken, out _);

    /// <summary>Reads the file's only document, and tells whether that is all of it.</summary>
    public static YamlNode? Read(string text, ProblemList problems, CancellationToken cancellationToken, out bool isWhole)
    {
        isWhole = false;

        // The mark is no column.
        if (text.Length > 0 && text[0] == '\uFEFF')
        {
            text = text.Substring(1);
        }

        if (text.Length > MaxLength)
        {
            problems.Add(ProblemDescriptors.YamlLimit, SpanAt(text, 0), $"The file has {text.Length.ToString(CultureInfo.InvariantCulture)} characters", MaxLength.ToString(CultureInfo.InvariantCulture));
            return null;
        }

        int replaced = text.IndexOf('\uFFFD');
        if (replaced >= 0)
        {
            // What decoders put where bytes are no UTF-8; reading on would silently change a name.
            problems.Add(ProblemDescriptors.YamlSyntax, SpanAt(text, replaced), "bytes stand here that are no UTF-8; save the file as UTF-8.");
            return null;
        }

        YamlReader reader = new(text, problems);
        try
        {
            YamlNode? root = reader.ReadStream(cancellationToken);
            isWhole = !reader._isStopped;
            return root;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            reader.Stop(e);
            return null;
        }
    }

    /// <summary>Reports what stops the reading; whoever holds a part of the tree hands out what it has.</summary>
    private void Stop(Exception exception)
    {
        _isStopped = true;
        switch (exception)
        {
            case StopException:
                break;
            case YamlException e:
                ReportSyntax(e.Start, e.Message);
                break;
            default:
                // The parser throws other types too on some input (seen: ArgumentOutOfRange, IndexOutOfRange, InvalidOperation).
                ReportSyntax(_parser.Current?.End ?? Mark.Empty, "the parser stopped here");
                break;
        }
    }

    private YamlNode? ReadStream(CancellationToken cancellationToken)
    {
        Expect<StreamStart>();
        if (Peek() is StreamEnd)
        {
            _problems.Add(ProblemDescriptors.YamlSyntax, SpanAt(_text, 0), "the file is empty; a schema begins with 'kind: tag', 'kind: shared' or 'kind: correction'");
            return null;
        }

        // Two of the tags are always there.
        if (Peek() is DocumentStart { Version: not null } or DocumentStart { Tags.Count: > 2 })
        {
            Refuse(Peek(), "Directives", "leave them out");
        }

        Expect<DocumentStart>();
        YamlNode root = ReadNode(0, cancellationToken);
        if (_isStopped)
        {
            return root;
        }

        Expect<DocumentEnd>();
        if (Peek() is DocumentStart second)
        {
            Refuse(second, "Several documents in one file", "write one file for each");
        }

        if (FindTabIndent() is int tab and >= 0)
        {
            // What stands where may be otherwise meant, so nothing else is told of this file.
            _problems.Add(ProblemDescriptors.YamlSyntax, SpanAt(_text, tab), TabText);
            _isStopped = true;
        }

        return root;
    }

    private YamlNode ReadNode(int depth, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ParsingEvent current = Peek();
        if (depth > MaxDepth)
        {
            _problems.Add(ProblemDescriptors.YamlLimit, Span(current), "The nodes stand too deep", MaxDepth.ToString(CultureInfo.InvariantCulture));
            throw new StopException();
        }

        if (current is AnchorAlias || (current is NodeEvent { Anchor.IsEmpty: false }))
        {
            Refuse(current, "Anchors and aliases", "write the node out, or make it a shared shape");
        }

        // Quoted scalars carry the non-specific tag '!', which says nothing.
        if (current is NodeEvent { Tag.IsEmpty: false } tagged && !(tagged is Scalar && tagged.Tag.IsNonSpecific))
        {
            Refuse(current, "Tags", "leave it out: every scalar is text");
        }

        switch (current)
        {
            case Scalar scalar:
                Advance();
                CheckCharacters(scalar);
                if (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded)
                {
                    _blocks.Add(((int)scalar.Start.Index, (int)scalar.End.Index));
                }

                return new YamlScalar(scalar.Value, scalar.Style != ScalarStyle.Plain, Span(scalar));
            case SequenceStart start:
                Advance();
                return ReadSequence(start, depth, cancellationToken);
            case MappingStart start:
                Advance();
                return ReadMap(start, depth, cancellationToken);
            default:
                ReportSyntax(current.Start, $"a value is due, not {current.GetType().Name}");
                throw new StopException();
        }
    }

    private YamlSequence ReadSequence(SequenceStart start, int depth, CancellationToken cancellationToken)
    {
        List<YamlNode> items = [];
        try
        {
            while (!_isStopped && Peek() is not SequenceEnd)
            {
                items.Add(ReadNode(depth + 1, cancellationToken));
            }

            AdvanceUnlessStopped();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Stop(e);
        }

        return new YamlSequence(items, Span(start));
    }

    private YamlMap ReadMap(MappingStart start, int depth, CancellationToken cancellationToken)
    {
        List<KeyValuePair<YamlScalar, YamlNode>> entries = [];
        Dictionary<string, int>? lines = null;
        try
        {
            while (!_isStopped && Peek() is not MappingEnd)
            {
                YamlNode key = ReadNode(depth + 1, cancellationToken);
                if (!_isStopped)
                {
                    AddEntry(entries, ref lines, key, ReadNode(depth + 1, cancellationToken));
                }
            }

            AdvanceUnlessStopped();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Stop(e);
        }

        return new YamlMap(entries, Span(start));
    }

    private void AddEntry(List<KeyValuePair<YamlScalar, YamlNode>> entries, ref Dictionary<string, int>? lines, YamlNode key, YamlNode value)
    {
        if (key is not YamlScalar name || (name.Text.Length == 0))
        {
            _problems.Add(ProblemDescriptors.WrongKind, key.Span, "key", "a name", key is YamlScalar ? "nothing" : Kind(key));
        }
        else if (LineOf(name.Text, entries, ref lines) is { } first)
        {
            _problems.Add(ProblemDescriptors.DuplicateKey, name.Span, name.Text, first.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            lines?.Add(name.Text, name.Span.Line);
            entries.Add(new KeyValuePair<YamlScalar, YamlNode>(name, value));
        }
    }

    /// <summary>The line of a key that is there already. Most mappings have so few that a table would cost more than it saves.</summary>
    private static int? LineOf(string key, List<KeyValuePair<YamlScalar, YamlNode>> entries, ref Dictionary<string, int>? lines)
    {
        if (lines is null && entries.Count < MaxLooked)
        {
            foreach (KeyValuePair<YamlScalar, YamlNode> entry in entries)
            {
                if (entry.Key.Text == key)
                {
                    return entry.Key.Span.Line;
                }
            }

            return null;
        }

        lines ??= entries.ToDictionary(static e => e.Key.Text, static e => e.Key.Span.Line, StringComparer.Ordinal);
        return lines.TryGetValue(key, out int line) ? line : null;
    }

    /// <summary>What a node is, in the words of messages.</summary>
    public static string Kind(YamlNode node) => node switch
    {
        YamlScalar { Text.Length: 0, IsQuoted: false } => "nothing",
        YamlScalar scalar => $"'{scalar.Text}'",
        YamlSequence => "a list",
        _ => "a mapping",
    };

    private ParsingEvent Peek()
    {
        // Before the first event Current is null.
        if (_parser.Current is null || _parser.Current is Comment)
        {
            Advance();
        }

        return _parser.Current ?? throw new StopException();
    }

    private void Advance()
    {
        do
        {
            if (!_parser.MoveNext())
            {
                return;
            }
        }
        while (_parser.Current is Comment);
    }

    private void AdvanceUnlessStopped()
    {
        if (!_isStopped)
        {
            Advance();
        }
    }

    private void Expect<TEvent>()
        where TEvent : ParsingEvent
    {
        ParsingEvent current = Peek();
        if (current is not TEvent)
        {
            ReportSyntax(current.Start, $"{typeof(TEvent).Name} is due, not {current.GetType().Name}");
            throw new StopException();
        }

        Advance();
    }

    [MethodImpl(HotLoop.Compiled)]
    private void CheckCharacters(Scalar scalar)
    {
        foreach (char c in scalar.Value)
        {
            if ((c < ' ' && c is not ('\t' or '\n' or '\r')) || c is '\uFFFE' or '\uFFFF')
            {
                _problems.Add(ProblemDescriptors.YamlSyntax, Span(scalar), $"the text has the character U+{((int)c).ToString("X4", CultureInfo.InvariantCulture)}, which neither XML nor C# can carry as it is");
                throw new StopException();
            }
        }
    }

    private void Refuse(ParsingEvent at, string what, string instead)
    {
        _problems.Add(ProblemDescriptors.YamlFeature, Span(at), what, instead);
        throw new StopException();
    }

    private void ReportSyntax(Mark mark, string detail)
    {
        int offset = Math.Min(Math.Max(0, (int)Math.Min(mark.Index, int.MaxValue)), _text.Length);

        // The parser reports a tab in the indentation at the start of what it was reading; the tab itself is what to mend.
        int tab = FindTabIndent();
        if (tab >= 0 && tab >= offset)
        {
            _problems.Add(ProblemDescriptors.YamlSyntax, SpanAt(_text, tab), TabText);
            return;
        }

        _problems.Add(ProblemDescriptors.YamlSyntax, SpanAt(_text, offset), detail.TrimEnd('.') + ".");
    }

    /// <summary>The first tab before what a line says; the parser lets some pass that YAML does not have. Blocks of text may begin with one.</summary>
    private int FindTabIndent()
    {
        if (_text.IndexOf('\t') < 0)
        {
            return -1;
        }

        int tab = -1;
        bool indent = true;
        for (int i = 0; i < _text.Length; i++)
        {
            char c = _text[i];
            if (c is '\n' or '\r')
            {
                indent = true;
                tab = -1;
            }
            else if (indent && c == '\t')
            {
                tab = tab < 0 ? i : tab;
            }
            else if (indent && c is not (' ' or '-'))
            {
                if (tab >= 0 && c != '#' && !_blocks.Exists(b => b.Start <= tab && tab < b.End))
                {
                    return tab;
                }

                indent = false;
            }
            else if (indent && c == '-' && tab >= 0 && !_blocks.Exists(b => b.Start <= tab && tab < b.End))
            {
                return tab;
            }
        }

        return -1;
    }

    private SourceSpan Span(ParsingEvent at)
    {
        int start = (int)at.Start.Index;
        int end = Math.Max(start, (int)at.End.Index);
        return new SourceSpan(start, end - start, (int)at.Start.Line, (int)at.Start.Column, (int)at.End.Line, (int)at.End.Column);
    }

    private static SourceSpan SpanAt(string text, int offset)
    {
        int line = 1;
        int column = 1;
        for (int i = 0; i < offset; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                line++;
                column = 1;
            }
            else
            {
                column++;
            }
        }

        return new SourceSpan(offset, 0, line, column, line, column);
    }

    private sealed class StopException : Exception;
}
