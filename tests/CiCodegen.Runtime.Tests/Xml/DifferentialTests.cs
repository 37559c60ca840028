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

    public static TheoryData<string> Documents => [Plain, Namespaced, Semantic, Refused];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Truncation_LanesAgree(string text)
    {
        byte[] document = Encoding.UTF8.GetBytes(text);
        for (int i = 0; i <= document.Length; i++)
        {
            Lanes.Xml(document[..i]);
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void ChangedByte_LanesAgree(string text)
    {
        byte[] document = Encoding.UTF8.GetBytes(text);
        byte[] changes = [0, 1, (byte)'<', (byte)'>', (byte)'&', (byte)'"', (byte)'\'', (byte)'/', (byte)'!', (byte)'?', (byte)' ', (byte)'\r', (byte)'\n',
            (byte)'-', (byte)']', (byte)':', (byte)'=', (byte)'x', (byte)'0', 0x7F, 0x80, 0xC3, 0xE4, 0xFF];
        for (int i = 0; i < document.Length; i++)
        {
            byte original = document[i];
            foreach (byte change in changes)
            {
                document[i] = change;
                Lanes.Xml(document);
            }

            document[i] = (byte)(original ^ 1);
            Lanes.Xml(document);
            document[i] = (byte)(original ^ 0x80);
            Lanes.Xml(document);
            document[i] = original;
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void RemovedOrDoubledByte_LanesAgree(string text)
    {
        byte[] document = Encoding.UTF8.GetBytes(text);
        for (int i = 0; i < document.Length; i++)
        {
            Lanes.Xml([.. document[..i], .. document[(i + 1)..]]);
            Lanes.Xml([.. document[..(i + 1)], .. document[i..]]);
        }
    }
}
