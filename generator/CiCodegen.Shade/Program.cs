using System.Globalization;
using Mono.Cecil;

// Two analyzers that carry different YamlDotNet.dll in one compilation break each other: the SDK keeps one file per name.
// An assembly name of our own takes us out of that lottery. Usage: <in.dll> <out.dll> [<in.dll> <out.dll> …]
if (args.Length == 0 || args.Length % 2 != 0)
{
    Console.Error.WriteLine("usage: CiCodegen.Shade <in.dll> <out.dll> [<in.dll> <out.dll> …]");
    return 2;
}

for (int i = 0; i < args.Length; i += 2)
{
    using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(args[i]);
    string name = Path.GetFileNameWithoutExtension(args[i + 1]);
    assembly.Name.Name = name;
    assembly.MainModule.Name = name + ".dll";

    // The strong name was over the old bytes and the key is not ours.
    assembly.Name.PublicKey = [];
    assembly.Name.HasPublicKey = false;
    assembly.MainModule.Attributes &= ~ModuleAttributes.StrongNameSigned;

    // The host supplies this facade, and the oldest host that we support has 4.2.0.1.
    foreach (AssemblyNameReference reference in assembly.MainModule.AssemblyReferences)
    {
        if (reference.Name == "System.Threading.Tasks.Extensions" && reference.Version > new Version(4, 2, 0, 1))
        {
            reference.Version = new Version(4, 2, 0, 1);
        }
    }

    // A fixed time stamp and no symbols: the same input gives the same bytes on every machine.
    assembly.Write(args[i + 1], new WriterParameters { DeterministicMvid = true, Timestamp = 0 });
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(args[i])} -> {name}.dll"));
}

return 0;
