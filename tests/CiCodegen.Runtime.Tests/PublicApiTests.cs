using System.Reflection;
using System.Text;
using CiCodegen.Tests;

namespace CiCodegen.Runtime.Tests;

/// <summary>The public API as a file: a change of it is seen in review.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void PublicApi_IsWhatTheSnapshotSays()
    {
        StringBuilder text = new();
        foreach (Type type in typeof(CiTag).Assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(Name(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        Snapshot.Match(text.ToString(), "api");
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (MemberInfo member in type.GetMembers(Own))
        {
            string? line = member switch
            {
                ConstructorInfo c when Seen(c) => $"new({Parameters(c)})",
                MethodInfo m when Seen(m) && !m.IsSpecialName => $"{(m.IsStatic ? "static " : "")}{Name(m.ReturnType)} {m.Name}{Generics(m)}({Parameters(m)})",
                PropertyInfo p when p.GetAccessors(nonPublic: true).Any(Seen) => $"{(p.GetAccessors(true)[0].IsStatic ? "static " : "")}{Name(p.PropertyType)} {p.Name} {{ {(Seen(p.GetMethod) ? "get; " : "")}{(Seen(p.SetMethod) ? "set; " : "")}}}",
                FieldInfo f when f.IsPublic && !f.IsSpecialName => $"{Name(f.FieldType)} {f.Name}",
                _ => null,
            };
            if (line is not null)
            {
                yield return line;
            }
        }
    }

    private static bool Seen(MethodBase? method) => method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static string Kind(Type type) => type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : "class";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? " = default" : "")}"));

    private static string Generics(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(g => g.Name))}>" : "";

    private static string Name(Type type)
    {
        if (!type.IsGenericType)
        {
            return type.Name;
        }

        return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
