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
            LogicalType.Int32 or LogicalType.Int64 => node.Unit == "s" && node.Range is null ? Number(Seconds(), 0) : Number(Whole(node.Range), 0),
            LogicalType.Decimal => node.Unit == "s" && node.Range is null ? Number(Seconds(), 6) : Number(Fraction(node.Range), 2),
            LogicalType.Boolean => _random.Next(0, 1) == 1 ? "true" : "false",
            LogicalType.Time => JobDocument.Time(ended),
            _ => Fitting(Text(node, parent), node),
        };
    }

    private string Text(NodeModel node, NodeModel parent) => (node.Name, node.Unit) switch
    {
        (_, "s") => Number(Seconds(), 6),
        (_, "%") => Number(_random.Next(0, 100), 0),
        (_, not null) => Number(Whole(null), 0),
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

    private decimal Whole(RangeModel? range)
    {
        (decimal least, decimal greatest) = Ends(range);
        least = decimal.Ceiling(least) + (range is { MinInclusive: false, Min: not null } && decimal.Ceiling(least) == least ? 1 : 0);
        greatest = decimal.Floor(greatest) - (range is { MaxInclusive: false, Max: not null } && decimal.Floor(greatest) == greatest ? 1 : 0);
        return least + _random.Next(0, (int)Math.Clamp(greatest - least, 0, 1_000_000));
    }

    // Never an end of the interval, so that open ends need no care.
    private decimal Fraction(RangeModel? range)
    {
        (decimal least, decimal greatest) = Ends(range);
        return least + ((greatest - least) * _random.Next(1, 99) / 100);
    }

    /// <summary>The interval, or what a picture's coordinates could be where there is none.</summary>
    private static (decimal Least, decimal Greatest) Ends(RangeModel? range)
    {
        decimal? min = range?.Min is { } low ? decimal.Parse(low, CultureInfo.InvariantCulture) : null;
        decimal? max = range?.Max is { } high ? decimal.Parse(high, CultureInfo.InvariantCulture) : null;
        decimal least = min ?? (max < 0 ? max.Value - 1079 : 0);
        return (least, max ?? least + 1079);
    }

    private static string Number(decimal value, int decimals) => decimal.Round(value, decimals).ToString("F" + decimals, CultureInfo.InvariantCulture);

    private static string Fitting(string text, NodeModel node)
    {
        text = text.Length < node.MinLength ? text.PadRight(node.MinLength.Value, '-') : text;
        return text.Length > node.MaxLength ? text[..node.MaxLength.Value] : text;
    }

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
