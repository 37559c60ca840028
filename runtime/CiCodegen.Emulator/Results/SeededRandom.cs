using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CiCodegen.Emulator;

/// <summary>Numbers that follow from a text and nothing else, on every machine and runtime (SplitMix64).</summary>
internal sealed class SeededRandom(string seed)
{
    private ulong _state = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));

    /// <summary>A number from a least to a greatest one, both among them.</summary>
    public int Next(int least, int greatest) => least + (int)(Next() % ((ulong)((long)greatest - least) + 1));

    /// <summary>One of some values.</summary>
    public T Pick<T>(IReadOnlyList<T> values) => values[Next(0, values.Count - 1)];

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
