using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace CiCodegen.Emulator;

/// <summary>Takes in a request's body within its limit.</summary>
internal static class RequestBody
{
    /// <exception cref="ServiceFault">No length, too long, empty, or not what Content-MD5 says.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength is not { } length)
        {
            throw new ServiceFault(411, "MissingContentLength", "The request has no header 'Content-Length'.");
        }

        if (length > limit)
        {
            throw new ServiceFault(413, "InvalidContent", string.Create(CultureInfo.InvariantCulture, $"The body has {length} bytes; allowed are {limit}."));
        }

        if (length == 0)
        {
            throw new ServiceFault(400, "MissingContent", "The request has no body.");
        }

        byte[] body = new byte[length];
        await request.Body.ReadExactlyAsync(body, cancellationToken).ConfigureAwait(false);

        string md5 = request.Headers.ContentMD5.ToString();
        if (md5.Length > 0 && md5 != Convert.ToBase64String(MD5.HashData(body)))
        {
            throw ServiceFault.InvalidContent("'Content-MD5' is not that of the body.");
        }

        return body;
    }
}
