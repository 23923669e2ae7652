using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection.Events;

/// <summary>All events of one reason about one object.</summary>
internal sealed class EventGroup(string kind, string name, string reason, string type)
{
    private const int MaxNotes = 20;
    private readonly List<EventNote> _notes = [];

    public string Kind => kind;

    public string Name => name;

    public string Reason => reason;

    /// <summary><c>Normal</c> or <c>Warning</c>.</summary>
    public string Type => type;

    public int Count { get; private set; }

    public DateTimeOffset First { get; private set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset Last { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>The different messages, newest first.</summary>
    public IReadOnlyList<EventNote> Notes => [.. _notes.OrderByDescending(note => note.Last)];

    public void Add(EventRecord record)
    {
        Count += record.Times;
        First = record.FirstSeen < First ? record.FirstSeen : First;
        Last = record.LastSeen > Last ? record.LastSeen : Last;
        var known = _notes.Find(note => string.Equals(note.Text, record.Text, StringComparison.Ordinal));
        if (known is not null)
        {
            known.Count += record.Times;
            known.Last = record.LastSeen > known.Last ? record.LastSeen : known.Last;
        }
        else if (_notes.Count < MaxNotes)
        {
            _notes.Add(new EventNote(record.Text, record.Regarding?.FieldPath ?? record.InvolvedObject?.FieldPath) { Count = record.Times, Last = record.LastSeen });
        }
    }
}

/// <summary>One message of a group and how often it came.</summary>
/// <param name="FieldPath">Which container it is about, like <c>spec.containers{web}</c>.</param>
internal sealed record EventNote(string Text, string? FieldPath)
{
    public int Count { get; set; }

    public DateTimeOffset Last { get; set; }

    public bool IsAbout(string container) => FieldPath is null || FieldPath.Contains($"{{{container}}}", StringComparison.Ordinal);
}
