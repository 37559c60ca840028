using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using CiCodegen.Cli.Commands;
using CiCodegen.Cli.Output;
using CiCodegen.Cli.Service;
using CiCodegen.Schema;
using ParseResult = System.CommandLine.ParseResult;

namespace CiCodegen.Cli;

/// <summary>The command line as a whole: parses, runs, turns failures into exit codes.</summary>
internal static partial class CliApplication
{
    /// <summary>Runs one command line.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliHost host, CancellationToken cancellationToken = default)
    {
        CliContext cli = new(host);
        RootCommand root = CreateRoot(cli);

        // '@file' is no response file: values may begin with '@'.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction || MistakenOption(parsed) is not null)
        {
            return ReportUsage(parsed, cli);
        }

        InvocationConfiguration invocation = new()
        {
            Output = host.Out,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = host.HandlesSignals ? TimeSpan.FromSeconds(10) : null,
        };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (CliException e)
        {
            return Fail(parsed, cli, DocumentError.Of(e));
        }
        catch (OperationCanceledException)
        {
            return Fail(parsed, cli, new DocumentError("Cancelled", "cancelled"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(parsed, cli, new DocumentError(CliException.FileAccess, e.Message));
        }
        catch (Exception e)
        {
            // A bug: the stack is for those who ask for it.
            string detail = string.IsNullOrEmpty(host.Environment("CICODEGEN_DEBUG")) ? $"{e.GetType().Name}: {e.Message}" : e.ToString();
            return Fail(parsed, cli, new DocumentError("InternalFailure", $"failure inside cicodegen: {detail}"));
        }
    }

    /// <summary>Runs one command line and sees its output through to the end.</summary>
    public static async Task<int> RunToEndAsync(IReadOnlyList<string> args, CliHost host)
    {
        int exit = await RunAsync(args, host);
        try
        {
            await host.Out.FlushAsync();
        }
        catch (IOException e)
        {
            // A reader that has gone is none of this: the console's streams keep silent then. A full disk is, and what was printed is not there.
            if (exit != ExitCode.Failure)
            {
                host.Error.WriteLine($"error: The output cannot be written: {e.Message}");
            }

            return ExitCode.Failure;
        }

        return exit;
    }

    /// <summary>The commands.</summary>
    public static RootCommand CreateRoot(CliContext cli)
    {
        RootCommand root = new("Typed, validated jobs of Tencent Cloud's Cloud Infinite, from YAML schemas.")
        {
            cli.Json,
            TagsCommand.Create(cli),
            TreeCommand.Create(cli),
            CheckCommand.Create(cli),
            ImportCommand.Create(cli),
            DriftCommand.Create(cli),
            UpdateCommand.Create(cli),
            SamplesCommand.Create(cli),
            InitCommand.Create(cli),
            NewCommand.Create(cli),
            EjectCommand.Create(cli),
            EmitCommand.Create(cli),
            ReadCommand.Create(cli),
            WriteCommand.Create(cli),
            ValidateCommand.Create(cli),
            SignCommand.Create(cli),
            SubmitCommand.Create(cli),
            BatchCommand.Create(cli),
            DescribeCommand.Create(cli),
            ListCommand.Create(cli),
            CancelCommand.Create(cli),
            WaitCommand.Create(cli),
            EmulatorCommand.Create(cli),
            CompletionCommand.Create(cli),
        };
        HelpWithGuide.AddTo(root, cli.Host);
        return root;
    }

    private static int ReportUsage(ParseResult parsed, CliContext cli)
    {
        CliHost host = cli.Host;

        string[] messages = [.. Messages(parsed).Select(WithoutTypeName)];
        foreach (string message in messages)
        {
            host.Error.WriteLine($"error: {message}");
        }

        List<string> path = [];
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Parent: not null } command; at = at.Parent)
        {
            path.Insert(0, command.Command.Name);
        }

        host.Error.WriteLine($"Try 'cicodegen {string.Concat(path.Select(p => p + " "))}--help'.");
        if (cli.IsJson(parsed))
        {
            WriteJson(parsed, host, new DocumentError(CliException.Usage, string.Join(' ', messages)));
        }

        return ExitCode.Failure;
    }

    // An unknown word also leaves the command missing: the first error says what is meant.
    private static IEnumerable<string> Messages(ParseResult parsed)
        => MistakenOption(parsed) is { } option ? [Unknown(option, parsed)]
            : parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens.Select(t => Unknown(t, parsed))
            : parsed.Errors.Select(e => e.Message).Distinct();

    // The library names the .NET type of a value that does not fit.
    private static string WithoutTypeName(string message)
        => TypeName().Replace(message, m => m.Groups["type"].Value is var type && type.Contains("Int", StringComparison.Ordinal) ? " as a whole number." : type.Contains("Boolean", StringComparison.Ordinal) ? " as true or false." : " as a number.");

    [GeneratedRegex(@" as expected type '(?<type>System\.[^']*)'\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex TypeName();

    // The library takes an option that it does not know for an argument; after '--' that is meant.
    private static string? MistakenOption(ParseResult parsed)
        => parsed.Tokens.Any(t => t.Type == TokenType.DoubleDash) ? null
            : parsed.CommandResult.Command.Arguments
                .Select(parsed.GetResult)
                .SelectMany(r => r is { Implicit: false } ? r.Tokens : [])
                .Select(t => t.Value)
                .FirstOrDefault(v => v.Length > 1 && v[0] == '-');

    private static string Unknown(string word, ParseResult parsed)
    {
        bool isOption = word.StartsWith('-');
        IEnumerable<string> known = isOption ? parsed.CommandResult.Command.Options.Select(o => o.Name) : parsed.CommandResult.Command.Subcommands.Select(c => c.Name);
        string what = isOption ? "option" : parsed.CommandResult.Command.Subcommands.Count > 0 ? "command" : "argument";
        return $"There is no {what} '{word}'.{Suggestion.Sentence(word, known)}";
    }

    private static int Fail(ParseResult parsed, CliContext cli, DocumentError error)
    {
        try
        {
            cli.Host.Error.WriteLine(error.Code == CliException.BadLock ? error.ToFileLine(Pages.ImportProblem.Lock) : $"error: {error.Message}");
            if (cli.IsJson(parsed))
            {
                WriteJson(parsed, cli.Host, error);
            }
        }
        catch (IOException)
        {
            // Nobody listens any more; the exit code still says it.
        }

        return ExitCode.Failure;
    }

    // Commands that talk to the service have a form of their own, whatever fails.
    private static void WriteJson(ParseResult parsed, CliHost host, DocumentError error)
    {
        Command command = parsed.CommandResult.Command;
        if (!ServiceOptions.AreOn(command))
        {
            JsonOutput.WriteLine(host.Out, w => ErrorJson.Write(w, error));
            return;
        }

        string kind = error.Code switch
        {
            CliException.Usage => "usage",
            "Cancelled" => "cancelled",
            _ => "failure",
        };

        // Nobody knows how far a submission came that a bug ended.
        JsonOutput.WriteLine(host.Out, new ServiceFailure(kind, error.Message) { IsAmbiguous = kind == "failure" && command.Name == "submit" }.Write);
    }
}
