using System.CommandLine;
using CiCodegen.Cli.Output;
using CiCodegen.Runtime;

namespace CiCodegen.Cli;

/// <summary>What the commands share while the command line is built.</summary>
/// <param name="host">The surroundings.</param>
internal sealed class CliContext(CliHost host)
{
    /// <summary>The surroundings.</summary>
    public CliHost Host => host;

    /// <summary>Asks for JSON; every command has it.</summary>
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print JSON with stable field names on stdout.",
        Recursive = true,
    };

    /// <summary>Whether JSON is asked for.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(Json);

    /// <summary>Says what a command does.</summary>
    public void Handle(Command command, Func<Invocation, Task<int>> action)
        => command.SetAction((parsed, cancellationToken) => action(new Invocation(host, parsed, IsJson(parsed), cancellationToken)));
}

/// <summary>One run of a command.</summary>
internal sealed class Invocation(CliHost host, ParseResult parsed, bool isJson, CancellationToken cancellationToken)
{
    public CliHost Host => host;

    public bool IsJson => isJson;

    public CancellationToken Cancellation => cancellationToken;

    public TextWriter Out => host.Out;

    public TextWriter Error => host.Error;

    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    public T? Get<T>(Argument<T> argument) => parsed.GetValue(argument);

    public bool Has(Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>Prints one JSON value and a line end.</summary>
    public void WriteJson(Action<System.Text.Json.Utf8JsonWriter> write) => JsonOutput.WriteLine(host.Out, write);

    /// <summary>Reports a document that cannot be read.</summary>
    public int Unreadable(string file, CiFormatException e)
    {
        DocumentError error = DocumentError.Of(e);
        host.Error.WriteLine(error.ToLine(file));
        if (isJson)
        {
            WriteJson(w => ErrorJson.Write(w, error));
        }

        return ExitCode.Findings;
    }
}
