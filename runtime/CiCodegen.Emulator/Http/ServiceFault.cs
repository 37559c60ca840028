namespace CiCodegen.Emulator;

/// <summary>The service refuses a request: what becomes its error document.</summary>
internal sealed class ServiceFault(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    public static ServiceFault InvalidArgument(string message) => new(400, "InvalidArgument", message);

    public static ServiceFault InvalidContent(string message) => new(400, "InvalidContent", message);

    public static ServiceFault InvalidUrl(string message) => new(404, "InvalidUrl", message);

    public static ServiceFault NotImplemented(string message) => new(501, "NotImplemented", message);
}
