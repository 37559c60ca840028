namespace CiCodegen.Emit;

/// <summary>What is emitted for a Tag.</summary>
[Flags]
public enum EmitParts
{
    /// <summary>Classes and enums; always there.</summary>
    Models = 0,

    /// <summary>Readers.</summary>
    Readers = 1,

    /// <summary>Writers.</summary>
    Writers = 2,

    /// <summary>Validators.</summary>
    Validators = 4,

    /// <summary>JSON as text, in both directions; it is made of readers and writers.</summary>
    Json = 8 | Readers | Writers,

    /// <summary>The wiring for the client; it needs readers, writers and validators.</summary>
    Client = 16 | Readers | Writers | Validators,

    /// <summary>Everything.</summary>
    All = Models | Json | Client,
}
