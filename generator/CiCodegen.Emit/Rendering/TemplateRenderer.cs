using System.Globalization;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace CiCodegen.Emit;

/// <summary>The only door to the template engine.</summary>
internal sealed class TemplateRenderer(TemplateStore store)
{
    // What was used last, while nobody uses it: in a new one stacks and text would have to grow again.
    private static TemplateContext? s_idle;

    public string Render(TemplateName name, Plan plan, CancellationToken cancellationToken)
    {
        Template template = store.Get(name);
        TemplateContext context = Interlocked.Exchange(ref s_idle, null) ?? Context();
        context.CancellationToken = cancellationToken;
        context.PushGlobal(ScriptMapper.Map(plan));
        try
        {
            string text = template.Render(context);

            // After a failure nobody knows where it stopped, so that one is not used again.
            context.PopGlobal();
            context.CancellationToken = default;
            Volatile.Write(ref s_idle, context);
            return text;
        }
        catch (ScriptRuntimeException e)
        {
            // The engine reports cancellation as an abort of its own.
            cancellationToken.ThrowIfCancellationRequested();
            throw new TemplateException(e.Message, e);
        }
    }

    private static TemplateContext Context()
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
        };
        context.PushCulture(CultureInfo.InvariantCulture);
        context.PushOutput(new StringBuilderOutput());
        return context;
    }
}
