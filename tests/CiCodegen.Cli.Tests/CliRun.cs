using System.Text;
using System.Text.Json;

namespace CiCodegen.Cli.Tests;

/// <summary>One command line, run in this process.</summary>
internal sealed record CliRun(int Exit, string Out, string Error)
{
    public const string SecretId = "AKIDTESTS";
    public const string SecretKey = "not-to-be-printed";

    /// <summary>The output as one JSON value.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>The output as JSON lines.</summary>
    public JsonElement[] JsonLines => [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];

    public static Task<CliRun> Of(params string[] args) => With("", args);

    public static Task<CliRun> With(string input, params string[] args) => With(input, null, args);

    /// <summary>Runs a command line in a directory.</summary>
    public static async Task<CliRun> In(string directory, params string[] args)
    {
        StringWriter output = new();
        StringWriter error = new();
        int exit = await CliApplication.RunAsync(args, Host(output, error, Stream.Null, [], directory), TestContext.Current.CancellationToken);
        return new CliRun(exit, output.ToString(), error.ToString());
    }

    public static async Task<CliRun> With(string input, Dictionary<string, string>? environment, params string[] args)
    {
        StringWriter output = new();
        StringWriter error = new();
        CliHost host = Host(output, error, new MemoryStream(Encoding.UTF8.GetBytes(input)), environment ?? new()
        {
            ["TENCENTCLOUD_SECRET_ID"] = SecretId,
            ["TENCENTCLOUD_SECRET_KEY"] = SecretKey,
        });
        int exit = await CliApplication.RunAsync(args, host, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(SecretKey, output + error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
        return new CliRun(exit, output.ToString(), error.ToString());
    }

    public static CliHost Host(TextWriter output, TextWriter error, Stream input, Dictionary<string, string> environment, string? directory = null) => new()
    {
        Out = output,
        Error = error,
        Input = input,
        Environment = name => environment.GetValueOrDefault(name),
        CurrentDirectory = directory ?? Path.GetTempPath(),
    };

    /// <summary>Fails, with all that was printed, unless the exit code is the expected one.</summary>
    public CliRun Exits(int expected)
    {
        Assert.True(Exit == expected, $"exit {Exit}, expected {expected}\n{Out}\n{Error}");
        return this;
    }
}

/// <summary>A directory of a test's own.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cicodegen-").FullName;

    public string Write(string name, string text)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
