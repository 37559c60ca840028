using System.Text;

namespace CiCodegen.Runtime;

/// <summary>Takes one request's secrets out of text that came from outside: a server may send back what it was sent.</summary>
/// <param name="credentials">What it was signed with.</param>
/// <param name="authorization">The header, which ends with the signature.</param>
/// <param name="keyTime">What the key was derived for that signed it.</param>
internal sealed class Redactor(CiCredentials credentials, string authorization, CiKeyTime keyTime)
{
    private string?[]? _secrets;

    // Made when they are first looked for.
    private string?[] Secrets => _secrets ??=
    [
        credentials.SecretKey,
        credentials.Token,
        authorization,
        authorization[(authorization.LastIndexOf('=') + 1)..],
        CiSigner.SignKey(credentials.SecretKey, keyTime.ToString()),
    ];

    public string? Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return text;
        }

        foreach (string? secret in Secrets)
        {
            if (!string.IsNullOrEmpty(secret))
            {
                text = text.Replace(secret, "***", StringComparison.Ordinal);
            }
        }

        return text;
    }

    public ReadOnlyMemory<byte> Clean(ReadOnlyMemory<byte> body)
    {
        // Byte for byte as characters: bodies may be in any encoding, secrets are ASCII.
        string text = Encoding.Latin1.GetString(body.Span);
        string? clean = Clean(text);
        return ReferenceEquals(clean, text) || clean == text ? body : Encoding.Latin1.GetBytes(clean!);
    }

    public CiFormatException Clean(CiFormatException exception)
        => Clean(exception.ToString()) == exception.ToString()
            ? exception
            : new(exception.Error, Clean(exception.Path)!, exception.Line, exception.Column, Clean(exception.Detail)!);
}
