using CiCodegen.Schema;
using Scriban.Runtime;

namespace CiCodegen.Emit;

/// <summary>Plans as the objects that templates see: explicit keys, escaped text only.</summary>
internal static class ScriptMapper
{
    public static ScriptObject Map(Plan plan)
    {
        ScriptObject root = plan switch
        {
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

    private static ScriptObject Class(ClassPlan plan) => new()
    {
        ["name"] = Text(plan.Name),
        ["base"] = Text(plan.Base),
        ["summary"] = Text(plan.Summary),
        ["members"] = new ScriptArray(plan.Members.Select((m, i) => Member(m, i < plan.Members.Count - 1))),
    };

    private static ScriptObject Member(MemberPlan plan, bool hasNext) => new()
    {
        ["name"] = Text(plan.Name),
        ["field"] = Text(plan.Field),
        ["type"] = Text(plan.Type),
        ["is_collection"] = plan.IsCollection,
        ["has_initial"] = plan.Initial is not null,
        ["initial"] = Text(plan.Initial),
        ["summary"] = Text(plan.Summary),
        ["has_remarks"] = plan.Remarks is not null,
        ["remarks"] = Text(plan.Remarks),
        ["has_next"] = hasNext,
    };

    private static ScriptObject Enum(EnumPlan plan) => new()
    {
        ["name"] = Text(plan.Name),
        ["summary"] = Text(plan.Summary),
        ["known"] = Text(plan.Known),
        ["values"] = List(plan.Values, v => new ScriptObject { ["name"] = Text(v.Name), ["text"] = Text(v.Text), ["summary"] = Text(v.Summary) }),
    };

    private static ScriptObject ReadShape(ReadShapePlan plan) => new()
    {
        ["name"] = Text(plan.Name),
        ["interfaces"] = Text(plan.Interfaces),
        ["is_document"] = plan.Root is not null,
        ["root"] = Text(plan.Root),
        ["nodes"] = Text(plan.Nodes),
        ["created"] = Text(plan.Created),
        ["has_jobs"] = plan.Job is not null,
        ["job"] = Text(plan.Job),
        ["branches"] = List(plan.Cases, c => new ScriptObject { ["label"] = Text(c.Label), ["statement"] = Text(c.Statement), ["has_break"] = c.HasBreak }),
    };

    private static ScriptObject Validator(ValidatorPlan plan) => new()
    {
        ["name"] = Text(plan.Name),
        ["has_fields"] = plan.Fields.Count > 0,
        ["fields"] = List(plan.Fields, Text),
        ["statements"] = List(plan.Statements, Text),
    };

    private static ScriptObject Statements(StatementsPlan plan) => new()
    {
        ["name"] = Text(plan.Name),
        ["statements"] = List(plan.Statements, Text),
    };

    private static ScriptArray List<T>(EquatableArray<T> items, Func<T, object> map)
        where T : IEquatable<T>
        => new(items.Select(map));

    private static string Text(EmittedText? text) => text?.Text ?? "";
}
