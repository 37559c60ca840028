namespace CiCodegen.Runtime;

/// <content>Operations: what a schema with <c>kind: operation</c> describes.</content>
public sealed partial class CiClient
{
    /// <summary>Carries out an operation.</summary>
    /// <typeparam name="TResponse">What it is answered with.</typeparam>
    /// <param name="operation">The operation with its parameters.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <remarks>GET, PUT and DELETE are repeated over failures that pass; POST only when the service surely did not take it.</remarks>
    /// <exception cref="CiValidationException">Parameters or document break the schema; nothing was sent.</exception>
    /// <exception cref="ArgumentException">A parameter of the path is missing or cannot stand there.</exception>
    /// <exception cref="CiException">The service refused it, could not be reached, or its answer cannot be read.</exception>
    public Task<TResponse> SendAsync<TResponse>(ICiOperation<TResponse> operation, CancellationToken cancellationToken = default)
        where TResponse : class, ICiDocument<TResponse>
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (_options.ValidateRequests)
        {
            operation.Validate().ThrowIfInvalid();
        }

        CiOperation what = operation.Operation;
        List<KeyValuePair<string, string?>> parameters = [];
        CiParameterWriter writer = new(parameters);
        operation.WriteParameters(ref writer);
        (string path, string encoded) = TakePath(what, parameters);

        byte[]? body = null;
        using (PooledBufferWriter buffer = new(1024))
        {
            if (operation.WriteDocument(buffer))
            {
                body = buffer.Written.ToArray();
            }
        }

        CiCall call = new()
        {
            Operation = what.Name,
            Method = new HttpMethod(what.Method),
            Path = path,
            EncodedPath = encoded,
            Query = parameters,
            Body = body,
            Effect = what.Method switch { "GET" => CallEffect.Reads, "POST" => CallEffect.Creates, _ => CallEffect.Changes },
        };
        return _pipeline.SendAsync(
            call,
            reply => typeof(TResponse) == typeof(CiEmptyResponse) ? (TResponse)(object)ReadEmpty(reply) : CiXml.Read<TResponse>(reply.Body, _options.ReaderOptions),
            cancellationToken);
    }

    /// <summary>The path with its parameters in place; they are taken from the list.</summary>
    private static (string Path, string Encoded) TakePath(CiOperation operation, List<KeyValuePair<string, string?>> parameters)
    {
        List<string> segments = [];
        string[] parts = operation.Path.Split('?');
        foreach (string segment in parts[0].Split('/'))
        {
            if (segment is not ['{', .. string name, '}'])
            {
                segments.Add(segment);
                continue;
            }

            int at = parameters.FindIndex(p => p.Key == name);
            string? value = at < 0 ? null : parameters[at].Value;
            if (string.IsNullOrWhiteSpace(value))
            {
                throw new ArgumentException($"The path of '{operation.Name}' needs the parameter '{name}'.");
            }

            CheckSegment(value, name);
            parameters.RemoveAt(at);
            segments.Add(value);
        }

        if (parts.Length > 1)
        {
            parameters.InsertRange(0, parts[1].Split('&').Select(static pair => pair.Split('=', 2)).Select(static pair => new KeyValuePair<string, string?>(pair[0], pair.Length > 1 ? pair[1] : null)));
        }

        return (string.Join('/', segments), string.Join('/', segments.Select(SignedPair.Encode)));
    }

    private CiEmptyResponse ReadEmpty(CiReply reply)
        => reply.Body.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0 ? new() : CiXml.Read<CiEmptyResponse>(reply.Body, _options.ReaderOptions);
}
