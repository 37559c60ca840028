namespace CiCodegen.Schema;

/// <summary>The roots of one file: where its paths begin.</summary>
internal sealed record RootSet(NodeDocument? Parameters, NodeDocument? Request, NodeDocument? Response)
{
    public static RootSet Of(SchemaDocument document) => document switch
    {
        TagDocument tag => new(tag.Parameters, tag.Request, tag.Response),
        PageDocument page => new(page.Parameters, page.Request, page.Response),
        _ => new(null, null, null),
    };

    public static bool IsRoot(string name) => name is "Parameters" or "Request" or "Response";

    public NodeDocument? Find(string name) => name switch
    {
        "Parameters" => Parameters,
        "Request" => Request,
        "Response" => Response,
        _ => null,
    };

    public RootSet With(string name, NodeDocument root) => name switch
    {
        "Parameters" => this with { Parameters = root },
        "Request" => this with { Request = root },
        _ => this with { Response = root },
    };
}
