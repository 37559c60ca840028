using System.Text;
using System.Text.Json;
using CiCodegen.Conformance.CiJobs;
using CiCodegen.Runtime;

namespace CiCodegen.Conformance.Tests.Sweep;

/// <summary>What must never fail, over damaged callbacks and answers: finding out which jobs they are about, and saying in one way that they cannot be read.</summary>
public sealed class TolerantSweepTests
{
    private static readonly int s_count = Environment.GetEnvironmentVariable("CICODEGEN_FULL") == "1" ? 100_000 : 5_000;
    private static readonly CiCallbackParser s_parser = new(CiTagCatalog.All);

    private static readonly byte[][] s_documents =
    [
        .. OwnSamples.All.Select(s => s.Document),
        .. new[]
        {
            """{"EventName":"TaskFinish","JobsDetail":{"JobId":"j1","State":"Success","Code":"Success","Message":"","Tag":"VideoTargetRec","EndTime":"2024-02-29T01:02:03+0800"}}""",
            """{ "JobsDetail" : [ {"State":"Failed","JobId":"j\u0031","Tag":"VideoTargetRec","Operation":{"VideoTargetRecResult":{"BodyRecognition":{"Time":"1.5","BodyInfo":[{"Score":"95","Name":"中😀"},{"Score":7}]}}}}, null ] }""",
            """{"Response":{"Unheard":[1,2.5e3,true,null,{"a":[]}],"JobsDetail":{"JobId":"j1","Tag":"Unheard","Operation":{"x":"\ud83d\ude00"}}}}""",
            """{"Error":{"Code":"AccessDenied","Message":"no","RequestId":"r"}}""",
        }.Select(Encoding.UTF8.GetBytes),
        [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("""{"JobsDetail":{"JobId":"j1","Tag":"VideoTargetRec","Message":"中"}}""")],
    ];

    [Fact]
    public void Damaged_IsReadOrRefusedInOneWay()
    {
        Random random = new(5);
        HashSet<string> outcomes = [];
        for (int i = 0; i < s_count; i++)
        {
            byte[] original = s_documents[random.Next(s_documents.Length)];
            Sample sample = new("callback", original, Form.Response);
            byte[] document = random.Next(2) == 0 ? sample.Edit(random) : sample.Damage(random.Next(sample.DamageCount));
            try
            {
                IReadOnlyList<CiJobEnvelope> jobs = CiJobEnvelope.ReadAll(document);
                _ = CiServiceError.TryRead(document, out _);
                CiCallback callback = s_parser.Parse(document);
                Assert.Equal(callback.Jobs.Select(j => j.JobId), jobs.Select(j => j.JobId));
                outcomes.Add($"{callback.Format} {callback.Tag}");
                Assert.True(callback.Format != CiDocumentFormat.Json || original[0] == 0xFF || IsJson(document), Lanes.Show(document));
            }
            catch (CiFormatException e)
            {
                outcomes.Add(e.Error.ToString());
            }
            catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"{e}\nin: {Lanes.Show(document)}");
            }
        }

        Assert.True(outcomes.Count > 8, string.Join(", ", outcomes));
    }

    /// <summary>However much of an answer is lost, the ids that had come are not.</summary>
    [Fact]
    public void CutAnswer_KeepsTheIdsThatHadCome()
    {
        foreach (string text in new[]
        {
            "<Response><JobsDetail><JobId>j1</JobId><State>Success</State><Operation><a/></Operation></JobsDetail><JobsDetail><Code/><JobId>j2</JobId></JobsDetail></Response>",
            """{"JobsDetail":[{"JobId":"j1","State":"Success","Operation":{"a":[]}},{"Code":"","JobId":"j2"}]}""",
        })
        {
            byte[] document = Encoding.UTF8.GetBytes(text);
            for (int length = 0; length <= document.Length; length++)
            {
                string[] ids = [.. CiJobEnvelope.ReadAll(document.AsMemory(0, length)).Select(j => j.JobId).OfType<string>()];
                string[] due = [.. new[] { "j1", "j2" }.Where(id => text[..length].Contains(text[0] == '<' ? $">{id}</JobId>" : $"\"JobId\":\"{id}\"", StringComparison.Ordinal))];
                Assert.True(due.SequenceEqual(ids), $"{string.Join(", ", ids)} of {text[..length]}");
            }
        }
    }

    private static bool IsJson(byte[] document)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(document.AsMemory().Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? document.AsMemory(3) : document);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
