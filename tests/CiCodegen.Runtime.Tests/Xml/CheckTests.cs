using System.IO.Pipelines;
using System.Text;
using CiCodegen.Tests;

namespace CiCodegen.Runtime.Tests;

/// <summary>Documents with any root, checked while they come.</summary>
public sealed class CheckTests
{
    private static readonly CiReaderOptions s_small = new() { MaxTextLength = 50_000, MaxDepth = 9, MaxAttributes = 7 };

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(100_000)]
    public void PartsAtTheirLimits_AreFine(int piece)
    {
        string text = string.Concat(Enumerable.Repeat("中&amp;\r\n&#x1F600;x", 8333)) + "12";
        string document = $"<a>{text}<!-- {new string('>', 200_000)} --><?p {new string('>', 200_000)}?><b>{new string(' ', 50_000)}</b>"
            + $"<![CDATA[{text.Replace("&amp;", "&", StringComparison.Ordinal).Replace("&#x1F600;", "😀", StringComparison.Ordinal)}]]><c d='{new string('>', 49_000)}' a1='' a2='' a3='' a4='' a5='' a6=''/></a>";
        Assert.Null(Both(document, piece).Error);
        Assert.Null(Lanes.Check(() => CiXml.Check(Encoding.UTF8.GetBytes(document), s_small)).Error);
    }

    public static TheoryData<string, int, int> TooLarge => new()
    {
        { $"<a>\n<b>1{new string('x', 50_000)}</b></a>", 2, 4 },
        { $"<a>\n{new string(' ', 50_001)}</a>", 1, 4 },
        { $"<a>\n<b><![CDATA[{new string('x', 50_001)}]]></b></a>", 2, 13 },
        { $"<a>\n<b>x<!-- -->{new string('\r', 49_999)}<![CDATA[y]]></b></a>", 2, 4 },
        { $"<a>\n<b>{string.Concat(Enumerable.Repeat("&#x1F600;", 25_001))}</b></a>", 2, 4 },
        { $"{new string('\n', 50_001)}<a/>", 1, 1 },
        { $"<a/>{new string('\n', 50_001)}", 1, 5 },
        { $"<a>\n<b c='{new string('x', 50_001)}'/></a>", 2, 1 },
        { $"<a>\n<{new string('b', 50_001)}/></a>", 2, 1 },
        { "<a>\n<b c='' d='' e='' f='' g='' h='' i='' j=''/></a>", 2, 1 },
        { "<a>\n<b><b><b><b><b><b><b><b><b></b></b></b></b></b></b></b></b></b></a>", 2, 25 },
    };

    [Theory]
    [MemberData(nameof(TooLarge))]
    public void PartBeyondItsLimit_IsRefusedWhereItBegins(string document, int line, int column)
    {
        foreach (int piece in new[] { 1, 4096, 100_000 })
        {
            Outcome outcome = Both(document, piece);
            Assert.Equal((CiFormatError.LimitExceeded, line, column), (outcome.Error, outcome.Line, outcome.Column));
        }

        Outcome whole = Lanes.Check(() => CiXml.Check(Encoding.UTF8.GetBytes(document), s_small));
        Assert.Equal((CiFormatError.LimitExceeded, line, column), (whole.Error, whole.Line, whole.Column));
    }

    [Fact]
    public void EndlessPart_IsRefusedAsSoonAsItsLimitIsPassed()
    {
        CiReaderOptions options = new() { MaxTextLength = 300_000 };
        foreach ((string start, string more) in new[]
        {
            ("<a>", "text"), ("<a>", " \n"), ("", "\n"), ("<a>", "&#x41;"), ("<a>&#x", "0"), ("<a><![CDATA[", "]]"), ("<a b='", "c"), ("<a ", " "), ("<", "a"),
            ("<a></a", " "), ("", "<a>"), ("<a", " b='1' "), ("<a ", ">"), ("<?xml version='1.0'", " "),
        })
        {
            foreach (bool isReader in new[] { false, true })
            {
                EndlessStream stream = new(start, more);
                Outcome outcome = Lanes.Check(() =>
                {
                    if (isReader)
                    {
                        CiXmlInterop.Check(stream, options);
                    }
                    else
                    {
                        CiXml.Check(stream, options);
                    }
                });
                Assert.True(outcome.Error is CiFormatError.LimitExceeded or CiFormatError.NotWellFormed, $"{start}…{more}: {outcome}");

                // A reference of one unit has six bytes; the rest is what was read ahead.
                Assert.InRange(stream.Given, 0, (options.MaxTextLength * 6) + (128 * 1024));
            }
        }
    }

    [Fact]
    public async Task Cancelled_Stops()
    {
        using CancellationTokenSource source = new();
        CancellingStream stream = new(source);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CiXml.CheckAsync(stream, null, source.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => CiXml.Check(stream, null, source.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => CiXmlInterop.Check(stream, null, source.Token));
    }

    [Fact]
    public async Task Async_SaysTheSame()
    {
        await CiXml.CheckAsync(new PieceStream(Encoding.Unicode.GetBytes("<a>中</a>"), 3), null, TestContext.Current.CancellationToken);
        await CiXml.CheckAsync(PipeReader.Create(new PieceStream(Encoding.Unicode.GetBytes("<a>中</a>"), 3)), null, TestContext.Current.CancellationToken);
        CiFormatException exception = await Assert.ThrowsAsync<CiFormatException>(
            () => CiXml.CheckAsync(new PieceStream("<a>\r\n<b></a>"u8.ToArray(), 1), null, TestContext.Current.CancellationToken));
        Assert.Equal((CiFormatError.NotWellFormed, 2, 4), (exception.Error, exception.Line, exception.Column));
    }

    private static Outcome Both(string document, int piece)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(document);
        Outcome utf8 = Lanes.Check(() => CiXml.Check(new PieceStream(bytes, piece), s_small));
        Outcome reader = Lanes.Check(() => CiXmlInterop.Check(new PieceStream(bytes, piece), s_small));
        Assert.Equal(utf8, reader);
        return utf8;
    }

    private sealed class CancellingStream(CancellationTokenSource source) : EndlessStream("<a>", "<b/>")
    {
        public override int Read(Span<byte> buffer)
        {
            if (Given > 100_000)
            {
                source.Cancel();
            }

            return base.Read(buffer);
        }
    }
}

/// <summary>A document without an end.</summary>
public class EndlessStream(string start, string more) : ForwardStream
{
    private readonly byte[] _more = Encoding.UTF8.GetBytes(more);
    private byte[] _start = Encoding.UTF8.GetBytes(start);
    private int _at;

    public long Given { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        int taken = Math.Min(buffer.Length, _start.Length);
        _start.AsSpan(0, taken).CopyTo(buffer);
        _start = _start[taken..];
        for (; taken < buffer.Length; taken++)
        {
            buffer[taken] = _more[_at];
            _at = (_at + 1) % _more.Length;
        }

        Given += taken;
        return taken;
    }
}
