namespace InfraGate.Sandbox.Schema;

/// <summary>What the API server knows of a value's type: how it is checked, merged and owned.</summary>
internal abstract class TypeSchema;

/// <summary>A value without parts.</summary>
internal sealed class ScalarType(ScalarKind kind) : TypeSchema
{
    public ScalarKind Kind { get; } = kind;
}

/// <summary>Any JSON; owned and replaced as a whole.</summary>
internal sealed class UntypedType : TypeSchema
{
    public static UntypedType Instance { get; } = new();
}

/// <summary>An object with declared fields.</summary>
internal sealed class StructType(string name, bool atomic) : TypeSchema
{
    /// <summary>For example <c>core.v1.Container</c>.</summary>
    public string Name { get; } = name;

    /// <summary>Replaced as a whole by whoever sets it.</summary>
    public bool Atomic { get; } = atomic;

    public Dictionary<string, FieldSchema> Fields { get; } = [];
}

/// <summary>An object with free keys.</summary>
internal sealed class MapType(TypeSchema element) : TypeSchema
{
    public TypeSchema Element { get; } = element;
}

/// <summary>A list; <see cref="Keys"/> name the fields that identify an item of an associative list.</summary>
internal sealed class ListType(TypeSchema element, ListKind kind, IReadOnlyList<string> keys) : TypeSchema
{
    public TypeSchema Element { get; } = element;

    public ListKind Kind { get; } = kind;

    public IReadOnlyList<string> Keys { get; } = keys;
}

/// <summary>A declared field; <see cref="PatchKey"/> is the merge key that strategic merge patches use.</summary>
internal sealed record FieldSchema(string Name, TypeSchema Type, string? PatchKey, bool RetainKeys, bool Required);

internal enum ScalarKind
{
    String,
    Integer,
    Number,
    Boolean,
    Quantity,
    IntOrString,
}

internal enum ListKind
{
    Atomic,
    Set,
    Associative,
}
