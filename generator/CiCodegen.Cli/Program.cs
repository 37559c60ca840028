using System.Globalization;

namespace CiCodegen.Cli;

/// <summary>The process.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        // What is printed and parsed is the same on every machine; this also reaches the libraries.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        CliHost host = CliHost.FromConsole();
        return await CliApplication.RunToEndAsync(args, host);
    }
}
