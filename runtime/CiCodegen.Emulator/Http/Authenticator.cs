using CiCodegen.Runtime;

namespace CiCodegen.Emulator;

/// <summary>Checks who asks, as the service's table of errors has it.</summary>
internal sealed class Authenticator(CiEmulatorOptions options)
{
    // What the service grants clocks that are ahead of its own; the end of a signature's time is the end.
    private static readonly TimeSpan s_startTolerance = TimeSpan.FromMinutes(15);

    /// <exception cref="ServiceFault">The request is not let in.</exception>
    public void Check(CiRequest request)
    {
        CiSignatureCheck check = Verify(request);
        if (check.Status == CiSignatureStatus.Mismatch && request.HasPlus)
        {
            request.TakePlusAsSpace();
            check = Verify(request);
        }

        if (check.Status != CiSignatureStatus.Valid)
        {
            throw Fault(check);
        }
    }

    private CiSignatureCheck Verify(CiRequest request)
    {
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        CiSignatureCheck check = CiSignatureVerifier.Verify(request.Method, request.Path, request.Query, request.Headers, SecretKeyOf, now);
        return check.Status == CiSignatureStatus.NotYetValid
            ? CiSignatureVerifier.Verify(request.Method, request.Path, request.Query, request.Headers, SecretKeyOf, now, s_startTolerance)
            : check;
    }

    private string? SecretKeyOf(string secretId) => secretId == options.SecretId ? options.SecretKey : null;

    private static ServiceFault Fault(CiSignatureCheck check) => check.Status switch
    {
        CiSignatureStatus.Missing => new(401, "MissingAuthorization", check.Detail),
        CiSignatureStatus.Malformed => new(401, "InvalidAuthorization", check.Detail),
        CiSignatureStatus.UnknownSecretId => new(401, "SecretidNotExist", check.Detail),

        // The service's table has one code for times; clients correct their clock by the header Date.
        CiSignatureStatus.Expired or CiSignatureStatus.NotYetValid => new(401, "SignatureExpired", check.Detail),
        _ => new(401, "AccessDenied", check.Detail),
    };
}
