using System.Text;

namespace CiCodegen.Conformance.Tests.Sweep;

/// <summary>Documents written for the sweep: between them they use all of the grammar that has no DTD.</summary>
internal static class OwnSamples
{
    public static IReadOnlyList<Sample> All { get; } =
    [
        Utf8("request", """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <Request>
              <Tag>VideoTargetRec</Tag>
              <Input><Object>in/a &amp; b.mp4</Object></Input>
              <Operation><VideoTargetRec><Body>true</Body><Pet> false </Pet><SnapshotFreq>1.50</SnapshotFreq></VideoTargetRec>
                <UserData>caf&#xE9; &lt;1&gt; &quot;x&apos;</UserData><JobLevel>2</JobLevel></Operation>
              <CallBackType>TDMQ</CallBackType><CallBackMqConfig><MqRegion>bj</MqRegion><MqMode>Queue</MqMode><MqName>q</MqName></CallBackMqConfig>
            </Request>
            """),
        Utf8("response", """
            <Response><JobsDetail><Code>Success</Code><Message/><JobId>j1</JobId><State>Success</State>
            <CreationTime>2024-02-29T23:59:59+0800</CreationTime><EndTime>-</EndTime><Tag>VideoTargetRec</Tag>
            <Operation><VideoTargetRecResult><BodyRecognition><Time>0.5</Time><BodyInfo><Name>p</Name><Score>99</Score>
            <Location><X>1</X><Y>2</Y></Location></BodyInfo><BodyInfo><Score>-1</Score></BodyInfo></BodyRecognition>
            <CarRecognition><CarInfo><Score>7</Score><Location><X>3</X><Width>-4</Width></Location></CarInfo></CarRecognition>
            <BodyRecognition/></VideoTargetRecResult></Operation></JobsDetail><JobsDetail/></Response>
            """),
        Utf8("error", """
            <?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>not &#39;yours&#39;</Message><Resource/>
            <RequestId>NjR=</RequestId><TraceId>T==</TraceId></Error>
            """),
        Utf8("markup", """
            <!-- head --><?style sheet="x"?>
            <Response ><!-- - -> --><JobsDetail a="1" b='2>'><?p?><JobId><![CDATA[<a>&]] ]]>-<!--x-->1</JobId >
            <Unknown><a:b xmlns:a="urn:u" a:c="&#10;"/>]]<?q r?></Unknown><State>Run<![CDATA[ning]]></State></JobsDetail
            ></Response><!-- tail --><?end?>
            """),
        Utf8("names", """
            <n:Response xmlns:n="urn:one" xmlns="urn:two" xmlns:m='urn:one' xml:lang="zh"><m:JobsDetail xml:space="preserve"><n:JobId>j</n:JobId>
            <JobId>foreign</JobId><名字.-_·é 属性="值"/><n:State xmlns="">S</n:State></m:JobsDetail></n:Response>
            """),
        Utf8("text", "\uFEFF<Response>\r\n<JobsDetail>\r<Message>中文 \U0001F600 é \u0085\u2028 ]] > \r\n &#13;&#x1F600;</Message>\t<JobId> j </JobId></JobsDetail></Response>\r\n"),
        Utf8("refused", """
            <Response><JobsDetail><JobId>a</JobId></JobsDetail><JobsDetail><CreationTime>2024-01-01</CreationTime>stray
            <JobId>b</JobId><JobId>c</JobId></JobsDetail></Response>
            """),
        Utf8("page", """
            <html><head><title>502 Bad Gateway</title></head><body bgcolor="white"><h1>502</h1><hr/></body></html>
            """),
        Sample.Of("utf16le", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("<?xml version='1.0' encoding='utf-16'?><Response><JobsDetail><JobId>é中\U0001F600&#65;</JobId></JobsDetail></Response>")]),
        Sample.Of("utf16be", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes("<Request><Tag>VideoTargetRec</Tag><Input><Object a='b'>x</Object></Input></Request>")]),
    ];

    private static Sample Utf8(string name, string text) => Sample.Of(name, Encoding.UTF8.GetBytes(text));
}
