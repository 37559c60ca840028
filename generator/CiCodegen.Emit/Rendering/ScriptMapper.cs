using CiCodegen.Schema;
using Scriban.Runtime;

namespace CiCodegen.Emit;

/// <summary>Plans as the objects that templates see: explicit keys, escaped text only.</summary>
internal static class ScriptMapper
{
    private static readonly object s_true = true;
    private static readonly object s_false = false;

    public static ScriptObject Map(Plan plan)
    {
        ScriptObject root = plan switch
        {
            FilePlan => new ScriptObject(),
            ModelPlan model => new ScriptObject { ["access"] = Text(model.Access), ["classes"] = List(model.Classes, Class), ["enums"] = List(model.Enums, Enum) },
            ReadPlan read => new ScriptObject { ["reads"] = read.Reads, ["shapes"] = List(read.Shapes, ReadShape) },
            WritePlan write => new ScriptObject { ["shapes"] = List(write.Shapes, Statements) },
            ValidationPlan validation => new ScriptObject { ["shapes"] = List(validation.Shapes, Validator) },
            CatalogPlan catalog => new ScriptObject { ["access"] = Text(catalog.Access), ["bindings"] = List(catalog.Bindings, Text), ["templates"] = List(catalog.Templates, Text) },
            OperationPlan operation => new ScriptObject
            {
                ["request"] = Text(operation.Request),
                ["response"] = Text(operation.Response),
                ["item"] = Text(operation.Item),
                ["request_name"] = Text(operation.RequestName),
                ["response_name"] = Text(operation.ResponseName),
                ["item_name"] = Text(operation.ItemName),
                ["tag"] = Text(operation.Tag),
            },
            CallPlan call => new ScriptObject
            {
                ["access"] = Text(call.Access),
                ["name"] = Text(call.Name),
                ["summary"] = Text(call.Summary),
                ["has_parameters"] = call.Parameters is not null,
                ["parameters"] = Text(call.Parameters),
                ["has_request"] = call.Request is not null,
                ["request"] = Text(call.Request),
                ["response"] = Text(call.Response),
                ["created"] = Text(call.Created),
            },
            _ => throw new ArgumentOutOfRangeException(nameof(plan), plan.GetType().Name, "No template takes this plan."),
        };
        root["namespace"] = Text(plan.Namespace);
        return root;
    }

    private static ScriptObject Class(ClassPlan plan) => new(4)
    {
        ["name"] = Text(plan.Name),
        ["base"] = Text(plan.Base),
        ["summary"] = Text(plan.Summary),
        ["members"] = new ScriptArray(plan.Members.Select((m, i) => Member(m, i < plan.Members.Count - 1))),
    };

    private static ScriptObject Member(MemberPlan plan, bool hasNext) => new(10)
    {
        ["name"] = Text(plan.Name),
        ["field"] = Text(plan.Field),
        ["type"] = Text(plan.Type),
        ["is_collection"] = Flag(plan.IsCollection),
        ["has_initial"] = Flag(plan.Initial is not null),
        ["initial"] = Text(plan.Initial),
        ["summary"] = Text(plan.Summary),
        ["has_remarks"] = Flag(plan.Remarks is not null),
        ["remarks"] = Text(plan.Remarks),
        ["has_next"] = Flag(hasNext),
    };

    private static ScriptObject Enum(EnumPlan plan) => new(4)
    {
        ["name"] = Text(plan.Name),
        ["summary"] = Text(plan.Summary),
        ["known"] = Text(plan.Known),
        ["values"] = List(plan.Values, v => new ScriptObject(3) { ["name"] = Text(v.Name), ["text"] = Text(v.Text), ["summary"] = Text(v.Summary) }),
    };

    private static ScriptObject ReadShape(ReadShapePlan plan) => new(10)
    {
        ["name"] = Text(plan.Name),
        ["interfaces"] = Text(plan.Interfaces),
        ["is_document"] = plan.Root is not null,
        ["root"] = Text(plan.Root),
        ["nodes"] = Text(plan.Nodes),
        ["created"] = Text(plan.Created),
        ["has_jobs"] = plan.Job is not null,
        ["job"] = Text(plan.Job),
        ["has_children"] = plan.Statements.Count > 0,
        ["children"] = Lines(plan.Statements),
    };

    private static ScriptObject Validator(ValidatorPlan plan) => new(5)
    {
        ["name"] = Text(plan.Name),
        ["has_fields"] = plan.Fields.Count > 0,
        ["fields"] = Lines(plan.Fields),
        ["has_statements"] = plan.Statements.Count > 0,
        ["statements"] = Lines(plan.Statements),
    };

    private static ScriptObject Statements(StatementsPlan plan) => new(3)
    {
        ["name"] = Text(plan.Name),
        ["has_statements"] = plan.Statements.Count > 0,
        ["statements"] = Lines(plan.Statements),
    };

    private static ScriptArray List<T>(EquatableArray<T> items, Func<T, object> map)
        where T : IEquatable<T>
        => new(items.Select(map));

    /// <summary>One text of several lines, which the engine indents as its first: a loop in a template costs many times as much.</summary>
    private static string Lines(EquatableArray<CSharpExpression> lines) => string.Join("\n", lines.Select(Text));

    // Boxed once: there are many.
    private static object Flag(bool value) => value ? s_true : s_false;

    private static string Text(EmittedText? text) => text?.Text ?? "";
}
