using System.Globalization;
using System.Text;
using System.Xml.Linq;
using CiCodegen.Schema;

namespace CiCodegen.Emulator;

/// <summary>Makes up nodes of an answer from the schema. Nothing is detected, and every text says so.</summary>
internal sealed class SyntheticResult(int seed, Job job, DateTimeOffset ended)
{
    private const string Synthetic = "synthetic";

    // Words of container names that say nothing about what was found.
    private static readonly string[] s_hollowEndings = ["Info", "Result", "Recognition", "Detail", "List"];

    private readonly SeededRandom _random = new(string.Create(CultureInfo.InvariantCulture, $"{seed} {job.JobId}"));
    private int _files;
    private int _milliseconds;

    /// <summary>The elements of a node: one, or one to three where it repeats.</summary>
    public IEnumerable<XElement> Make(NodeModel node, NodeModel parent)
    {
        int least = Math.Max(1, node.MinItems ?? 1);
        int count = node.IsMany ? _random.Next(least, Math.Max(least, Math.Min(3, node.MaxItems ?? 3))) : 1;
        List<XElement> elements = [];
        for (int i = 0; i < count; i++)
        {
            // One name of all those that a pattern stands for.
            string name = node.IsMap ? $"{node.Name[..^1]}{(node.Name.Length == 1 ? "Item" : "")}1" : node.Name;
            elements.Add(node.Type == LogicalType.Container
                ? new(name, node.Children.Select(child => Make(child, node)).ToList())
                : new(name, Scalar(node, parent)));
        }

        return elements;
    }

    private string Scalar(NodeModel node, NodeModel parent)
    {
        if (node.Const is not null)
        {
            return node.Const;
        }

        if (node.Enum is { Values.Count: > 0 } known)
        {
            return _random.Pick(known.Values).Text;
        }

        return node.Type switch
        {
            LogicalType.Int32 or LogicalType.Int64 => IsFreeTime(node) ? Number(Seconds(), 0) : SyntheticNumber.Whole(node, _random) ?? "0",
            LogicalType.Decimal => IsFreeTime(node) ? Number(Seconds(), 6) : SyntheticNumber.Fraction(node, _random),
            LogicalType.Boolean => _random.Next(0, 1) == 1 ? "true" : "false",
            LogicalType.Time => JobDocument.Time(ended),

            // A text with an interval or a step is a number.
            _ when node.Range is not null || node.MultipleOf is not null => SyntheticNumber.Whole(node, _random) ?? SyntheticNumber.Fraction(node, _random),
            _ => SyntheticText.Fitting(Text(node, parent), node, _random),
        };
    }

    private string Text(NodeModel node, NodeModel parent) => (node.Name, node.Unit) switch
    {
        (_, "s") => Number(Seconds(), 6),
        (_, "%") => Number(_random.Next(0, 100), 0),
        (_, not null) => Number(_random.Next(0, 1079), 0),
        ("Bucket" or "BucketId", _) => job.Bucket.Bucket,
        ("Region", _) => job.Bucket.Region,
        ("Md5" or "MD5", _) => $"{_random.Next():x16}{_random.Next():x16}",
        ("Object" or "ObjectName" or "ObjectPrefix", _) => Key(parent),
        ("Name", _) => $"{Synthetic}-{Kebab(Core(parent.Name))}",
        ({ } name, _) when name.EndsWith("Url", StringComparison.Ordinal) => $"http://{job.Bucket.ObjectHost}/{Key(parent)}",
        _ => $"{Synthetic}-{Kebab(node.Name)}",
    };

    private string Key(NodeModel parent) => string.Create(CultureInfo.InvariantCulture, $"{Synthetic}/{job.JobId}/{Kebab(parent.Name)}-{_files++}");

    /// <summary>Times in a video go up from node to node.</summary>
    private decimal Seconds()
    {
        _milliseconds += _random.Next(100, 1500);
        return _milliseconds / 1000m;
    }

    /// <summary>Whether a number is a time that nothing limits.</summary>
    private static bool IsFreeTime(NodeModel node) => node.Unit == "s" && node.Range is null && node.MultipleOf is null;

    private static string Number(decimal value, int decimals) => decimal.Round(value, decimals).ToString("F" + decimals, CultureInfo.InvariantCulture);

    private static string Core(string name)
    {
        string? ending = s_hollowEndings.FirstOrDefault(e => name.Length > e.Length && name.EndsWith(e, StringComparison.Ordinal));
        return ending is null ? name : name[..^ending.Length];
    }

    /// <summary><c>BodyRecognition</c> as <c>body-recognition</c>.</summary>
    private static string Kebab(string name)
    {
        StringBuilder kebab = new();
        for (int i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(name[i]) && char.IsAsciiLetterLower(name[i - 1]))
            {
                kebab.Append('-');
            }

            kebab.Append(char.IsAsciiLetterOrDigit(name[i]) ? char.ToLowerInvariant(name[i]) : '-');
        }

        return kebab.ToString();
    }
}
