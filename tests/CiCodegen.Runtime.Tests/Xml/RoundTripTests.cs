using System.Text;
using System.Xml;
using System.Xml.Linq;
using CsCheck;

namespace CiCodegen.Runtime.Tests;

public sealed class RoundTripTests
{
    private static readonly string[] s_special =
    [
        "", " ", "\r", "\n", "\r\n", "a\tb", "]]>", "<&>\"'", "中文", "😀", "\u0085\u2028\u007F", "\uFFFD\uFDD0", "{0} %s", new string('中', 9000),
    ];

    private static readonly Gen<string> s_text = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 0, 20],
        Gen.Int[0, 13].Select(i => s_special[i]));

    private static readonly Gen<DateTimeOffset?> s_time = Gen.Select(Gen.Long[0, DateTime.MaxValue.Ticks / 2], Gen.Int[-840, 840], Gen.Bool,
        (ticks, offset, whole) => (DateTimeOffset?)new DateTimeOffset(TimeSpan.TicksPerDay + (whole ? ticks - (ticks % TimeSpan.TicksPerSecond) : ticks), TimeSpan.FromMinutes(offset)));

    private static readonly Gen<SampleResponse> s_documents = Gen.Select(
        s_text.List[0, 3], s_text.Null(), s_time, Gen.Int.Nullable(), Gen.Long.Nullable(), Gen.Bool.Nullable(), Gen.Decimal.Nullable(), Gen.Int[0, 3],
        (ids, text, time, small, large, flag, number, count) =>
        {
            SampleResponse response = new() { RequestId = text };
            response.NonExistJobIds.AddRange(ids);
            SampleResult result = new();
            for (int i = 0; i < count; i++)
            {
                SampleRecognition recognition = new() { Time = number, Url = text };
                recognition.BodyInfo.Add(new SampleBody { Name = text, Score = small });
                result.BodyRecognition.Add(recognition);
                result.PetRecognition.Add(new SampleRecognition());
            }

            response.JobsDetail.Add(new SampleJob
            {
                JobId = text,
                State = CiJobState.Success,
                CreationTime = time,
                Operation = new SampleOperation { JobLevel = small, Size = large, Free = flag, UserData = text, VideoTargetRecResult = count > 1 ? result : null },
            });
            return response;
        });

    [Fact]
    public void EveryLane_ReadsWhatItWrites()
        => s_documents.Sample(
            document =>
            {
                string json = CiJson.ToJson(document);
                byte[] xml = CiXml.ToBytes(document);
                Assert.Equal(json, CiJson.ToJson(CiXml.Read<SampleResponse>(xml)));
                Assert.Equal(json, CiJson.ToJson(CiXmlInterop.Read<SampleResponse>(xml)));
                Assert.Equal(json, CiJson.ToJson(CiJson.Read<SampleResponse>(Encoding.UTF8.GetBytes(json))));
                Assert.Equal(xml, Interop(document));
            },
            iter: 300);

    [Fact]
    public void Xml_HasOneForm()
    {
        SampleResponse response = new() { RequestId = "a<&>\r\n", NextToken = "" };
        response.JobsDetail.Add(new SampleJob { CreationTime = new DateTimeOffset(2022, 6, 27, 15, 23, 10, TimeSpan.FromHours(8)), Operation = new SampleOperation { Free = true } });
        const string Expected = "<Response><JobsDetail><CreationTime>2022-06-27T15:23:10+0800</CreationTime><Operation><Free>true</Free></Operation></JobsDetail>"
            + "<RequestId>a&lt;&amp;&gt;&#xD;\n</RequestId><NextToken></NextToken></Response>";
        Assert.Equal(Expected, CiXml.ToXml(response));
        Assert.Equal(Expected, Encoding.UTF8.GetString(Interop(response)));
    }

    [Fact]
    public void EveryInteger_HasItsOwnDigits()
    {
        // Small ones are written by another way, wherever the writer's buffer of 16 KB ends.
        SampleRecognition all = new();
        long[] edges = [-10000, -9999, -1, 0, 9999, 10000, 10001, 99999, int.MinValue, int.MaxValue];
        foreach (long value in edges.Concat(Enumerable.Range(0, 10050).Select(i => (long)i)))
        {
            all.BodyInfo.Add(new SampleBody { Score = (int)value });
        }

        SampleResult result = new();
        result.BodyRecognition.Add(all);
        SampleResponse response = new();
        response.JobsDetail.Add(new SampleJob { Operation = new SampleOperation { VideoTargetRecResult = result, Size = long.MinValue } });
        response.JobsDetail.Add(new SampleJob { Operation = new SampleOperation { Size = 9999 } });
        response.JobsDetail.Add(new SampleJob { Operation = new SampleOperation { Size = 4294967296 + 5 } });

        XDocument written = XDocument.Parse(CiXml.ToXml(response));
        Assert.Equal(all.BodyInfo.Select(b => b.Score!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)), written.Descendants("Score").Select(e => e.Value));
        Assert.Equal(["-9223372036854775808", "9999", "4294967301"], written.Descendants("Size").Select(e => e.Value));
        Assert.Equal(CiXml.ToBytes(response), Interop(response));
    }

    [Fact]
    public void ShapeThatDoesNotCloseItself_IsNamed()
    {
        foreach (Action write in new Action[] { () => CiXml.ToXml(new OpenShape()), () => CiJson.ToJson(new OpenShape()), () => Interop(new OpenShape()) })
        {
            InvalidOperationException exception = Assert.Throws<InvalidOperationException>(write);
            Assert.Contains($"{nameof(OpenShape)} does not close its container 'Open'", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", 0x0000, "")]
    [InlineData("abc", 0x001F, "")]
    [InlineData("中", 0xFFFE, "中")]
    [InlineData("x", 0xD800, "")]
    [InlineData("", 0xDC00, "y")]
    public void WhatXmlCannotCarry_IsRefusedWithThePath(string before, int unit, string after)
    {
        string text = before + (char)unit + after;
        SampleResponse response = new();
        response.JobsDetail.Add(new SampleJob());
        response.JobsDetail.Add(new SampleJob { Operation = new SampleOperation { UserData = text } });
        foreach (Action write in new Action[] { () => CiXml.ToBytes(response), () => Interop(response) })
        {
            CiFormatException exception = Assert.Throws<CiFormatException>(write);
            Assert.Equal((CiFormatError.IllegalCharacter, "Response.JobsDetail[1].Operation.UserData"), (exception.Error, exception.Path));
            Assert.Contains($"U+{unit:X4}", exception.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Culture_DoesNotMatter()
    {
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            SampleResponse response = new();
            response.JobsDetail.Add(new SampleJob { EndTime = new DateTimeOffset(2022, 1, 2, 3, 4, 5, TimeSpan.Zero), Operation = new SampleOperation { JobLevel = -1 } });
            string expected = CiXml.ToXml(response);
            foreach (string name in new[] { "tr-TR", "fi-FI", "ar-SA", "th-TH", "sv-SE" })
            {
                System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo(name);
                Assert.Equal(expected, CiXml.ToXml(response));
                Assert.Equal(expected, Encoding.UTF8.GetString(Interop(response)));
                Assert.Equal(expected, CiXml.ToXml(CiXml.Read<SampleResponse>(Encoding.UTF8.GetBytes(expected))));
            }
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void AnyWriter_WhereverItStands_WritesTheSame()
    {
        SampleResponse response = new() { RequestId = "", NextToken = "a&b\r" };
        response.JobsDetail.Add(new SampleJob { JobId = "j", Operation = new SampleOperation { JobLevel = 2, Free = true } });
        string bare = CiXml.ToXml(response);
        Assert.Equal("<Response><JobsDetail><JobId>j</JobId><Operation><JobLevel>2</JobLevel><Free>true</Free></Operation></JobsDetail><RequestId></RequestId><NextToken>a&amp;b&#xD;</NextToken></Response>", bare);

        // In a document of the caller's the elements take the namespace that holds there.
        Assert.Equal($"<o xmlns=\"urn:x\">{bare}</o>", Text(static writer => writer.WriteStartElement("o", "urn:x"), static writer => writer.WriteEndElement()));
        Assert.Equal($"<o>{bare}{bare}</o>", Text(
            writer =>
            {
                writer.WriteStartElement("o");
                CiXmlInterop.Write(response, writer);
            },
            static writer => writer.WriteEndElement()));
        Assert.Equal($"<?p i?>{bare}", Text(static writer => writer.WriteProcessingInstruction("p", "i"), static _ => { }));

        XmlDocument tree = new();
        tree.LoadXml("<o xmlns=\"urn:x\"/>");
        using (XmlWriter writer = tree.DocumentElement!.CreateNavigator()!.AppendChild())
        {
            CiXmlInterop.Write(response, writer);
        }

        Assert.Equal("urn:x", tree.DocumentElement.FirstChild!.NamespaceURI);

        XDocument linq = new();
        using (XmlWriter writer = linq.CreateWriter())
        {
            CiXmlInterop.Write(response, writer);
        }

        using (XmlReader reader = linq.CreateReader())
        {
            Assert.Equal(CiJson.ToJson(response), CiJson.ToJson(CiXmlInterop.Read<SampleResponse>(reader)));
        }

        using MemoryStream stream = new();
        using (XmlDictionaryWriter writer = XmlDictionaryWriter.CreateTextWriter(stream, new UTF8Encoding(false), ownsStream: false))
        {
            CiXmlInterop.Write(response, writer);
        }

        Assert.Equal(bare, Encoding.UTF8.GetString(stream.ToArray()));

        string Text(Action<XmlWriter> before, Action<XmlWriter> after)
        {
            StringBuilder text = new();
            using (XmlWriter writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None }))
            {
                before(writer);
                CiXmlInterop.Write(response, writer);
                after(writer);
            }

            return text.ToString();
        }
    }

    private static byte[] Interop<TDocument>(TDocument document)
        where TDocument : class, ICiWritable, ICiRooted
    {
        using MemoryStream stream = new();
        XmlWriterSettings settings = new() { OmitXmlDeclaration = true, Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.None };
        using (XmlWriter writer = XmlWriter.Create(stream, settings))
        {
            CiXmlInterop.Write(document, writer);
        }

        return stream.ToArray();
    }

    /// <summary>Written by hand, without the last line.</summary>
    private sealed class OpenShape : ICiWritable, ICiRooted
    {
        public static CiNode Root { get; } = CiNode.One("Open");

        public void Write<TWriter>(ref TWriter writer)
            where TWriter : struct, ICiWriter
            => writer.WriteString(CiNode.One("A"), "a");
    }
}
