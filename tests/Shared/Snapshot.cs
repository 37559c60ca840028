using System.Runtime.CompilerServices;

namespace CiCodegen.Tests;

/// <summary>Expected text as plain files beside the tests: <c>Snapshots/&lt;Class&gt;.&lt;Method&gt;/&lt;name&gt;.txt</c>.</summary>
/// <remarks><c>UPDATE_SNAPSHOTS=1</c> accepts what was received; it is refused where <c>CI=true</c>.</remarks>
internal static class Snapshot
{
    public static void Match(string actual, string name, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        string folder = Path.Combine(Path.GetDirectoryName(file)!, "Snapshots", $"{Path.GetFileNameWithoutExtension(file)}.{test}");
        string path = Path.Combine(folder, name + ".txt");
        Assert.DoesNotContain('\r', actual);
        bool update = Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1";
        bool ci = Environment.GetEnvironmentVariable("CI") == "true";
        if (update && !ci)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(path, actual);
            return;
        }

        if (!File.Exists(path))
        {
            Assert.Fail($"No snapshot {path}. Run with UPDATE_SNAPSHOTS=1, read the diff, commit it.");
        }

        string expected = File.ReadAllText(path);
        if (!string.Equals(expected, actual, StringComparison.Ordinal))
        {
            Assert.Fail(FirstDifference(path, expected, actual));
        }
    }

    private static string FirstDifference(string path, string expected, string actual)
    {
        string[] want = expected.Split('\n');
        string[] have = actual.Split('\n');
        int line = 0;
        while (line < want.Length && line < have.Length && want[line] == have[line])
        {
            line++;
        }

        IEnumerable<string> Around(string[] lines, char mark)
            => lines.Skip(Math.Max(0, line - 3)).Take(7).Select(text => $"{mark} {text}");
        return $"{path} differs from line {line + 1} on.\n{string.Join('\n', Around(want, '-'))}\n{string.Join('\n', Around(have, '+'))}";
    }
}
