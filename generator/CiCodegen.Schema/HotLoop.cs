using System.Runtime.CompilerServices;

namespace CiCodegen.Schema;

/// <summary>For the few small loops that run thousands of times while a compiler starts.</summary>
public static class HotLoop
{
    /// <summary>Compiled well at once: at first the runtime would count and watch what a loop does, which costs more than the loop. netstandard2.0 has no name for it.</summary>
    public const MethodImplOptions Compiled = (MethodImplOptions)512;
}
