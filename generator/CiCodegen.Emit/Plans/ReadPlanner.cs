using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>Decides node tables and how each child is read.</summary>
internal static class ReadPlanner
{
    public static ReadPlan Plan(NamespaceName space, EmitParts parts, IReadOnlyList<Shape> shapes)
        => new(space, (parts & EmitParts.Readers) != 0, shapes.Select(s => Shape(parts, s)).ToEquatableArray());

    /// <summary>What a shape can do, as the runtime's interfaces; empty where it can only be checked.</summary>
    private static CSharpExpression Interfaces(EmitParts parts, TypeName self, bool isDocument)
    {
        TypeName rooted = TypeName.Runtime("ICiRooted");
        bool reads = (parts & EmitParts.Readers) != 0;
        bool writes = (parts & EmitParts.Writers) != 0;
        return (reads, writes, isDocument) switch
        {
            (true, true, true) => CSharpExpression.Of($" : {TypeName.Runtime("ICiDocument")}<{self}>"),
            (true, true, false) => CSharpExpression.Of($" : {TypeName.Runtime("ICiShape")}<{self}>"),
            (true, false, true) => CSharpExpression.Of($" : {TypeName.Runtime("ICiReadable")}<{self}>, {rooted}"),
            (true, false, false) => CSharpExpression.Of($" : {TypeName.Runtime("ICiReadable")}<{self}>"),
            (false, true, true) => CSharpExpression.Of($" : {TypeName.Runtime("ICiWritable")}, {rooted}"),
            (false, true, false) => CSharpExpression.Of($" : {TypeName.Runtime("ICiWritable")}"),
            (false, false, true) => CSharpExpression.Of($" : {rooted}"),
            _ => CSharpExpression.Of($""),
        };
    }

    private static ReadShapePlan Shape(EmitParts parts, Shape shape)
    {
        NodeModel node = shape.Node;
        TypeName self = TypeName.Own(node.Shape!);
        IEnumerable<CSharpExpression> nodes = node.Children.Select(c => CSharpExpression.Of($"{new CSharpLiteral(c.IsMany ? "+" + c.Name : c.Name)}"));

        // A document read has what stood in it: a fixed value that was absent must not appear.
        NodeModel[] preset = shape.IsRequest ? node.Children.Where(c => ModelPlanner.IsPreset(c) && !c.IsRuntime).ToArray() : [];
        NodeModel? job = shape.Root is null || shape.IsRequest || node.Child("JobsDetail") is not { IsRuntime: true } jobs ? null : jobs;
        CSharpExpression created = preset.Length == 0
            ? CSharpExpression.Of($"new()")
            : CSharpExpression.Of($"new() {{ {CSharpExpression.Join(", ", preset.Select(c => CSharpExpression.Of($"{new Identifier(c.Member)} = null")))} }}");
        return new ReadShapePlan(
            new Identifier(node.Shape!),
            Interfaces(parts, self, isDocument: shape.Root is not null),
            shape.Root is null ? null : new CSharpLiteral(shape.Root),
            CSharpExpression.Join(", ", nodes),
            created,
            job is null ? null : TypeName.Own(job.Shape!),
            node.Children.Select((c, i) => Statement(c, i, isJob: ReferenceEquals(c, job))).ToEquatableArray());
    }

    private static CSharpExpression Statement(NodeModel node, int index, bool isJob)
    {
        if (isJob)
        {
            // The jobs of a response can be read one by one.
            return CSharpExpression.Of($"if (reader.Is({index})) {{ return {TypeName.Own(node.Shape!)}.Read(reader); }}");
        }

        Identifier member = new(node.Member);
        TypeName type = ModelPlanner.TypeOf(node);
        Identifier item = new("t" + index.ToString(System.Globalization.CultureInfo.InvariantCulture));
        CSharpExpression list = CSharpExpression.Of($"(value.{Identifier.Field(node.Member)} ??= new())");
        if (node.IsMap)
        {
            return CSharpExpression.Of($"while (reader.Is({index})) {{ {Entry(node, type, list, item)} }}");
        }

        switch (node.Type)
        {
            case LogicalType.Container when node.IsMany:
                return CSharpExpression.Of($"while (reader.Is({index})) {{ {list}.Add({type}.Read(reader)); }}");
            case LogicalType.Container:
                return CSharpExpression.Of($"if (reader.Is({index})) {{ value.{member} = {type}.Read(reader); }}");
            case LogicalType.Enum when node.IsMany:
                return CSharpExpression.Of($"while (reader.Is({index})) {{ if (reader.ReadToken({type}.Known) is {{ }} {item}) {{ {list}.Add(new({item})); }} }}");
            case LogicalType.Enum:
                return CSharpExpression.Of($"if (reader.ReadToken({index}, {type}.Known) is {{ }} {item}) {{ value.{member} = new({item}); }}");
        }

        Identifier read = WireTypeTable.Get(node.Type).ReadMethod;
        if (!node.IsMany)
        {
            return CSharpExpression.Of($"value.{member} ??= reader.{read}({index});");
        }

        return node.Type == LogicalType.String
            ? CSharpExpression.Of($"while (reader.Is({index})) {{ {list}.Add(reader.{read}()); }}")
            : CSharpExpression.Of($"while (reader.Is({index})) {{ if (reader.{read}() is {{ }} {item}) {{ {list}.Add({item}); }} }}");
    }

    /// <summary>Reads an entry of a map; its name is asked for before its value.</summary>
    private static CSharpExpression Entry(NodeModel node, TypeName type, CSharpExpression map, Identifier item)
    {
        Identifier key = new("key" + item.Text.Substring(1));
        CSharpExpression items = CSharpExpression.Of($"{TypeName.Runtime("CiShapeReader")}.Items({map}, {key})");
        CSharpExpression Keep(CSharpExpression value) => node.IsMany ? CSharpExpression.Of($"{items}.Add({value});") : CSharpExpression.Of($"{map}[{key}] = {value};");
        CSharpExpression read = node.Type switch
        {
            LogicalType.Container => Keep(CSharpExpression.Of($"{type}.Read(reader)")),
            LogicalType.String => Keep(CSharpExpression.Of($"reader.ReadString()")),
            LogicalType.Enum => CSharpExpression.Of($"if (reader.ReadToken({type}.Known) is {{ }} {item}) {{ {Keep(CSharpExpression.Of($"new({item})"))} }}"),
            _ => CSharpExpression.Of($"if (reader.{WireTypeTable.Get(node.Type).ReadMethod}() is {{ }} {item}) {{ {Keep(CSharpExpression.Of($"{item}"))} }}"),
        };
        return CSharpExpression.Of($"string {key} = reader.ReadKey(); {read}");
    }
}
