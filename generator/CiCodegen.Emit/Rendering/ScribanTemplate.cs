using System.Globalization;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace CiCodegen.Emit;

/// <summary>A template of the user's own: the only door to the template engine.</summary>
internal sealed class ScribanTemplate : ITemplate
{
    private readonly Template _template;

    public ScribanTemplate(string text, string fileName)
    {
        _template = Template.Parse(text, fileName);
        if (_template.HasErrors)
        {
            throw new TemplateException(string.Join("\n", _template.Messages.Select(m => m.ToString())));
        }
    }

    public string Render(Plan plan, CancellationToken cancellationToken)
    {
        // Empty built-ins: nothing that depends on the day, and System.Text.Json is never loaded. Strict: a misspelt member is an error.
        TemplateContext context = new(new ScriptObject())
        {
            StrictVariables = true,
            EnableRelaxedMemberAccess = false,
            EnableRelaxedTargetAccess = false,
            EnableRelaxedIndexerAccess = false,
            LoopLimit = 0,
            LimitToString = 0,
            NewLine = "\n",
            CancellationToken = cancellationToken,
        };
        context.PushCulture(CultureInfo.InvariantCulture);
        context.PushGlobal(Script(PlanMapper.Map(plan)));
        try
        {
            return _template.Render(context);
        }
        catch (ScriptRuntimeException e)
        {
            // The engine reports cancellation as an abort of its own.
            cancellationToken.ThrowIfCancellationRequested();
            throw new TemplateException(e.Message, e);
        }
    }

    private static ScriptObject Script(Fields fields)
    {
        ScriptObject script = [];
        foreach (string name in fields.Names)
        {
            script[name] = Value(fields[name]!);
        }

        return script;
    }

    private static object Value(object value) => value switch
    {
        Fields fields => Script(fields),
        object[] items => new ScriptArray(items.Select(Value)),
        _ => value,
    };
}
