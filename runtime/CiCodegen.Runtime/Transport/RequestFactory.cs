using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace CiCodegen.Runtime;

/// <summary>Makes signed HTTP requests.</summary>
internal static class RequestFactory
{
    private static readonly UriCreationOptions s_verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Makes and signs the request of one try.</summary>
    /// <exception cref="CiCredentialException">The secret id or token cannot go into a header.</exception>
    public static HttpRequestMessage Create(CiCall call, CiClientOptions options, CiCredentials credentials, DateTimeOffset now, out CiRequestContent? content, out Redactor redactor)
    {
        if (!Ascii.IsValid(credentials.SecretId) || (credentials.Token is { } text && !Ascii.IsValid(text)))
        {
            throw new CiCredentialException("The secret id or the token has a character beyond ASCII; neither can go into a header.");
        }

        // Taken verbatim, so that what is sent is what was signed.
        Uri uri = new($"{options.EffectiveBase()}{call.EncodedPath ?? call.Path}{QueryString(call.Query)}", s_verbatim);
        string host = options.EffectiveHost();
        HttpRequestMessage request = new(call.Method, uri);
        request.Headers.Host = host;
        List<KeyValuePair<string, string?>> signed = [new("host", host)];

        content = null;
        if (call.Body is { } body)
        {
            byte[] md5 = MD5.HashData(body);
            content = new(body, call.Effect is CallEffect.Submits or CallEffect.Creates);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
            content.Headers.ContentLength = body.Length;
            content.Headers.ContentMD5 = md5;
            request.Content = content;
            signed.Add(new("content-type", "application/xml"));
            signed.Add(new("content-length", body.Length.ToString(CultureInfo.InvariantCulture)));
            signed.Add(new("content-md5", Convert.ToBase64String(md5)));
        }
        else if (call.IsChange)
        {
            // A handler sends what has no body a second time by itself when the connection closes; with a body, even an empty one, it does not.
            content = new([], once: true);
            request.Content = content;
        }

        if (credentials.Token is { } token)
        {
            request.Headers.TryAddWithoutValidation("x-ci-security-token", token);
            signed.Add(new("x-ci-security-token", token));
        }

        // A minute back: a server whose clock is slow would refuse what begins now.
        TimeSpan early = TimeSpan.FromSeconds(60);
        CiKeyTime keyTime = CiKeyTime.From(now - early, Timers.Later(now, options.SignatureLifetime) - now + early);
        string authorization = CiSigner.Authorize(credentials, call.Method.Method, call.Path, [.. call.Query], CollectionsMarshal.AsSpan(signed), keyTime);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        redactor = new(credentials, authorization, keyTime);
        return request;
    }

    private static string QueryString(IReadOnlyList<KeyValuePair<string, string?>> query)
    {
        StringBuilder text = new();
        foreach ((string name, string? value) in query)
        {
            text.Append(text.Length == 0 ? '?' : '&').Append(SignedPair.Encode(name));
            if (!string.IsNullOrEmpty(value))
            {
                text.Append('=').Append(SignedPair.Encode(value));
            }
        }

        return text.ToString();
    }
}
