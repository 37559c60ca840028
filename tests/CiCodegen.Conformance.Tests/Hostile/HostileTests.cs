using System.Diagnostics;
using System.Text.Json;

namespace CiCodegen.Conformance.Tests.Hostile;

/// <summary>The hostile documents through every lane, and through <c>read --batch</c>.</summary>
public sealed class HostileTests
{
    [Fact]
    public void EveryEntry_EndsAsItsManifestSays()
    {
        Assert.SkipUnless(HostileManifest.IsHere, HostileManifest.Missing);
        List<string> wrong = [];
        HashSet<string> walked = [];
        foreach (HostileEntry entry in HostileManifest.Entries)
        {
            byte[] document = HostileManifest.Read(entry);
            Stopwatch watch = Stopwatch.StartNew();
            long before = GC.GetAllocatedBytesForCurrentThread();
            wrong.AddRange((entry.Sweep is null ? Walk(entry, document) : Flip(document)).Select(w => $"{entry}: {w}"));
            if (watch.Elapsed.TotalSeconds > entry.Limits.Seconds)
            {
                wrong.Add($"{entry}: took {watch.Elapsed.TotalSeconds} s");
            }

            // What is allocated in all is more than what is ever held at once.
            double megabytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 1e6;
            if (entry.Sweep is null && megabytes > entry.Limits.Megabytes)
            {
                wrong.Add($"{entry}: allocated {megabytes} MB");
            }

            walked.Add(entry.Id);
        }

        Assert.Empty(wrong);
        Assert.Equal(HostileManifest.Entries.Count, walked.Count);
        Assert.True(walked.Count >= 172, $"Only {walked.Count} entries were walked.");
    }

    [Fact]
    public async Task ReadBatch_AnswersAsTheLanesDo()
    {
        Assert.SkipUnless(HostileManifest.IsHere, HostileManifest.Missing);
        List<(HostileEntry Entry, string As, string Lane)> asked = [];
        foreach (HostileEntry entry in HostileManifest.Entries.Where(e => e.Sweep is null))
        {
            foreach (string lane in new[] { "utf8", "xmlreader" })
            {
                if (entry.Level == "xml")
                {
                    asked.Add((entry, "any", lane));
                }

                asked.Add((entry, entry.Level == "callback" ? "callback" : "response", lane));
            }
        }

        JsonElement[] answers = await CliBatch.ReadAsync(asked.Select(a => (HostileManifest.FileOf(a.Entry), a.As, a.Lane)));
        Assert.Equal(asked.Count, answers.Length);
        List<string> wrong = [];
        foreach (((HostileEntry entry, string kind, string lane), JsonElement answer) in asked.Zip(answers))
        {
            Outcome found = CliBatch.Outcome(answer);

            // By content a callback may be taken for XML or JSON, so that its code may be either's.
            string? bad = kind == "callback" ? HostileVerdict.Of(entry, found, checksCode: false)
                : Outcome.Difference(found, InProcess(entry, kind, lane) with { ServiceError = null });
            if (bad is not null)
            {
                wrong.Add($"{entry} as {kind}, {lane}: {bad}");
            }
        }

        Assert.Empty(wrong);
        Assert.True(answers.Length >= 400, $"Only {answers.Length} answers.");
    }

    private static Outcome InProcess(HostileEntry entry, string kind, string lane)
    {
        byte[] document = HostileManifest.Read(entry);
        Form form = kind == "any" ? Form.Any : Form.Response;
        return lane == "utf8" ? Lanes.Utf8(document, form) : Lanes.Reader(document, form);
    }

    private static IEnumerable<string> Walk(HostileEntry entry, byte[] document)
    {
        if (entry.IsJson)
        {
            Outcome outcome = Lanes.Callback(document);
            return HostileVerdict.Of(entry, outcome) is { } bad ? [$"{bad}: {outcome}"] : [];
        }

        List<string> wrong = [];
        foreach (Form form in entry.Level == "xml" ? new[] { Form.Any, Form.Response } : [Form.Response])
        {
            Outcome utf8 = Lanes.Utf8(document, form);
            Outcome reader = Lanes.Reader(document, form);
            if (Outcome.Difference(utf8, reader) is { } difference)
            {
                wrong.Add($"the lanes disagree ({form})\n{difference}");
            }

            // What is well-formed need not be a response.
            if (!(form == Form.Response && entry.Level == "xml" && utf8.IsAboveWellFormedness) && HostileVerdict.Of(entry, utf8) is { } bad)
            {
                wrong.Add($"{bad} ({form}): {utf8}");
            }
        }

        return wrong;
    }

    private static List<string> Flip(byte[] document)
    {
        List<string> wrong = [];
        for (int i = 0; i < document.Length; i++)
        {
            byte original = document[i];
            foreach (byte change in new[] { (byte)(original ^ 1), (byte)(original ^ 0x80), (byte)0, (byte)'<', (byte)'&', (byte)'>' })
            {
                document[i] = change;
                if (Outcome.Difference(Lanes.Utf8(document, Form.Response), Lanes.Reader(document, Form.Response)) is { } difference)
                {
                    wrong.Add($"byte {i} as 0x{change:X2}\n{difference}");
                }
            }

            document[i] = original;
        }

        return wrong;
    }
}
