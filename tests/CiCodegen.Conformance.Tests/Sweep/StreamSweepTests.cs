using CiCodegen.Conformance.CiJobs;
using CiCodegen.Runtime;

namespace CiCodegen.Conformance.Tests.Sweep;

/// <summary>Damaged documents that come in pieces are judged as those that are there at once.</summary>
public sealed class StreamSweepTests
{
    private static readonly int s_count = Environment.GetEnvironmentVariable("CICODEGEN_FULL") == "1" ? 50_000 : 2_000;

    private static readonly Sample[] s_responses = [.. OwnSamples.All.Where(s => s.Form == Form.Response && Lanes.Utf8(s.Document, s.Form).Error is null)];

    [Fact]
    public void Check_DoesNotDependOnPieces()
    {
        Random random = new(3);
        HashSet<string?> codes = [];
        for (int i = 0; i < s_count; i++)
        {
            Sample sample = OwnSamples.All[random.Next(OwnSamples.All.Count)];
            byte[] document = Damage(sample, random);
            Outcome whole = Lanes.Xml(document, Form.Any);
            Outcome pieces = Outcome.Of(() => Check(() => CiXml.Check(new PieceStream(document, i))));
            Outcome reader = Outcome.Of(() => Check(() => CiXmlInterop.Check(new PieceStream(document, i))));
            Assert.True(whole == pieces, $"{sample}\nwhole:  {whole}\npieces: {pieces}\nin: {Lanes.Show(document)}");
            Assert.True(whole.Error == reader.Error, $"{sample}\nwhole:  {whole}\nreader: {reader}\nin: {Lanes.Show(document)}");

            // What a typed read calls ill-formed is ill-formed there too, at the same place.
            Outcome typed = Lanes.Utf8(document, sample.Form);
            if (typed.Error is not null && !typed.IsAboveWellFormedness)
            {
                Assert.True((typed.Error, typed.Line, typed.Column) == (whole.Error, whole.Line, whole.Column), $"{sample}\ntyped: {typed}\nwhole: {whole}\nin: {Lanes.Show(document)}");
            }

            codes.Add(whole.Error?.ToString());
        }

        Assert.True(codes.Count >= 4, string.Join(", ", codes));
    }

    [Fact]
    public async Task Jobs_AreThoseOfTheWholeResponse()
    {
        Random random = new(4);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < s_count; i++)
        {
            Sample sample = s_responses[random.Next(s_responses.Length)];
            byte[] document = random.Next(4) == 0 ? sample.Document : Damage(sample, random);
            Outcome whole = Lanes.Utf8(document, Form.Response);
            VideoTargetRecResponse jobs = new();
            CiFormatException? error = null;
            try
            {
                await foreach (VideoTargetRecJob job in CiXml.ReadJobsAsync<VideoTargetRecJob>(new PieceStream(document, i), null, TestContext.Current.CancellationToken))
                {
                    jobs.JobsDetail.Add(job);
                }
            }
            catch (CiFormatException e)
            {
                error = e;
            }

            Assert.True(whole.Error is null == error is null, $"{sample}\nwhole: {whole}\njobs:  {error?.Message}\nin: {Lanes.Show(document)}");
            if (error is null)
            {
                VideoTargetRecResponse due = CiXml.Read<VideoTargetRecResponse>(document);
                VideoTargetRecResponse dueJobs = new();
                dueJobs.JobsDetail.AddRange(due.JobsDetail);
                Assert.Equal(CiJson.ToJson(dueJobs), CiJson.ToJson(jobs));
                read++;
            }
            else
            {
                refused++;
            }
        }

        Assert.True(read > s_count / 20 && refused > s_count / 4, $"{read} read, {refused} refused");
    }

    private static byte[] Damage(Sample sample, Random random) => random.Next(3) switch
    {
        0 => sample.Damage(random.Next(sample.Document.Length)),
        1 => sample.Edit(random),
        _ => sample.Damage(random.Next(sample.DamageCount)),
    };

    private static string? Check(Action check)
    {
        check();
        return null;
    }
}
