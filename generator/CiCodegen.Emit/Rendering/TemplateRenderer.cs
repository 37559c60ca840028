using System.Globalization;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace CiCodegen.Emit;

/// <summary>The only door to the template engine.</summary>
internal sealed class TemplateRenderer(TemplateStore store)
{
    public string Render(TemplateName name, Plan plan, CancellationToken cancellationToken)
    {
        Template template = store.Get(name);

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
        context.PushGlobal(ScriptMapper.Map(plan));
        try
        {
            return template.Render(context);
        }
        catch (ScriptRuntimeException e)
        {
            // The engine reports cancellation as an abort of its own.
            cancellationToken.ThrowIfCancellationRequested();
            throw new TemplateException(e.Message, e);
        }
    }
}
