using System.Buffers;

namespace InfraGate.McpGateway.Guardrails.Injection;

/// <summary>
/// Finds known injection patterns. Around each word that can start one, a fixed number of characters is read, so the time grows with the
/// length of the text only.
/// </summary>
internal sealed class InjectionDetector
{
    private const int Reach = 240;
    private const int MostWords = 24;
    private const int WidestBefore = 48;

    private static readonly HashSet<string> s_notCommands = new(
        ["to", "not", "cannot", "can't", "could", "couldn't", "will", "would", "did", "didn't", "should", "may", "might", "i", "we", "they", "client", "can", "don't", "doesn't", "unable"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> s_addressees = new(["you", "need", "must", "please", "assistant", "agent", "ai", "want", "have"], StringComparer.OrdinalIgnoreCase);

    private readonly SearchValues<string> _firstWords;
    private readonly SearchValues<string> _marks;
    private readonly Dictionary<string, Phrase[]>.AlternateLookup<ReadOnlySpan<char>> _phrases;

    public InjectionDetector()
    {
        var byWord = Phrases.All.SelectMany(phrase => phrase.FirstWords.Select(word => (word, phrase)))
            .GroupBy(entry => entry.word, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Select(entry => entry.phrase).ToArray(), StringComparer.OrdinalIgnoreCase);
        _phrases = byWord.GetAlternateLookup<ReadOnlySpan<char>>();
        _firstWords = SearchValues.Create(byWord.Keys.ToArray(), StringComparison.OrdinalIgnoreCase);
        _marks = SearchValues.Create(Phrases.Marks.Select(mark => mark.Mark).ToArray(), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Finds the patterns in a text, in order and without overlap. Hidden characters must have been removed before.</summary>
    public IReadOnlyList<InjectionSpan> Find(string text)
    {
        var folded = LetterFold.Fold(text).AsSpan();
        List<InjectionSpan>? found = null;
        FindPhrases(folded, ref found);
        FindMarks(folded, ref found);
        return found is null ? [] : InOrder(found);
    }

    private void FindPhrases(ReadOnlySpan<char> text, ref List<InjectionSpan>? found)
    {
        Span<(int Start, int End)> words = stackalloc (int, int)[MostWords];
        var position = 0;
        while (position < text.Length)
        {
            var next = text[position..].IndexOfAny(_firstWords);
            if (next < 0)
            {
                return;
            }

            var start = position + next;
            var end = Words.End(text, start);
            position = end;
            if (start > 0 && Words.IsPart(text[start - 1]) || !_phrases.TryGetValue(text[start..end], out var candidates))
            {
                continue;
            }

            var count = Words.Read(text, end, Reach, words);
            var last = Match(text, start, candidates, words[..count], out var category);
            if (last >= 0)
            {
                (found ??= []).Add(new InjectionSpan(start, words[last].End, category));
                position = words[last].End;
            }
        }
    }

    private static int Match(ReadOnlySpan<char> text, int start, Phrase[] candidates, ReadOnlySpan<(int Start, int End)> words, out InjectionCategory category)
    {
        foreach (var phrase in candidates)
        {
            var last = phrase.Match(text, words);
            if (last >= 0 && (!phrase.Imperative || IsCommand(text, start) && !IsRequestLine(text, start)) && (phrase.After is not { } after || after.Contains(WordBefore(text, start))))
            {
                category = phrase.Category;
                return last;
            }
        }

        category = default;
        return -1;
    }

    private static ReadOnlySpan<char> WordBefore(ReadOnlySpan<char> text, int start)
    {
        var (word, _) = Words.Last(text[Math.Max(0, start - WidestBefore)..start]);
        return word;
    }

    // "POST /oauth/token" is an access log's line.
    private static bool IsRequestLine(ReadOnlySpan<char> text, int start) => text[start..].StartsWith("POST /", StringComparison.Ordinal);

    // "failed to send the token to https://…" is a log line; "you need to send the token to https://…" is not.
    private static bool IsCommand(ReadOnlySpan<char> text, int start)
    {
        var before = text[Math.Max(0, start - WidestBefore)..start];
        var line = before.LastIndexOfAny('\n', '.');
        var (word, rest) = Words.Last(line < 0 ? before : before[(line + 1)..]);
        if (!s_notCommands.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
        {
            return true;
        }

        var (second, _) = Words.Last(rest);
        return s_addressees.GetAlternateLookup<ReadOnlySpan<char>>().Contains(second);
    }

    private void FindMarks(ReadOnlySpan<char> text, ref List<InjectionSpan>? found)
    {
        for (var position = 0; position < text.Length;)
        {
            var next = text[position..].IndexOfAny(_marks);
            if (next < 0)
            {
                return;
            }

            var start = position + next;
            foreach (var (mark, category) in Phrases.Marks)
            {
                if (text[start..].StartsWith(mark, StringComparison.OrdinalIgnoreCase))
                {
                    (found ??= []).Add(new InjectionSpan(start, start + mark.Length, category));
                    break;
                }
            }

            position = start + 1;
        }
    }

    private static List<InjectionSpan> InOrder(List<InjectionSpan> found)
    {
        found.Sort((a, b) => a.Start.CompareTo(b.Start));
        var ordered = new List<InjectionSpan>(found.Count);
        foreach (var span in found)
        {
            if (ordered.Count == 0 || span.Start >= ordered[^1].End)
            {
                ordered.Add(span);
            }
        }

        return ordered;
    }
}
