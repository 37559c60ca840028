using System.CommandLine;
using System.CommandLine.Completions;
using CiCodegen.Cli.Output;
using CiCodegen.Cli.Schemas;
using CiCodegen.Schema;
using Spectre.Console;

namespace CiCodegen.Cli.Commands;

/// <summary><c>tree</c>: the nodes of one Tag, or of one page.</summary>
internal static class TreeCommand
{
    public static Command Create(CliContext cli)
    {
        Argument<string> tag = new("Tag") { Description = "The Tag, as in VideoTargetRec; or the id of a page of yours.", HelpName = "Tag" };
        tag.CompletionSources.Add(_ => BindingSource.BundledTags.Select(name => new CompletionItem(name)));
        Option<string?> part = new("--part") { Description = "Only one of the trees.", HelpName = "request|response|template|parameters" };
        part.AcceptOnlyFromAmong("request", "response", "template", "parameters");
        Option<bool> envelope = new("--envelope") { Description = "Also the nodes that every Tag has from its envelope and that its own file does not list." };
        Option<string?> schema = SchemaLoader.Option();
        Command command = new("tree", "Show which nodes a Tag's request and response have.") { tag, part, envelope, schema };
        cli.Handle(command, run => Task.FromResult(Run(run, run.Get(tag)!, run.Get(part), run.Get(envelope), run.Get(schema))));
        return command;
    }

    private static int Run(Invocation run, string name, string? part, bool withEnvelope, string? directory)
    {
        SchemaSet schemas = SchemaLoader.Load(run, directory);
        TagModel? tag = schemas.Find(name) ?? schemas.Find(name, SchemaUnit.Template) ?? schemas.Find(name, SchemaUnit.Operation);
        PageModel? page = tag is null ? schemas.FindPage(name) : null;
        tag ??= page is null ? schemas.Find(name, directory) : null;
        ListedNodes? listed = withEnvelope || tag is not { Unit: SchemaUnit.Job } ? null : ListedNodes.Of(tag.Tag, SchemaLoader.Texts(run, directory));
        List<(string Part, NodeModel Root)> roots = [];
        Add("parameters", page?.Parameters ?? tag?.Parameters);
        if (tag is not { Unit: SchemaUnit.Template })
        {
            Add("request", tag?.Request ?? page?.Request);
            Add("response", tag?.Response ?? page?.Response);
        }

        if (tag is { Unit: not SchemaUnit.Operation } && schemas.Find(tag.Tag, SchemaUnit.Template) is { } template && (part == "template" || tag.Unit == SchemaUnit.Template))
        {
            listed = null;
            Add("template", template.Request);
            Add("templateResponse", template.Response);
        }

        void Add(string key, NodeModel? root)
        {
            if (root is { Shape: not null })
            {
                roots.Add((key, listed?.Prune(root) ?? root));
            }
        }

        roots.RemoveAll(r => part is not null && !r.Part.StartsWith(part, StringComparison.Ordinal));
        if (roots.Count == 0)
        {
            throw new CliException(CliException.Usage, $"'{name}' has no {part} tree.");
        }

        if (run.IsJson)
        {
            run.WriteJson(w =>
            {
                w.WriteStartObject();
                if (page is null)
                {
                    TreeJson.WriteIdentity(w, tag!, schemas.VerbsOf(tag!));
                }
                else
                {
                    TreeJson.WriteIdentity(w, page);
                }

                foreach ((string key, NodeModel root) in roots)
                {
                    w.WritePropertyName(key);
                    TreeJson.WriteNode(w, root, root.Name, !key.EndsWith("esponse", StringComparison.Ordinal));
                }

                w.WriteEndObject();
            });
            return ExitCode.Done;
        }

        foreach ((string key, NodeModel root) in roots)
        {
            if (run.Host.IsOutTerminal)
            {
                Tree tree = new(Label(root, !key.EndsWith("esponse", StringComparison.Ordinal))) { Guide = TreeGuide.Line };
                Grow(tree, root, !key.EndsWith("esponse", StringComparison.Ordinal));
                Terminal.For(run.Host, run.Out).Write(tree);
            }
            else
            {
                WritePlain(run.Out, root, !key.EndsWith("esponse", StringComparison.Ordinal), "");
            }
        }

        return ExitCode.Done;
    }

    private static void Grow(IHasTreeNodes parent, NodeModel node, bool isRequest)
    {
        foreach (RuleModel rule in node.Rules)
        {
            parent.AddNode($"[yellow]{Markup.Escape(NodeText.Rule(rule))}[/]");
        }

        foreach (NodeModel child in node.Children)
        {
            Grow(parent.AddNode(Label(child, isRequest)), child, isRequest);
        }
    }

    private static string Label(NodeModel node, bool isRequest)
        => $"[bold]{Markup.Escape(node.Name)}[/] [grey]{Markup.Escape(NodeText.Facts(node, isRequest))}[/]";

    private static void WritePlain(TextWriter output, NodeModel node, bool isRequest, string indent)
    {
        output.Write($"{indent}{node.Name}  {NodeText.Facts(node, isRequest)}\n");
        foreach (RuleModel rule in node.Rules)
        {
            output.Write($"{indent}  ({NodeText.Rule(rule)})\n");
        }

        foreach (NodeModel child in node.Children)
        {
            WritePlain(output, child, isRequest, indent + "  ");
        }
    }
}
