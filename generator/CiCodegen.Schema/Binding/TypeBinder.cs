namespace CiCodegen.Schema;

/// <summary>Settles a node's logical type and its enum.</summary>
internal sealed class TypeBinder(SharedNames names, ProblemList problems)
{
    // Names that the compiler keeps to itself in a record, beside those of its operators and accessors.
    private static readonly HashSet<string> s_ofRecords = new(["Clone", "Deconstruct", "PrintMembers"], StringComparer.Ordinal);

    private readonly Dictionary<string, (EnumModel Model, string Path, Fact Values)> _enums = new(StringComparer.Ordinal);

    public static string WireTypeOf(string type) => type switch
    {
        "int" or "long" => "Int",
        "decimal" => "Float",
        "container" => "Container",
        _ => "String",
    };

    public static string Word(LogicalType type) => type switch
    {
        LogicalType.Int32 => "int",
        LogicalType.Int64 => "long",
        LogicalType.Decimal => "decimal",
        LogicalType.Boolean => "bool",
        LogicalType.Time => "time",
        LogicalType.Enum => "enum",
        LogicalType.Container => "container",
        _ => "string",
    };

    /// <summary>The type of a node, or null when it was reported.</summary>
    /// <param name="node">The node with what it refers to.</param>
    /// <param name="isStructure">Whether the node has a shared structure, or refers to nothing that is known.</param>
    public LogicalType? TypeOf(NodeDocument node, bool isStructure)
    {
        string word = node.Find(FactKeys.Type)?.Text ?? Inferred(node, isStructure);
        LogicalType? type = word switch
        {
            "string" => LogicalType.String,
            "int" => LogicalType.Int32,
            "long" => LogicalType.Int64,
            "decimal" => LogicalType.Decimal,
            "bool" => LogicalType.Boolean,
            "time" => LogicalType.Time,
            "enum" => LogicalType.Enum,
            "container" => LogicalType.Container,
            _ => null, // the parser has reported the word
        };
        if (type == LogicalType.Enum && node.Find(FactKeys.Enum) is null)
        {
            problems.AddIn(node.Path, ProblemDescriptors.Contradiction, node.Name.Span, node.Name.Value, "its type is enum, so it needs the key 'enum' with the values");
            return null;
        }

        return type;
    }

    /// <param name="node">The node with its facts.</param>
    /// <param name="member">Its C# member.</param>
    /// <param name="enclosing">The C# type of the container around it.</param>
    /// <param name="isWithinShared">Whether that type belongs to all Tags: then the enum does, too.</param>
    public EnumModel BindEnum(NodeDocument node, string member, string enclosing, bool isWithinShared)
    {
        Fact values = node.Find(FactKeys.Enum)!;
        Fact? named = node.Find(FactKeys.EnumName);
        if (named is not null && !Names.IsTypeName(named.Text))
        {
            problems.AddIn(named.Path, ProblemDescriptors.BadTypeName, named.Values[0].Span, named.Text);
        }

        string? name = named?.Text;
        bool open = node.Find(FactKeys.Open)?.Text == "true";
        bool runtime = name is not null && node.Find(FactKeys.Runtime)?.Text == "true";
        Fact? shared = name is null ? null : names.Enum(name);
        bool isShared = shared is not null && shared.Values.Select(v => v.Text).SequenceEqual(values.Values.Select(v => v.Text));
        if (shared is not null && !isShared)
        {
            // The Tag knows other values than the shared type: it gets a type of its own.
            name = null;
            runtime = false;
        }

        string typeName = name ?? enclosing + member;
        List<EnumValueModel> members = [];
        foreach (FactValue value in (isShared ? shared! : values).Values)
        {
            string valueMember = ValueMember(value, typeName);

            if (members.Find(m => m.Member == valueMember) is { } twin)
            {
                problems.AddIn(values.Path, ProblemDescriptors.MemberClash, value.Span, twin.Text, value.Text, node.Name.Value, valueMember);
            }

            members.Add(new EnumValueModel(value.Text, valueMember));
        }

        EnumModel model = new(typeName, members.ToEquatableArray(), open, isShared || (isWithinShared && !runtime), runtime);
        if (_enums.TryGetValue(model.Name, out (EnumModel Model, string Path, Fact Values) first) && first.Model.Values != model.Values)
        {
            problems.AddIn(values.Path, ProblemDescriptors.TypeNameClash, values.KeySpan, model.Name, first.Path, node.Name.Value, FactKeys.EnumName);
        }

        _enums[model.Name] = (model, node.Name.Value, values);
        return model;
    }

    /// <summary>Reports enums that have the C# name of a container.</summary>
    /// <param name="shapes">The containers.</param>
    public void CheckNames(ShapeRegistry shapes)
    {
        foreach ((EnumModel model, string path, Fact values) in _enums.Values)
        {
            if (!model.IsRuntime && shapes.PathOf(model.Name) is { } container)
            {
                problems.AddIn(values.Path, ProblemDescriptors.TypeNameClash, values.KeySpan, model.Name, container, path, FactKeys.EnumName);
            }
        }
    }

    private static string Inferred(NodeDocument node, bool isStructure)
    {
        string? wire = node.Find(FactKeys.Wire)?.Text;
        if (isStructure || node.Children.Count > 0 || node.Find(FactKeys.Shape) is not null || wire == "Container")
        {
            return "container";
        }

        return node.Find(FactKeys.Enum) is not null ? "enum" : wire switch
        {
            "Int" or "Integer" => "int",
            "Float" or "Double" => "decimal",
            "Bool" => "bool",
            _ => "string",
        };
    }

    private static string ValueMember(FactValue value, string typeName)
    {
        string member = value.Name ?? Names.ToMember(value.Text);
        return member[0] == '_' && value.Name is null ? "Value" + member.Substring(1)
            : member is "Text" or "Known" || member == typeName || NodeBinder.IsReserved(member) || IsOfRecords(member) ? member + "Value" : member;
    }

    private static bool IsOfRecords(string member)
        => s_ofRecords.Contains(member) || member.StartsWith("op_", StringComparison.Ordinal) || member.StartsWith("get_", StringComparison.Ordinal) || member.StartsWith("set_", StringComparison.Ordinal);
}
