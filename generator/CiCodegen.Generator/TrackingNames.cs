namespace CiCodegen.Generator;

/// <summary>The pipeline's steps by name; tests assert every one of them.</summary>
public static class TrackingNames
{
    /// <summary>Each schema file, read.</summary>
    public const string Documents = nameof(Documents);

    /// <summary>The files that are only there to be referred to; none while nobody does.</summary>
    public const string References = nameof(References);

    /// <summary>The compilation's properties.</summary>
    public const string Options = nameof(Options);

    /// <summary>The shared files, together.</summary>
    public const string Shared = nameof(Shared);

    /// <summary>What was read, by kind.</summary>
    public const string Read = nameof(Read);

    /// <summary>The chosen file of each Tag and page, with all that it is bound from.</summary>
    public const string Inputs = nameof(Inputs);

    /// <summary>Each Tag, bound.</summary>
    public const string Bound = nameof(Bound);

    /// <summary>Each Tag's model, without positions.</summary>
    public const string Models = nameof(Models);

    /// <summary>The problems of everything.</summary>
    public const string Problems = nameof(Problems);

    /// <summary>Each Tag's emitted files.</summary>
    public const string Emitted = nameof(Emitted);

    /// <summary>The shared types that the Tags use.</summary>
    public const string SharedTypes = nameof(SharedTypes);

    /// <summary>The catalog's entries.</summary>
    public const string Catalog = nameof(Catalog);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Documents, References, Options, Read, Shared, Inputs, Bound, Models, Problems, Emitted, SharedTypes, Catalog];
}
