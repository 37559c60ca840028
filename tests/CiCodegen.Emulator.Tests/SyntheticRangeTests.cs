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
    [InlineData("(0, 0.01)", null)]
    [InlineData("(0, 0.000001)", null)]
    [InlineData("[0.001, 0.001]", null)]
    [InlineData("(0.0009, 0.001]", null)]
    [InlineData("[0, 10000000000000000000000000000]", null)]
    [InlineData("[-70000000000000000000000000000, 70000000000000000000000000000]", null)]
    [InlineData("[70000000000000000000000000000, video duration]", null)]
    [InlineData("[0, 100]", "0.5")]
    [InlineData("[0, 0.5)", "0.5")]
    [InlineData("[-100, -1]", "7")]
    [InlineData("[0, 10000000000000000000000000000]", "0.001")]
    [InlineData("[1, 60]", "1.5")]
    public void A_number_is_of_its_interval_and_step(string interval, string? step)
    {
        RangeModel range = RangeParser.Parse(interval)!;
        foreach (LogicalType type in (LogicalType[])[LogicalType.Decimal, LogicalType.String])
        {
            for (int sequence = 0; sequence < 200; sequence++)
            {
                string text = Make(new("N", "N", type, "", IsMany: false) { Range = range, MultipleOf = step }, sequence).Single().Value;
                decimal value = decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
                Assert.True(RangeParser.Contains(range, value), text);
                Assert.True(step is null || value % decimal.Parse(step, CultureInfo.InvariantCulture) == 0, text);
            }
        }
    }

    [Theory]
    [InlineData(LogicalType.Int32, null, "7", int.MinValue, int.MaxValue)]
    [InlineData(LogicalType.Int32, "[128, 4096]", "2", 128, 4096)]
    [InlineData(LogicalType.Int32, "[-9000000000, 9000000000]", null, int.MinValue, int.MaxValue)]
    [InlineData(LogicalType.Int64, "[0, 10000000000000000000000000000]", null, 0, long.MaxValue)]
    [InlineData(LogicalType.Int32, "[0, 10]", "1.5", 3, 9)]
    public void A_whole_number_is_of_its_step_and_type(LogicalType type, string? interval, string? step, long least, long greatest)
    {
        for (int sequence = 0; sequence < 200; sequence++)
        {
            NodeModel node = new("N", "N", type, "", IsMany: false) { Range = interval is null ? null : RangeParser.Parse(interval), MultipleOf = step };
            long value = long.Parse(Make(node, sequence).Single().Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            Assert.True(value == 0 || (value >= least && value <= greatest), $"{value}");
            Assert.True(step is null || value % decimal.Parse(step, CultureInfo.InvariantCulture) == 0, $"{value}");
        }
    }

    [Fact]
    public void Decimals_are_as_many_as_the_interval_asks_for()
    {
        string Of(string interval) => Make(new("N", "N", LogicalType.Decimal, "", IsMany: false) { Range = RangeParser.Parse(interval) }, 1).Single().Value;

        Assert.Matches(@"^[0-9]+\.[0-9]{2}$", Of("[0, 30]"));
        Assert.Matches(@"^0\.00[0-9]{2}$", Of("(0, 0.01)"));
        Assert.Equal("0.50", Of("[0.50, 0.50]"));
    }

    [Theory]
    [InlineData("0-9", null, null, null, "^[0-9]{19}$")]
    [InlineData("A-Za-z", null, null, null, "^syntheticsomecode$")]
    [InlineData("A-Z", 6, 8, null, "^[A-Z]{8}$")]
    [InlineData("a-z", 30, null, null, "^syntheticsomecode[a-z]{13}$")]
    [InlineData("\u4e00-\u9fa5", null, 4, null, "^[\u4e00-\u9fa5]{4}$")]
    [InlineData("printable-ascii", null, 64, null, "^synthetic-some-code$")]
    [InlineData(null, null, null, "[a-z]+(-[a-z]+)*", "^synthetic-some-code$")]
    [InlineData(null, null, null, "0x[0-9A-Fa-f]{6}", "^0x[0-9A-Fa-f]{6}$")]
    [InlineData(null, null, null, @"(?:\d{1,3}\.){3}\d{1,3}|[^\x00-\x7f]", @"^((\d{1,3}\.){3}\d{1,3}|[^\x00-\x7f])$")]
    [InlineData(null, 12, 12, @"(?<a>ab|c)*[]x-]?\p{Lu}{2,}\$|^y{12}$", null)]
    [InlineData("0-9:", 8, null, @"[\w:]+?", "^[0-9:]{8,}$")]
    [InlineData(null, null, 3, "[a-z]{40}", "^syn$")]
    public void A_text_is_of_its_characters_length_and_pattern(string? charset, int? least, int? most, string? pattern, string? expected)
    {
        for (int sequence = 0; sequence < 50; sequence++)
        {
            string text = Make(new("SomeCode", "SomeCode", LogicalType.String, "String", IsMany: false) { Charset = charset, MinLength = least, MaxLength = most, Pattern = pattern }, sequence).Single().Value;
            Assert.Matches(expected ?? $"^(?:{pattern})$", text);
            Assert.True(text.Length >= (least ?? 0) && text.Length <= (most ?? int.MaxValue), text);
        }
    }

    [Theory]
    [InlineData("Object", null, @"^synthetic/j1/p-0\.mp4$")]
    [InlineData("Cover", 10, @"^synthe\.mp4$")]
    public void A_file_has_one_of_its_endings(string name, int? most, string expected)
        => Assert.Matches(expected, Make(new(name, name, LogicalType.String, "String", IsMany: false) { FileExt = EquatableArray.Of("mp4", "mov"), MaxLength = most }, 1).Single().Value);

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
