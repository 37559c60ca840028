namespace CiCodegen.Runtime;

/// <summary>What the service says when it refuses a request: the document <c>Error</c>.</summary>
/// <param name="Code">Node <c>Code</c>, as in <c>InvalidArgument</c>.</param>
/// <param name="Message">Node <c>Message</c>.</param>
/// <param name="RequestId">Node <c>RequestId</c>.</param>
/// <param name="TraceId">Node <c>TraceId</c>.</param>
/// <param name="Resource">Node <c>Resource</c>; object storage adds it.</param>
public sealed record CiServiceError(string? Code, string? Message, string? RequestId, string? TraceId, string? Resource)
{
    /// <summary>Reads an <c>Error</c> document tolerantly: whatever came before a defect counts.</summary>
    /// <param name="body">The bytes of a response; anything at all.</param>
    /// <param name="error">What the service says.</param>
    /// <returns>Whether the root is <c>Error</c>.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> body, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out CiServiceError? error)
    {
        CiServiceErrorBuilder? builder = TolerantXml.ReadError(body);
        error = builder?.Build();
        return error is not null;
    }
}

/// <summary>Gathers an <c>Error</c> document; the first of a repeated node counts.</summary>
internal sealed class CiServiceErrorBuilder
{
    private static readonly string[] s_names = ["Code", "Message", "RequestId", "TraceId", "Resource"];
    private readonly string?[] _values = new string?[5];

    public static int Find(ReadOnlySpan<char> name)
    {
        for (int i = 0; i < s_names.Length; i++)
        {
            if (name.SequenceEqual(s_names[i]))
            {
                return i;
            }
        }

        return -1;
    }

    public void Set(int index, string value) => _values[index] ??= value;

    public CiServiceError Build() => new(_values[0], _values[1], _values[2], _values[3], _values[4]);

    /// <summary>The exception for a document that was to be read as something else.</summary>
    public CiFormatException ToException(string path, int line, int column)
    {
        CiServiceError error = Build();
        string request = error.RequestId is { Length: > 0 } id ? $" (request {id})" : "";
        return new CiFormatException(CiFormatError.ServiceError, path, line, column, $"the service says {error.Code}: {error.Message}{request}") { ServiceError = error };
    }
}
