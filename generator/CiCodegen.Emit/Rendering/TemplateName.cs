namespace CiCodegen.Emit;

/// <summary>The templates, one per concern.</summary>
internal enum TemplateName
{
    File,
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
