namespace CiCodegen.Runtime;

/// <summary>Takes one request's secrets out of text that came from outside: a server may send back what it was sent.</summary>
internal sealed class Redactor(params string?[] secrets)
{
    public string? Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return text;
        }

        foreach (string? secret in secrets)
        {
            if (!string.IsNullOrEmpty(secret))
            {
                text = text.Replace(secret, "***", StringComparison.Ordinal);
            }
        }

        return text;
    }

    public CiFormatException Clean(CiFormatException exception)
        => Clean(exception.ToString()) == exception.ToString()
            ? exception
            : new(exception.Error, Clean(exception.Path)!, exception.Line, exception.Column, Clean(exception.Detail)!);
}
