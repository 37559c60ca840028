namespace CiCodegen.Cli.Tests;

/// <summary>Documents and schemas of the tests.</summary>
internal static class Samples
{
    public const string RequestJson = """{"Tag":"VideoTargetRec","Operation":{"TemplateId":"t1","JobLevel":"1"},"Input":{"Object":"a.mp4"}}""";

    public const string RequestXml = "<Request><Tag>VideoTargetRec</Tag><Operation><TemplateId>t1</TemplateId><JobLevel>1</JobLevel></Operation><Input><Object>a.mp4</Object></Input></Request>";

    public const string BadRequestJson = """{"Tag":"VideoTargetRec","Operation":{"JobLevel":"9"},"Input":{"Object":"a.mp4"}}""";

    public const string ResponseXml = """
        <Response><JobsDetail><Code>Success</Code><JobId>j1</JobId><State>Submitted</State><CreationTime>2025-11-19T08:00:00+0800</CreationTime><EndTime>-</EndTime>
        <Tag>VideoTargetRec</Tag></JobsDetail></Response>
        """;

    public const string ResponseJson = """{"JobsDetail":[{"Code":"Success","JobId":"j1","Tag":"VideoTargetRec","State":"Submitted","CreationTime":"2025-11-19T08:00:00+08:00"}]}""";

    /// <summary>A Tag that is not bundled.</summary>
    public const string EchoSchema = """
        kind: tag
        tag: Echo
        family: media
        http: POST /jobs
        verbs: [create, describe]

        request:
          required: true
          nodes:
            Tag: { required: true, const: Echo }
            Operation:
              required: true
              nodes:
                UserData: {}
                Echo:
                  required: true
                  nodes:
                    Words: { many: true, type: int, range: '[1, 9)' }
                    sentence_list: { maxLength: 4 }
                    Mode: { enum: [Fast, Slow], required: sentence_list == slow }

        response:
          nodes:
            JobsDetail:
              many: true
              nodes:
                Operation:
                  nodes:
                    EchoResult: { type: container, nodes: { Ratio: { type: decimal }, Done: { type: bool } } }
        """;

    /// <summary>A page of the docs, in the manner of theirs.</summary>
    public const string ProbePage =
        """
        # Probe

        Last updated: 2026-01-02

        ```
        POST /jobs HTTP/1.1
        ```

        | Node Name (Keyword) | Parent Node | Description | Type | Required |
        | --- | --- | --- | --- | --- |
        | Request | None | Container | Container | Yes |
        | Tag | Request | Job tag: Probe | String | Yes |
        | Operation | Request | Rule | Container | Yes |
        | Level | Request.Operation | How far | Int | No |

        | Node Name (Keyword) | Parent Node | Description | Type |
        | --- | --- | --- | --- |
        | Response | None | Container | Container |
        | JobsDetail | Response | Details | Container |
        | JobId | Response.JobsDetail | Job ID | String |

        """;

    /// <summary>A correction that fits the page as it is.</summary>
    public const string ProbeCorrection =
        """
        kind: correction
        tag: Probe
        corrections:
          - change: [Request.Operation.Level]
            reason: Levels end at 3.
            source: tried
            set: { range: '[0, 3]' }

        """;
}
