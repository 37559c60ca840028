namespace CiCodegen.Import;

/// <summary>Reads the tables that come with the assembly: tab-separated, <c>#</c> begins a comment.</summary>
internal static class DataTable
{
    public static IReadOnlyList<string[]> Read(string name)
    {
        using Stream stream = typeof(DataTable).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The table '{name}' is not in the assembly.");
        using StreamReader reader = new(stream);
        List<string[]> rows = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                rows.Add(line.Split('\t'));
            }
        }

        return rows;
    }
}
