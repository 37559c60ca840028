using System.Security.Cryptography;
using System.Text;

namespace CiCodegen.Import;

/// <summary>What was imported, from which page, in which state: <c>schema.lock.yaml</c>.</summary>
/// <param name="Entries">The pages, by id.</param>
public sealed record PageLock(IReadOnlyList<PageLockEntry> Entries)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "schema.lock.yaml";

    /// <summary>The importer's version: another one may write another file from the same page.</summary>
    public const int ImporterVersion = 1;

    /// <summary>A lock with some entries instead of those of the same files and pages.</summary>
    /// <param name="entries">The entries.</param>
    public PageLock With(IEnumerable<PageLockEntry> entries)
    {
        SortedDictionary<string, PageLockEntry> all = new(StringComparer.Ordinal);
        foreach (PageLockEntry entry in Entries.Concat(entries))
        {
            all[entry.Page] = entry;
        }

        return new PageLock([.. all.Values]);
    }

    /// <summary>The lock as a file.</summary>
    public string ToYaml()
    {
        StringBuilder text = new("# What was imported from which page. 'cicodegen import' and 'cicodegen update' write it; nobody else does.\npages:\n");
        foreach (PageLockEntry entry in Entries)
        {
            text.Append("  ").Append(Yaml.Scalar(entry.Page)).Append(":\n");
            text.Append("    file: ").Append(Yaml.Scalar(entry.File)).Append('\n');
            if (entry.Date is { } date)
            {
                text.Append("    date: ").Append(date).Append('\n');
            }

            text.Append("    tables: ").Append(entry.Hash).Append('\n');
            text.Append("    importer: ").Append(entry.Importer).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads a lock.</summary>
    /// <param name="path">The file, for the error.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="ImportException">It is no lock.</exception>
    public static PageLock Parse(string path, string text)
    {
        List<PageLockEntry> entries = [];
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (line.Trim().Length == 0 || line.StartsWith('#') || line == "pages:")
            {
                continue;
            }

            int indent = line.Length - line.TrimStart(' ').Length;
            string[] parts = line.Trim().Split(':', 2);
            if (parts.Length != 2 || indent is not (2 or 4) || (indent == 4 && entries.Count == 0))
            {
                throw new ImportException(path, i + 1, $"'{line.Trim()}' does not belong in a lock. Delete the file and import the pages anew.");
            }

            string value = parts[1].Trim().Trim('\'');
            entries.Add(indent == 2 ? new PageLockEntry(parts[0].Trim('\''), "", null, "", 0) : Set(path, i + 1, entries, parts[0], value));
        }

        return new PageLock(entries);
    }

    private static PageLockEntry Set(string path, int line, List<PageLockEntry> entries, string key, string value)
    {
        PageLockEntry entry = entries[^1];
        entries.RemoveAt(entries.Count - 1);
        return key switch
        {
            "file" => entry with { File = value },
            "date" => entry with { Date = value },
            "tables" => entry with { Hash = value },
            "importer" when int.TryParse(value, out int version) => entry with { Importer = version },
            _ => throw new ImportException(path, line, $"A lock has no key '{key}'. Delete the file and import the pages anew."),
        };
    }

    internal static string HashOf(IEnumerable<NodeTable> tables)
    {
        StringBuilder text = new();
        foreach (NodeTable table in tables)
        {
            foreach (NodeRow row in table.Rows)
            {
                text.AppendJoin('\u001f', row.WrittenPath, row.Description.OneLine, row.Type?.OneLine, row.Required?.OneLine, row.Default?.OneLine, row.Constraints?.OneLine).Append('\u001e');
            }

            foreach (TextBlock note in table.Context.Notes)
            {
                text.Append(note.Text.OneLine).Append('\u001e');
            }

            text.Append('\u001d');
        }

        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

/// <summary>One page of a lock.</summary>
/// <param name="Page">The page's id.</param>
/// <param name="File">The schema file, from the lock's folder on, with <c>/</c>.</param>
/// <param name="Date">The day of the page's last change; null when it says none.</param>
/// <param name="Hash">The hash of its tables, without what only lays them out.</param>
/// <param name="Importer">The importer's version.</param>
public sealed record PageLockEntry(string Page, string File, string? Date, string Hash, int Importer);
