using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>One C# class to emit.</summary>
/// <param name="Node">The container.</param>
/// <param name="Root">The root's wire name when the class is a document.</param>
/// <param name="IsRequest">Whether it is sent, so that it needs a validator and may have fixed values from the start.</param>
internal sealed record Shape(NodeModel Node, string? Root, bool IsRequest);

/// <summary>The classes and enums of a tree, each once, in document order.</summary>
internal static class ShapeList
{
    public static List<Shape> OwnShapes(TagModel tag)
    {
        List<Shape> shapes = [];
        HashSet<string> met = new(StringComparer.Ordinal);
        foreach (NodeModel root in tag.Roots)
        {
            Collect(root, ReferenceEquals(root, tag.Parameters) ? null : root.Name, !ReferenceEquals(root, tag.Response), isShared: false, shapes, met);
        }

        return shapes;
    }

    public static List<Shape> SharedShapes(TagModel tag)
    {
        List<Shape> shapes = [];
        HashSet<string> met = new(StringComparer.Ordinal);
        foreach (NodeModel root in tag.Roots)
        {
            Collect(root, null, isRequest: true, isShared: true, shapes, met);
        }

        return shapes;
    }

    public static List<EnumModel> Enums(IEnumerable<Shape> shapes, bool isShared)
    {
        List<EnumModel> enums = [];
        foreach (NodeModel child in shapes.SelectMany(s => s.Node.Children))
        {
            if (child.Enum is { IsRuntime: false } model && model.IsShared == isShared && !enums.Exists(e => e.Name == model.Name))
            {
                enums.Add(model);
            }
        }

        return enums;
    }

    private static void Collect(NodeModel node, string? root, bool isRequest, bool isShared, List<Shape> shapes, HashSet<string> met)
    {
        if (node.Type != LogicalType.Container)
        {
            return;
        }

        if (node.IsShared == isShared && met.Add(node.Shape!))
        {
            shapes.Add(new Shape(node, root, isRequest));
        }

        foreach (NodeModel child in node.Children)
        {
            Collect(child, null, isRequest, isShared, shapes, met);
        }
    }
}
