namespace CiCodegen.Runtime.Tests.Transport;

/// <summary>Tests that look at the whole process: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
