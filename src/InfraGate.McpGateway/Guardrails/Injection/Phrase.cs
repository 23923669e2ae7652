namespace InfraGate.McpGateway.Guardrails.Injection;

/// <summary>
/// A pattern of words: one of the first set, then within so many words one of the next set, and so on. It is written as
/// <c>"ignore|disregard 5 previous|prior 4 instructions|rules"</c>, where a number is the greatest distance to the next set.
/// </summary>
internal sealed class Phrase
{
    /// <summary>The greatest distance that a pattern may allow between its first word and its second.</summary>
    public const int LongestFirstDistance = 6;

    private readonly (int Distance, HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Words)[] steps;

    public Phrase(InjectionCategory category, string pattern, bool imperative = false, string? after = null)
    {
        Category = category;
        Imperative = imperative;
        After = after is null ? null : new HashSet<string>(after.Split('|'), StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        var parts = pattern.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        FirstWords = parts[0].Split('|');
        if (int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) > LongestFirstDistance)
        {
            throw new ArgumentException($"The second word may stand at most {LongestFirstDistance} words from the first.", nameof(pattern));
        }

        steps = new (int, HashSet<string>.AlternateLookup<ReadOnlySpan<char>>)[parts.Length / 2];
        for (var i = 0; i < steps.Length; i++)
        {
            var words = new HashSet<string>(parts[(2 * i) + 2].Split('|'), StringComparer.OrdinalIgnoreCase);
            steps[i] = (int.Parse(parts[(2 * i) + 1], System.Globalization.CultureInfo.InvariantCulture), words.GetAlternateLookup<ReadOnlySpan<char>>());
        }
    }

    /// <summary>What the pattern is a sign of.</summary>
    public InjectionCategory Category { get; }

    /// <summary>Whether the first word must be a command: "send the token", not "failed to send the token".</summary>
    public bool Imperative { get; }

    /// <summary>The words of which one must stand right before the first; null for no such demand.</summary>
    public HashSet<string>.AlternateLookup<ReadOnlySpan<char>>? After { get; }

    /// <summary>The words that the pattern can start with.</summary>
    public IReadOnlyList<string> FirstWords { get; }

    /// <summary>Whether the pattern's second set of words has one among those that follow the first.</summary>
    public bool CanGoOn(ReadOnlySpan<char> text, ReadOnlySpan<(int Start, int End)> words)
    {
        var (distance, set) = steps[0];
        foreach (var (start, end) in words[..Math.Min(words.Length, distance)])
        {
            if (set.Contains(text[start..end]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Matches the words after the first one.</summary>
    /// <param name="text">The folded text.</param>
    /// <param name="words">The words that follow the first.</param>
    /// <returns>The index of the pattern's last word, or -1.</returns>
    public int Match(ReadOnlySpan<char> text, ReadOnlySpan<(int Start, int End)> words)
    {
        var position = 0;
        foreach (var (distance, set) in steps)
        {
            var limit = Math.Min(words.Length, position + distance);
            while (position < limit && !set.Contains(text[words[position].Start..words[position].End]))
            {
                position++;
            }

            if (position >= limit)
            {
                return -1;
            }

            position++;
        }

        return position - 1;
    }
}
