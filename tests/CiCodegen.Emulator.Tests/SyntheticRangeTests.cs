using System.Globalization;
using System.Xml.Linq;
using CiCodegen.Schema;

namespace CiCodegen.Emulator.Tests;

public sealed class SyntheticRangeTests
{
    [Theory]
    [InlineData("[0, 100]", "0", true, "100", true)]
    [InlineData("(4, 6)", "4", false, "6", false)]
    [InlineData("[7, 7]", "7", true, "7", true)]
    [InlineData("(0, 1)", "0", false, "1", false)]
    [InlineData("up to -5", null, false, "-5", true)]
    [InlineData("up to 5", null, false, "5", true)]
    [InlineData("from 3000", "3000", true, null, false)]
    [InlineData("nearly all", "-9000000000", true, "9000000000", true)]
    public void A_number_stays_in_its_interval(string text, string? min, bool minInclusive, string? max, bool maxInclusive)
    {
        RangeModel range = new(text, min, minInclusive, max, maxInclusive);
        bool hasWhole = text != "(0, 1)";
        for (int sequence = 0; sequence < 200; sequence++)
        {
            foreach (LogicalType type in (LogicalType[])[LogicalType.Decimal, LogicalType.Int64])
            {
                if (type == LogicalType.Decimal && min == max || type == LogicalType.Int64 && !hasWhole)
                {
                    continue;
                }

                decimal value = decimal.Parse(Make(new("N", "N", type, "", IsMany: false) { Range = range }, sequence).Single().Value, CultureInfo.InvariantCulture);
                Assert.True(min is null || (minInclusive ? value >= decimal.Parse(min, CultureInfo.InvariantCulture) : value > decimal.Parse(min, CultureInfo.InvariantCulture)), $"{value}");
                Assert.True(max is null || (maxInclusive ? value <= decimal.Parse(max, CultureInfo.InvariantCulture) : value < decimal.Parse(max, CultureInfo.InvariantCulture)), $"{value}");
            }
        }
    }

    [Theory]
    [InlineData(null, null, 1, 3)]
    [InlineData(5, null, 5, 5)]
    [InlineData(null, 2, 1, 2)]
    public void A_node_repeats_within_its_counts(int? minItems, int? maxItems, int least, int greatest)
    {
        NodeModel node = new("N", "N", LogicalType.String, "", IsMany: true) { MinItems = minItems, MaxItems = maxItems };
        int[] counts = [.. Enumerable.Range(0, 200).Select(sequence => Make(node, sequence).Count())];

        Assert.Equal(least, counts.Min());
        Assert.Equal(greatest, counts.Max());
    }

    [Theory]
    [InlineData("Name", "PetInfo", "synthetic-pet")]
    [InlineData("Name", "Info", "synthetic-info")]
    [InlineData("TemplateName", "Operation", "synthetic-template-name")]
    [InlineData("X-SheetPics", "Operation", "synthetic-x-sheet-pics")]
    [InlineData("BucketId", "Output", "a-1")]
    [InlineData("ImageUrl", "MediaInfo", "http://a-1.cos.r.myqcloud.com/synthetic/j1/media-info-0")]
    public void A_text_says_what_it_is(string name, string parent, string expected)
        => Assert.Equal(expected, Make(new(name, name, LogicalType.String, "String", IsMany: false), 1, parent).Single().Value);

    private static IEnumerable<XElement> Make(NodeModel node, int sequence, string parent = "P")
    {
        Job job = new()
        {
            Sequence = sequence, JobId = $"j{sequence}", Tag = null!, Bucket = new("a-1", "r"), QueueId = "p", Created = EmulatorFixture.Start, Request = new("Request"),
        };
        return new SyntheticResult(1, job, EmulatorFixture.Start).Make(node, new(parent, parent, LogicalType.Container, "", IsMany: false));
    }
}
