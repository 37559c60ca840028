using System.CommandLine;

namespace CiCodegen.Cli.Commands;

/// <summary><c>completion</c>: a script for a shell that asks the command line what may come next.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _cicodegen() {
            local word
            COMPREPLY=()
            while IFS= read -r word; do
                if [[ $word == "${COMP_WORDS[COMP_CWORD]}"* && $word != /* ]]; then
                    COMPREPLY+=("$word")
                fi
            done < <(cicodegen "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)
        }
        complete -o default -F _cicodegen cicodegen

        """;

    private const string Zsh = """
        _cicodegen() {
            local -a words_found
            words_found=("${(@f)$(cicodegen "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null | grep -v '^/')}")
            compadd -a words_found
            _files
        }
        compdef _cicodegen cicodegen

        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName cicodegen -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            cicodegen "[suggest:$cursorPosition]" "$commandAst" 2>$null |
                Where-Object { $_ -like "$wordToComplete*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
        }

        """;

    public static Command Create(CliContext cli)
    {
        Argument<string> shell = new("shell") { Description = "The shell.", HelpName = "bash|zsh|pwsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "pwsh");
        Command command = new("completion", "Print a script by which a shell completes commands.") { shell };
        cli.Handle(command, run =>
        {
            string script = run.Get(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                _ => PowerShell,
            };
            script = script.Replace("\r\n", "\n", StringComparison.Ordinal);
            if (run.IsJson)
            {
                run.WriteJson(w =>
                {
                    w.WriteStartObject();
                    w.WriteString("script", script);
                    w.WriteEndObject();
                });
            }
            else
            {
                run.Out.Write(script);
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
