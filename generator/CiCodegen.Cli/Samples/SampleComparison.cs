using System.Globalization;
using System.Xml.Linq;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Samples;

/// <summary>An element that a typed value does not have as the document has it.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many elements that are: more than one where all below it is lost with it.</param>
internal sealed record SampleLoss(string Path, string Reason, int Count = 1);

/// <summary>Holds a document against what is written from the value that was read from it.</summary>
internal sealed class SampleComparison
{
    public const string NoNode = "no node of the schema";
    public const string NotKept = "read, but not kept";
    public const string Changed = "written with another value";
    public const string Added = "written, but not in the sample";

    private readonly List<SampleLoss> _losses = [];

    /// <summary>What is not the same.</summary>
    public IReadOnlyList<SampleLoss> Losses => _losses;

    /// <summary>How many elements the document has.</summary>
    public int Elements { get; private set; }

    /// <summary>How many of them have no value, so that they are as good as absent.</summary>
    public int Blank { get; private set; }

    /// <summary>Compares two documents.</summary>
    /// <param name="sample">The document.</param>
    /// <param name="written">What is written.</param>
    /// <param name="node">The node of the roots.</param>
    public static SampleComparison Of(XElement sample, XElement written, NodeModel node)
    {
        SampleComparison comparison = new();
        comparison.Compare(sample, written, node, node.Name);
        return comparison;
    }

    /// <summary>Counts a document that could not be read: all of it is lost.</summary>
    public static SampleComparison OfUnreadable(XElement sample, string reason)
    {
        SampleComparison comparison = new();
        comparison.Lose(sample, sample.Name.LocalName, reason);
        return comparison;
    }

    private void Compare(XElement sample, XElement written, NodeModel node, string path)
    {
        Elements++;
        if (node.Type != LogicalType.Container)
        {
            if (!AreSame(sample.Value, written.Value, node.Type))
            {
                _losses.Add(new SampleLoss(path, Changed));
            }

            return;
        }

        foreach (IGrouping<XName, XElement> same in sample.Elements().GroupBy(e => e.Name))
        {
            NodeModel? child = node.ChildFor(same.Key.LocalName);
            string childPath = $"{path}.{same.Key.LocalName}";
            XElement[] here = [.. same.Where(e => child is null || !IsBlank(e, child.Type))];
            XElement[] there = [.. written.Elements(same.Key)];
            Elements += same.Count() - here.Length;
            Blank += same.Count() - here.Length;
            for (int i = 0; i < here.Length; i++)
            {
                if (child is not null && i < there.Length)
                {
                    Compare(here[i], there[i], child, childPath);
                }
                else
                {
                    Lose(here[i], childPath, child is null ? NoNode : NotKept);
                }
            }

            for (int i = here.Length; i < there.Length; i++)
            {
                _losses.Add(new SampleLoss(childPath, Added));
            }
        }

        foreach (XElement more in written.Elements().Where(w => sample.Element(w.Name) is null))
        {
            _losses.Add(new SampleLoss($"{path}.{more.Name.LocalName}", Added));
        }
    }

    // Absent, empty and '-' are one but for texts and containers.
    private static bool IsBlank(XElement element, LogicalType type)
        => type is not (LogicalType.String or LogicalType.Container) && !element.HasElements && element.Value.Trim() is "" or "-";

    private static bool AreSame(string sample, string written, LogicalType type)
        => type == LogicalType.String ? sample == written
            : sample.Trim() == written
            || (type == LogicalType.Time && DateTimeOffset.TryParse(sample, CultureInfo.InvariantCulture, out DateTimeOffset a) && DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, out DateTimeOffset b) && a == b);

    private void Lose(XElement element, string path, string reason)
    {
        int count = element.DescendantsAndSelf().Count();
        Elements += count;
        _losses.Add(new SampleLoss(path, reason, count));
    }
}
