using CiCodegen.Runtime;

namespace CiCodegen.Conformance.Tests.Sweep;

/// <summary>Damaged documents through both XML lanes: same outcome, same code, same value, and the same place for what lies above well-formedness.</summary>
public sealed class SweepTests
{
    // Fixed, so that a run can be repeated; the documents of the full run are others than those of the gate.
    private const int GateSeed = 1;
    private const int FullSeed = 2;
    private const int GateCount = 10_000;
    private const int FullCount = 200_000;

    private static readonly bool s_isFull = Environment.GetEnvironmentVariable("CICODEGEN_FULL") == "1";

    [Fact]
    public void OwnSamples_AreReadAlike()
    {
        foreach (Sample sample in OwnSamples.All)
        {
            Outcome outcome = Lanes.Xml(sample.Document, sample.Form);
            Assert.True(outcome.Error is null || outcome.IsAboveWellFormedness, $"{sample}: {outcome}");
        }

        Assert.Equal(10, OwnSamples.All.Count);
    }

    [Fact]
    public void EveryCorpusSample_IsReadAlike()
    {
        Assert.SkipWhen(CorpusSamples.All.Count == 0, CorpusSamples.Missing);
        foreach (Sample sample in CorpusSamples.All)
        {
            Outcome outcome = Lanes.Xml(sample.Document, sample.Form);
            Assert.True(outcome.Error is null || outcome.IsAboveWellFormedness, $"{sample}: {outcome}");
            Lanes.Xml(sample.Document, Form.Any);
        }

        Assert.True(CorpusSamples.All.Count > 700, $"Only {CorpusSamples.All.Count} samples were found.");
    }

    [Fact]
    public void DamagedOwnSamples_AreReadAlike() => Damage(OwnSamples.All);

    [Fact]
    public void DamagedCorpusSamples_AreReadAlike()
    {
        Assert.SkipWhen(CorpusSamples.All.Count == 0, CorpusSamples.Missing);

        // Ten that are spread over the pages and neither trivial nor huge.
        Sample[] some = [.. CorpusSamples.All.Where(s => s.Document.Length is > 300 and < 4000)];
        Damage([.. Enumerable.Range(0, 10).Select(i => some[i * some.Length / 10])]);
    }

    /// <summary>Near a limit it matters which of two reasons comes first.</summary>
    [Fact]
    public void DamagedSamplesAtALimit_AreReadAlike()
    {
        Random random = new(s_isFull ? FullSeed : GateSeed);
        int exceeded = 0;
        int count = (s_isFull ? FullCount : GateCount) / 4;
        for (int i = 0; i < count; i++)
        {
            Sample sample = OwnSamples.All[random.Next(OwnSamples.All.Count)];
            Form form = i % 4 == 0 ? Form.Any : sample.Form;
            CiReaderOptions options = new()
            {
                MaxDepth = random.Next(2, 9),
                MaxAttributes = random.Next(0, 4),
                // A document of any root has no limit as a whole, and how soon a part is found too long depends on the pieces it comes in.
                MaxTextLength = form != Form.Any ? random.Next(1, 40) : 10_000,
                MaxDocumentLength = form != Form.Any && random.Next(8) == 0 ? random.Next(1, sample.Document.Length) : 10_000,
            };
            byte[] document = random.Next(2) == 0 ? sample.Edit(random) : sample.Damage(random.Next(sample.DamageCount));
            exceeded += Lanes.Xml(document, form, null, options).Error == CiFormatError.LimitExceeded ? 1 : 0;
        }

        Assert.InRange(exceeded, count / 10, count - (count / 10));
    }

    private static void Damage(IReadOnlyList<Sample> samples)
    {
        Random random = new(s_isFull ? FullSeed : GateSeed);
        int count = s_isFull ? FullCount : GateCount;
        HashSet<string?> codes = [];
        for (int i = 0; i < count; i++)
        {
            // Truncations are few among all, so they have a share of their own.
            Sample sample = samples[random.Next(samples.Count)];
            byte[] document = (i % 4) switch
            {
                0 => sample.Damage(random.Next(sample.Document.Length)),
                1 => sample.Edit(random),
                _ => sample.Damage(random.Next(sample.DamageCount)),
            };
            codes.Add(Lanes.Xml(document, i % 8 == 7 ? Form.Any : sample.Form).Error?.ToString());
        }

        // A sweep that meets one kind of error only would have damaged nothing.
        Assert.True(codes.Count >= 5, string.Join(", ", codes));
    }
}
