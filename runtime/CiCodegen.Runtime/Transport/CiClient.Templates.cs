using System.Globalization;
using System.Runtime.CompilerServices;

namespace CiCodegen.Runtime;

/// <content>Templates: parameters kept under an id, which jobs name in <c>Operation.TemplateId</c>.</content>
public sealed partial class CiClient
{
    private const string TemplatePath = "/template";

    /// <summary>Makes a template.</summary>
    /// <typeparam name="TTemplate">The Tag's template.</typeparam>
    /// <param name="request">Name and parameters.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The template, with its id.</returns>
    /// <remarks>It is not sent again when nobody knows whether the service took it: <see cref="CiException.IsAmbiguous"/> says so, and the list tells.</remarks>
    /// <exception cref="CiValidationException">The request breaks its schema; it was not sent.</exception>
    /// <exception cref="CiException">The service refused it, could not be reached, or its answer cannot be read.</exception>
    public Task<TTemplate> CreateTemplateAsync<TTemplate>(ICiTemplateRequest<TTemplate> request, CancellationToken cancellationToken = default)
        where TTemplate : CiTemplate, ICiTemplate<TTemplate>
        => _pipeline.SendAsync(TemplateCall("createTemplate", HttpMethod.Post, null, TTemplate.TemplateTag, Written(request), CallEffect.Creates), ReadTemplate<TTemplate>, cancellationToken);

    /// <summary>Puts other parameters in the place of a template's.</summary>
    /// <typeparam name="TTemplate">The Tag's template.</typeparam>
    /// <param name="templateId">The template's id.</param>
    /// <param name="request">Name and parameters, all of them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The template as it is now.</returns>
    /// <exception cref="ArgumentException">The id cannot be one.</exception>
    /// <exception cref="CiValidationException">The request breaks its schema; it was not sent.</exception>
    /// <exception cref="CiException">The service refused it, could not be reached, or its answer cannot be read.</exception>
    public Task<TTemplate> UpdateTemplateAsync<TTemplate>(string templateId, ICiTemplateRequest<TTemplate> request, CancellationToken cancellationToken = default)
        where TTemplate : CiTemplate, ICiTemplate<TTemplate>
        => _pipeline.SendAsync(TemplateCall("updateTemplate", HttpMethod.Put, templateId, TTemplate.TemplateTag, Written(request), CallEffect.Changes), ReadTemplate<TTemplate>, cancellationToken);

    /// <summary>Deletes a template of any Tag.</summary>
    /// <param name="templateId">The template's id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">The id cannot be one.</exception>
    /// <exception cref="CiException">The service refused it or could not be reached.</exception>
    public Task DeleteTemplateAsync(string templateId, CancellationToken cancellationToken = default)
        => _pipeline.SendAsync(TemplateCall("deleteTemplate", HttpMethod.Delete, templateId, null, null, CallEffect.Changes), ReadEmpty, cancellationToken);

    /// <summary>Lists the Tag's templates, page by page as they are taken.</summary>
    /// <typeparam name="TTemplate">The Tag's template.</typeparam>
    /// <param name="query">Which templates; null for all of the bucket.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">The query asks for what cannot be.</exception>
    /// <exception cref="CiException">The service refused it, could not be reached, its answer cannot be read, or its pages go round in a circle.</exception>
    public async IAsyncEnumerable<TTemplate> ListTemplatesAsync<TTemplate>(CiTemplateQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TTemplate : CiTemplate, ICiTemplate<TTemplate>
    {
        query ??= new();
        int seen = 0;
        HashSet<string?> ids = new(StringComparer.Ordinal);
        int repeated = 0;
        for (int number = 1; ; number++)
        {
            CiCall call = new()
            {
                Operation = "listTemplates",
                Method = HttpMethod.Get,
                Path = TemplatePath,
                Query = query.ToParameters(TTemplate.TemplateTag, number),
                Tag = TTemplate.TemplateTag,
            };
            (ICiTemplateResponse<TTemplate> page, CiReply reply) = await _pipeline.SendAsync(call, reply => (ReadTemplates<TTemplate>(reply), reply), cancellationToken).ConfigureAwait(false);

            // What is made or deleted meanwhile moves the others from page to page, so one page may repeat.
            repeated = page.TemplateList.Count(template => ids.Add(template.TemplateId)) > 0 ? 0 : repeated + 1;
            if (repeated > 1 && page.TemplateList.Count > 0)
            {
                throw RoundInACircle("two pages in a row have only templates that were there before", reply);
            }

            foreach (TTemplate template in page.TemplateList)
            {
                yield return template;
            }

            seen += page.TemplateList.Count;

            // Without a total, a page that is not full is the last.
            if (page.TemplateList.Count == 0 || (page.TotalCount is { } total ? seen >= total : page.TemplateList.Count < (query.PageSize ?? 10)))
            {
                yield break;
            }
        }
    }

    private CiCall TemplateCall(string operation, HttpMethod method, string? templateId, string? tag, byte[]? body, CallEffect effect)
    {
        if (method != HttpMethod.Post)
        {
            CheckSegment(templateId, "template id");
        }

        return new()
        {
            Operation = operation,
            Method = method,
            Path = templateId is null ? TemplatePath : $"{TemplatePath}/{templateId}",
            EncodedPath = templateId is null ? null : $"{TemplatePath}/{SignedPair.Encode(templateId)}",
            Tag = tag,
            Body = body,
            Effect = effect,
        };
    }

    private byte[] Written<TTemplate>(ICiTemplateRequest<TTemplate> request)
        where TTemplate : CiTemplate, ICiTemplate<TTemplate>
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_options.ValidateRequests)
        {
            request.Validate().ThrowIfInvalid();
        }

        using PooledBufferWriter buffer = new(1024);
        request.WriteTo(buffer);
        return buffer.Written.ToArray();
    }

    private TTemplate ReadTemplate<TTemplate>(CiReply reply)
        where TTemplate : CiTemplate, ICiTemplate<TTemplate>
        => ReadTemplates<TTemplate>(reply).Template is { TemplateId.Length: > 0 } template
            ? template
            : throw new CiFormatException(CiFormatError.UnexpectedRoot, "Response", 0, 0, "the answer has no template with an id") { IsFinal = true };

    private ICiTemplateResponse<TTemplate> ReadTemplates<TTemplate>(CiReply reply)
        where TTemplate : CiTemplate, ICiTemplate<TTemplate>
    {
        Utf8ReadState state = Utf8ReadState.Rent();
        try
        {
            state.Start(reply.Body, _options.ReaderOptions, JobResponseReader.Root);
            Utf8CiReader reader = new(state);
            ICiTemplateResponse<TTemplate> response = TTemplate.ReadResponse(reader);
            state.Finish();
            return response;
        }
        finally
        {
            Utf8ReadState.Return(state);
        }
    }

    /// <summary>Checks a text that becomes a segment of a path.</summary>
    private static void CheckSegment(string? text, string noun)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (text is "." or ".." || text.AsSpan().IndexOfAny("/\\?#%") >= 0 || text.Any(char.IsControl))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{text}' is no {noun}."));
        }
    }
}
