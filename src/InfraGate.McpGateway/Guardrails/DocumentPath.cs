namespace InfraGate.McpGateway.Guardrails;

/// <summary>A place in a document, whatever the index in its arrays: <c>lines[*].text</c>. It knows the name it is reached by and the strings found there.</summary>
internal sealed class DocumentPath(string name)
{
    private Dictionary<string, DocumentPath>? _children;

    /// <summary>The property's name as it is written out.</summary>
    public string Name { get; } = name;

    /// <summary>The strings found here.</summary>
    public TextColumn? Column { get; private set; }

    /// <summary>The place below this one that a property leads to.</summary>
    /// <param name="property">The property's name in the document.</param>
    /// <param name="clean">Cleans the name; asked once for each place.</param>
    public DocumentPath Child(string property, Func<string, string> clean)
    {
        _children ??= new Dictionary<string, DocumentPath>(StringComparer.Ordinal);
        if (!_children.TryGetValue(property, out var child))
        {
            child = new DocumentPath(clean(property));
            _children.Add(property, child);
        }

        return child;
    }

    /// <summary>Adds a string found here; the first one starts the column.</summary>
    public TextColumn Add(int ordinal, string text)
    {
        Column ??= new TextColumn();
        Column.Add(ordinal, text);
        return Column;
    }
}
