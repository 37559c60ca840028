using System.Globalization;
using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>Decides the wiring of a Tag and the catalog of a compilation.</summary>
internal static class OperationPlanner
{
    public static OperationPlan Plan(NamespaceName space, TagModel tag)
    {
        string request = tag.Request.Shape!;
        string response = tag.Response.Shape!;
        string job = tag.Response.Child("JobsDetail")!.Shape!;
        TypeName verbs = TypeName.Runtime("CiVerbs");
        CSharpExpression all = CSharpExpression.Join(
            " | ", tag.Verbs.Select(v => CSharpExpression.Of($"{verbs}.{new Identifier(char.ToUpper(v[0], CultureInfo.InvariantCulture) + v.Substring(1))}")));
        CSharpExpression created = CSharpExpression.Of(
            $"new({new CSharpLiteral(tag.Tag)}, {new CSharpLiteral(tag.Family)}, {new CSharpLiteral(tag.Method)}, {new CSharpLiteral(tag.Path)}, {all})");
        return new OperationPlan(
            space, TypeName.In(space, request), TypeName.In(space, response), TypeName.In(space, job),
            new Identifier(request), new Identifier(response), new Identifier(job), created);
    }

    public static CatalogPlan Catalog(NamespaceName space, bool isInternal, IEnumerable<CatalogEntry> entries)
        => new(space, ModelPlanner.Access(isInternal), entries.OrderBy(e => e.Tag, StringComparer.Ordinal).Select(e => Binding(space, e)).ToEquatableArray());

    private static CSharpExpression Binding(NamespaceName space, CatalogEntry entry)
    {
        TypeName job = TypeName.In(space, entry.Job);
        return CSharpExpression.Of($"new {TypeName.Runtime("CiTagBinding")}<{TypeName.In(space, entry.Request)}, {TypeName.In(space, entry.Response)}, {job}>({job}.JobTag)");
    }
}
