namespace InfraGate.McpServer.Inspection.Events;

/// <summary>A group of events as answers show it.</summary>
/// <param name="Object">Like <c>Pod/web-5d8</c>.</param>
/// <param name="Last">UTC, to the second.</param>
/// <param name="Message">The newest message; other messages of the group follow in <paramref name="More"/>.</param>
internal sealed record EventLine(string Object, string Reason, string? Warning, int Count, string Last, string Message, IReadOnlyList<string>? More)
{
    private const int MaxMore = 2;

    public static EventLine Of(EventGroup group, int messageLength = Bounded.MessageLength)
    {
        var notes = group.Notes;
        var more = notes.Skip(1).Take(MaxMore).Select(note => Bounded.Text(note.Text, messageLength)).ToList();
        return new EventLine(
            $"{group.Kind}/{group.Name}",
            group.Reason,
            group.Type is "Warning" ? "yes" : null,
            group.Count,
            Describe.Time(group.Last),
            Bounded.Text(notes[0].Text, messageLength),
            Bounded.OrNull(more));
    }
}

/// <summary>The answer of get_k8s_events.</summary>
internal sealed record EventsAnswer(string Namespace, string Summary, IReadOnlyList<EventLine> Events, IReadOnlyList<string>? Omitted);
