using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;

namespace CiCodegen.Cli.Manifests;

/// <summary>A manifest of comma-separated values: the first row names nodes (<c>Input.Object</c>, <c>Operation.X[1].Y</c>), <c>key</c> or <c>Tag</c>; an empty cell says nothing.</summary>
internal static partial class CsvManifest
{
    private const string KeyColumn = "key";
    private const string TagColumn = "Tag";
    private const int MaxIndex = 1000;

    /// <exception cref="ManifestException">A row or the head cannot be read.</exception>
    public static async IAsyncEnumerable<ManifestEntry> ReadAsync(Stream input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using StreamReader text = new(input, Encoding.UTF8);
        CsvConfiguration configuration = new(CultureInfo.InvariantCulture) { HasHeaderRecord = false, IgnoreBlankLines = true, DetectColumnCountChanges = false };
        using CsvReader csv = new(text, configuration);
        if (await NextAsync(csv) is not { } head)
        {
            yield break;
        }

        Column[] columns = [.. head.Select(name => Column.Of(name.Trim(), csv.Parser.RawRow))];
        if (columns.GroupBy(column => column.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ManifestException(1, $"column '{twice.Key}' is there twice");
        }

        for (int number = 1; await NextAsync(csv) is { } row; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int line = csv.Parser.RawRow;
            yield return row.Length == columns.Length ? Entry(columns, row, line, number)
                : throw new ManifestException(line, string.Create(CultureInfo.InvariantCulture, $"the row has {row.Length} cells, the head {columns.Length}"));
        }
    }

    private static async Task<string[]?> NextAsync(CsvReader csv)
    {
        try
        {
            return await csv.ReadAsync() ? csv.Parser.Record : null;
        }
        catch (CsvHelperException e)
        {
            // Its own message repeats the whole row.
            throw new ManifestException(csv.Parser.RawRow, e is BadDataException ? "a quote stands where none may" : $"the row cannot be read ({e.GetType().Name})");
        }
    }

    private static ManifestEntry Entry(Column[] columns, string[] row, int line, int number)
    {
        string key = number.ToString(CultureInfo.InvariantCulture);
        string? tag = null;
        JsonObject request = [];
        foreach ((Column column, string cell) in columns.Zip(row))
        {
            if (cell.Length == 0)
            {
                continue;
            }

            if (column.Name == KeyColumn)
            {
                key = cell;
                continue;
            }

            tag = column.Name == TagColumn ? cell : tag;
            column.Set(request, cell, line);
        }

        return new(line, key, tag, request);
    }

    [GeneratedRegex(@"^([^.\[\]]+)(?:\[([0-9]{1,4})\])?$")]
    private static partial Regex Step();

    /// <summary>A column: the way to a node.</summary>
    private sealed record Column(string Name, IReadOnlyList<(string Node, int? Index)> Path)
    {
        public static Column Of(string name, int line)
        {
            List<(string, int?)> path = [];
            foreach (string part in name.Split('.'))
            {
                Match step = Step().Match(part);
                int index = step.Groups[2].Success ? int.Parse(step.Groups[2].Value, CultureInfo.InvariantCulture) : 0;
                if (!step.Success || index >= MaxIndex)
                {
                    throw new ManifestException(line, $"column '{name}' names no node; write it as in Input.Object or Operation.Words[0]");
                }

                path.Add((step.Groups[1].Value, step.Groups[2].Success ? index : null));
            }

            return new(name, path);
        }

        public void Set(JsonObject root, string cell, int line)
        {
            JsonObject at = root;
            for (int i = 0; i < Path.Count; i++)
            {
                (string node, int? index) = Path[i];
                bool last = i == Path.Count - 1;
                JsonNode next = last ? JsonValue.Create(cell) : new JsonObject();
                if (index is null)
                {
                    at[node] = last ? next : at[node] ?? next;
                    at = last ? at : at[node] as JsonObject ?? throw Clash(line);
                    continue;
                }

                JsonArray list = (at[node] ??= new JsonArray()) as JsonArray ?? throw Clash(line);
                while (list.Count <= index)
                {
                    list.Add(last ? null : new JsonObject());
                }

                list[index.Value] = last ? next : list[index.Value];
                at = last ? at : list[index.Value] as JsonObject ?? throw Clash(line);
            }
        }

        private ManifestException Clash(int line) => new(line, $"column '{Name}' asks for a node below one that another column gives a value or a list");
    }
}
