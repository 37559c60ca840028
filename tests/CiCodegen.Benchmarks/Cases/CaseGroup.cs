using CiCodegen.Benchmarks.Data;
using CiCodegen.Benchmarks.Measure;

namespace CiCodegen.Benchmarks.Cases;

/// <summary>Cases that do the same work, to be compared with the first.</summary>
/// <param name="Name">What they do.</param>
/// <param name="Bytes">How many bytes they do it to; 0 where that says nothing.</param>
/// <param name="Cases">The cases.</param>
internal sealed record CaseGroup(string Name, int Bytes, IReadOnlyList<Case> Cases)
{
    /// <summary>The names of all groups.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "read 1 KB", "read 10 KB", "read 100 KB", "read 100 KB pretty", "read 100 KB Chinese", "read 100 KB Chinese pretty", "read 1 MB", "read 20 MB",
        "write request", "write 1 KB", "write 10 KB", "write 100 KB", "write 100 KB Chinese", "write 1 MB",
        "json 1 KB", "json 10 KB", "json 100 KB", "json 100 KB pretty", "json 100 KB Chinese",
        "sign",
    ];

    /// <summary>The group with a name, its results found equal.</summary>
    /// <exception cref="InvalidDataException">Two cases disagree.</exception>
    public static CaseGroup Get(string name)
    {
        CaseGroup group = Make(name);
        group.Check();
        return group;
    }

    private static CaseGroup Make(string name)
    {
        if (name == "sign")
        {
            return new(name, 0, SignCases.All());
        }

        if (name == "write request")
        {
            return new(name, 0, WriteCases.OfRequest());
        }

        string[] words = name.Split(' ');
        int bytes = int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture) * (words[2] == "KB" ? 1_000 : 1_000_000);
        Document document = Document.Make(bytes, words.Contains("pretty"), words.Contains("Chinese"));
        return words[0] switch
        {
            "read" => new(name, document.Xml.Length, ReadCases.Of(document)),
            "write" => new(name, document.Xml.Length, WriteCases.OfResponse(document)),
            _ => new(name, document.Json.Length, JsonCases.Of(document)),
        };
    }

    /// <summary>What is timed must have done the same.</summary>
    private void Check()
    {
        string expected = Cases[0].Check!();
        foreach (Case item in Cases)
        {
            if (item.Check is not null && item.Check() is string got && got != expected)
            {
                int at = got.Zip(expected).TakeWhile(p => p.First == p.Second).Count();
                int from = Math.Max(0, at - 40);
                throw new InvalidDataException($"{Name}: '{item.Name}' differs from '{Cases[0].Name}' at {at}: …{got.AsSpan(from, Math.Min(80, got.Length - from))}… against …{expected.AsSpan(from, Math.Min(80, expected.Length - from))}…");
            }
        }
    }
}
