using System.CommandLine;
using System.Text;
using CiCodegen.Cli.Output;

namespace CiCodegen.Cli.Scaffold;

/// <summary>A file that a command makes for people to change.</summary>
/// <param name="Name">The name in its directory.</param>
/// <param name="Text">What it holds.</param>
internal sealed record NewFile(string Name, string Text);

/// <summary>Writes files for people to change: all of them or none, and none over another without being told to.</summary>
internal static class NewFiles
{
    /// <summary>The file that an editor completes schemas by.</summary>
    public const string JsonSchemaName = "ci-schema.json";

    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);

    public static Option<bool> ForceOption() => new("--force") { Description = "Write over files that are there already." };

    public static Option<string> DirectoryOption() => new("-o", "--output") { Description = "The directory for the files; it is made when it is missing. Without it, the current one.", HelpName = "dir", DefaultValueFactory = _ => "." };

    /// <summary>Writes files into a directory and says which.</summary>
    /// <param name="run">The run.</param>
    /// <param name="directory">The directory, as it was given.</param>
    /// <param name="files">The files.</param>
    /// <param name="force">Whether to write over others.</param>
    /// <param name="tag">The Tag that they are about, or null.</param>
    /// <param name="next">What to do next, a line each.</param>
    /// <exception cref="CliException">A file is there that holds something else; nothing was written.</exception>
    public static async Task<int> WriteAsync(Invocation run, string directory, IReadOnlyList<NewFile> files, bool force, string? tag, params string[] next)
    {
        string[] paths = [.. files.Select(f => PathOf(directory, f.Name))];
        bool[] kept = [.. files.Zip(paths, (file, path) => Holds(run.Host.FullPath(path), file.Text))];
        if (!force)
        {
            string[] others = [.. paths.Where((path, i) => !kept[i] && Path.Exists(run.Host.FullPath(path)))];
            if (others.Length > 0)
            {
                throw new CliException("FileExists", $"{string.Join(" and ", others.Select(o => $"'{o}'"))} {(others.Length == 1 ? "is" : "are")} there already and {(others.Length == 1 ? "holds" : "hold")} something else; --force writes over it. Nothing was written.");
            }
        }

        run.Host.MakeDirectory(directory);
        for (int i = 0; i < files.Count; i++)
        {
            if (!kept[i])
            {
                await File.WriteAllTextAsync(run.Host.FullPath(paths[i]), files[i].Text, s_encoding, run.Cancellation);
            }
        }

        if (run.IsJson)
        {
            run.WriteJson(w =>
            {
                w.WriteStartObject();
                if (tag is not null)
                {
                    w.WriteString("tag", tag);
                }

                w.WriteStrings("files", paths.Where((_, i) => !kept[i]));
                w.WriteStrings("unchanged", paths.Where((_, i) => kept[i]));
                w.WriteEndObject();
            });
            return ExitCode.Done;
        }

        for (int i = 0; i < paths.Length; i++)
        {
            run.Out.Write(kept[i] ? $"{paths[i]} was there already, the same\n" : $"wrote {paths[i]}\n");
        }

        if (next.Length > 0)
        {
            run.Out.Write($"\nNext:\n{string.Concat(next.Select(n => $"  {n}\n"))}");
        }

        return ExitCode.Done;
    }

    /// <summary>A file's path as people would write it.</summary>
    public static string PathOf(string directory, string name) => directory is "." or "./" ? name : Path.Combine(directory, name);

    private static bool Holds(string path, string text) => File.Exists(path) && File.ReadAllText(path) == text;
}
