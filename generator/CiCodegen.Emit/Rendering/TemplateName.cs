namespace CiCodegen.Emit;

/// <summary>The templates, one per concern.</summary>
internal enum TemplateName
{
    Model,
    Reader,
    Writer,
    Validator,
    Json,
    Operation,
    Template,
    Call,
    Catalog,
}
