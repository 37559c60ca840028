namespace CiCodegen.Runtime;

/// <summary>How a document is written down.</summary>
public enum CiDocumentFormat
{
    /// <summary>XML.</summary>
    Xml,

    /// <summary>JSON.</summary>
    Json,
}
