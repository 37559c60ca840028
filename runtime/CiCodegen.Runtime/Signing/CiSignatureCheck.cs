namespace CiCodegen.Runtime;

/// <summary>What became of checking a signature.</summary>
public enum CiSignatureStatus
{
    /// <summary>The signature holds.</summary>
    Valid,

    /// <summary>The request has no signature, neither as header nor as parameters.</summary>
    Missing,

    /// <summary>A field is missing, comes twice, or has a value that cannot be.</summary>
    Malformed,

    /// <summary>Nobody has the secret id.</summary>
    UnknownSecretId,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Its time has not come.</summary>
    NotYetValid,

    /// <summary>It is a signature of something else.</summary>
    Mismatch,
}

/// <summary>The outcome of checking a signature.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="SecretId">The secret id that the request names; null when it names none.</param>
/// <param name="StringToSign">The string that should have been signed; null when it was not computed.</param>
/// <param name="Detail">What is wrong, for people; empty when valid.</param>
public sealed record CiSignatureCheck(CiSignatureStatus Status, string? SecretId, string? StringToSign, string Detail)
{
    /// <summary>The headers that the request names as signed; empty when it could not be read.</summary>
    public IReadOnlyList<string> SignedHeaders { get; init; } = [];

    /// <summary>The parameters that the request names as signed; empty when it could not be read.</summary>
    public IReadOnlyList<string> SignedParameters { get; init; } = [];
}
