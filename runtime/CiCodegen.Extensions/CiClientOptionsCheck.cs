using CiCodegen.Runtime;
using Microsoft.Extensions.Options;

namespace CiCodegen.Extensions;

/// <summary>Checks a client's options when the host starts, by the client's own rules.</summary>
internal sealed class CiClientOptionsCheck : IValidateOptions<CiClientOptions>
{
    public ValidateOptionsResult Validate(string? name, CiClientOptions options)
    {
        try
        {
            options.Validate();
            return ValidateOptionsResult.Success;
        }
        catch (ArgumentException e)
        {
            return ValidateOptionsResult.Fail(string.IsNullOrEmpty(name) ? e.Message : $"Client '{name}': {e.Message}");
        }
    }
}

/// <summary>Headers whose values are nobody's business.</summary>
internal static class CiHeaders
{
    public static readonly HashSet<string> Secret = new(StringComparer.OrdinalIgnoreCase) { "Authorization", "x-ci-security-token", "x-cos-security-token" };
}
