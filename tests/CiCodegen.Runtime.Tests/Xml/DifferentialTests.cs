using System.Text;

namespace CiCodegen.Runtime.Tests;

/// <summary>Both XML lanes over damaged documents: same outcome, same code, same value, same place.</summary>
public sealed class DifferentialTests
{
    private const string Plain = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- a comment --><?pi some data?>
        <Response>
        <RequestId>req&amp;1</RequestId>
        <JobsDetail kind='one' n="2&lt;">
          <JobId>j8d12</JobId><State> Success </State><Message>中文 😀 é</Message>
          <CreationTime>2022-06-27T15:23:10+0800</CreationTime><EndTime>-</EndTime>
          <Operation><JobLevel>1</JobLevel><Unknown><a b="c"/>text</Unknown>
            <VideoTargetRecResult><BodyRecognition><Time>1.50</Time><BodyInfo><Name>p</Name><Score>9<!-- x -->5</Score></BodyInfo></BodyRecognition>
            <PetRecognition/><BodyRecognition></BodyRecognition></VideoTargetRecResult>
            <UserData><![CDATA[<raw>&]]> tail &#x41;&#66; ]] </UserData><Free>true</Free>
          </Operation>
        </JobsDetail>
        </Response>
        <!-- end -->
        """;

    private const string Namespaced = """
        <x:Response xmlns:x="urn:a" xmlns="urn:b" xmlns:y='urn:a'><x:RequestId xml:space="default">r</x:RequestId>
        <RequestId>foreign</RequestId><y:NextToken y:a="1" a="2">t</y:NextToken><x:JobsDetail xmlns="urn:a"><JobId>j</JobId></x:JobsDetail></x:Response>
        """;

    private const string Semantic = """
        <Response><JobsDetail><JobId>a</JobId></JobsDetail><JobsDetail>
        <Operation><JobLevel>x1</JobLevel></Operation><JobId>b</JobId></JobsDetail><RequestId>1</RequestId><RequestId>2</RequestId>
        stray</Response>
        """;

    private const string Refused = """
        <Error><Code>InvalidArgument</Code><Message>no</Message><RequestId>q</RequestId><TraceId>t</TraceId></Error>
        """;

    private static readonly CiReaderOptions s_small = new() { MaxTextLength = 30, MaxDepth = 7, MaxAttributes = 2 };

    public static TheoryData<string> Documents => [Plain, Namespaced, Semantic, Refused];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Truncation_LanesAgree(string text)
    {
        foreach (byte[] document in Truncated(text))
        {
            Lanes.Xml(document);
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void ChangedByte_LanesAgree(string text)
    {
        foreach (byte[] document in Changed(text))
        {
            Lanes.Xml(document);
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void RemovedOrDoubledByte_LanesAgree(string text)
    {
        foreach (byte[] document in RemovedOrDoubled(text))
        {
            Lanes.Xml(document);
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void InPieces_IsCheckedAsAWhole(string text)
    {
        int piece = 0;
        foreach (byte[] document in Truncated(text).Concat(Changed(text)).Concat(RemovedOrDoubled(text)))
        {
            // Every size in turn, so that each byte is once the first and once the last of a piece.
            piece = (piece % 23) + 1;
            AssertSameCheck(document, piece);
        }

        foreach (Encoding encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            byte[] document = [.. encoding.GetPreamble(), .. encoding.GetBytes(text.Replace("UTF-8", encoding.WebName[..^(encoding == Encoding.BigEndianUnicode ? 2 : 0)], StringComparison.Ordinal))];
            for (int i = 0; i <= document.Length; i++)
            {
                AssertSameCheck(document[..i], (i % 23) + 1);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task JobByJob_IsReadAsAWhole(string text)
    {
        int piece = 0;
        foreach (byte[] document in Truncated(text).Concat(Changed(text)).Concat(RemovedOrDoubled(text)))
        {
            piece = (piece % 37) + 1;
            CiReaderOptions? options = piece % 2 == 0 ? null : s_small;
            Outcome whole = Lanes.Utf8(document, options);
            Outcome jobByJob = await Lanes.JobByJobAsync(new PieceStream(document, piece), options);
            if (whole != jobByJob)
            {
                Assert.Fail($"whole: {whole}\njob by job, in pieces of {piece}: {jobByJob}\nin: {Encoding.Latin1.GetString(document)}");
            }

            // The other lane measures all texts here.
            Outcome reader = Lanes.ReaderJobByJob(new PieceStream(document, piece));
            whole = options is null ? whole : Lanes.Utf8(document);
            if (Lanes.Difference(whole.Error is null ? whole with { Json = Lanes.JobsOf(whole.Json!) } : whole, reader) is { } difference)
            {
                Assert.Fail($"whole and job by job, in pieces of {piece}: {difference}\nin: {Encoding.Latin1.GetString(document)}");
            }
        }
    }

    private static void AssertSameCheck(byte[] document, int piece)
    {
        Outcome whole = Lanes.Utf8(document);
        Outcome inPieces = Lanes.Check(() => CiXml.Check(new PieceStream(document, piece)));
        (CiFormatError?, int, int, string) expected = whole.IsAboveWellFormedness ? (null, 0, 0, "") : (whole.Error, whole.Line, whole.Column, whole.Detail);
        if (expected != (inPieces.Error, inPieces.Line, inPieces.Column, inPieces.Detail))
        {
            Assert.Fail($"whole: {whole}\nin pieces of {piece}: {inPieces}\nin: {Encoding.Latin1.GetString(document)}");
        }

        Outcome reader = Lanes.Check(() => CiXmlInterop.Check(new PieceStream(document, piece)));
        if (reader.Error != inPieces.Error)
        {
            Assert.Fail($"in pieces of {piece}: {inPieces}\nreader: {reader}\nin: {Encoding.Latin1.GetString(document)}");
        }
    }

    private static IEnumerable<byte[]> Truncated(string text)
    {
        byte[] document = Encoding.UTF8.GetBytes(text);
        for (int i = 0; i <= document.Length; i++)
        {
            yield return document[..i];
        }
    }

    private static IEnumerable<byte[]> Changed(string text)
    {
        byte[] document = Encoding.UTF8.GetBytes(text);
        byte[] changes = [0, 1, (byte)'<', (byte)'>', (byte)'&', (byte)'"', (byte)'\'', (byte)'/', (byte)'!', (byte)'?', (byte)' ', (byte)'\r', (byte)'\n',
            (byte)'-', (byte)']', (byte)':', (byte)'=', (byte)'x', (byte)'0', 0x7F, 0x80, 0xC3, 0xE4, 0xFF];
        for (int i = 0; i < document.Length; i++)
        {
            byte original = document[i];
            foreach (byte change in changes.Append((byte)(original ^ 1)).Append((byte)(original ^ 0x80)))
            {
                document[i] = change;
                yield return document;
            }

            document[i] = original;
        }
    }

    private static IEnumerable<byte[]> RemovedOrDoubled(string text)
    {
        byte[] document = Encoding.UTF8.GetBytes(text);
        for (int i = 0; i < document.Length; i++)
        {
            yield return [.. document[..i], .. document[(i + 1)..]];
            yield return [.. document[..(i + 1)], .. document[i..]];
        }
    }
}
