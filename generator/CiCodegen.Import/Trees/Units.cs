namespace CiCodegen.Import;

/// <summary>Units as the schema writes them: <c>Trees/units.tsv</c>.</summary>
internal static class Units
{
    private static readonly Dictionary<string, string> s_names = DataTable.Read("units.tsv").ToDictionary(r => r[0], r => r[1], StringComparer.OrdinalIgnoreCase);

    public static string Normalise(string unit) => s_names.GetValueOrDefault(unit.Trim(), unit.Trim());
}
