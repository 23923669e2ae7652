using System.Buffers;
using System.Text;

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

    private readonly FirstWordFilter _firstWords;
    private readonly SearchValues<string> _marks;
    private readonly SearchValues<string> _foreignMarks;
    private readonly Dictionary<string, Phrase[]>.AlternateLookup<ReadOnlySpan<char>> _phrases;

    public InjectionDetector()
    {
        var byWord = Phrases.All.SelectMany(phrase => phrase.FirstWords.Select(word => (word, phrase)))
            .GroupBy(entry => entry.word, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Select(entry => entry.phrase).ToArray(), StringComparer.OrdinalIgnoreCase);
        _phrases = byWord.GetAlternateLookup<ReadOnlySpan<char>>();
        _firstWords = new FirstWordFilter(byWord.Keys);

        // One mark outside ASCII would take the search for all of them off its fast path (measured: 200 instead of 3,500 MB/s).
        _marks = SearchValues.Create(Phrases.Marks.Select(mark => mark.Mark).Where(mark => Ascii.IsValid(mark)).ToArray(), StringComparison.OrdinalIgnoreCase);
        _foreignMarks = SearchValues.Create(Phrases.Marks.Select(mark => mark.Mark).Where(mark => !Ascii.IsValid(mark)).ToArray(), StringComparison.Ordinal);
    }

    /// <summary>Finds the patterns in a text, in order and without overlap. Hidden characters must have been removed before.</summary>
    public IReadOnlyList<InjectionSpan> Find(string text)
    {
        var folded = LetterFold.Fold(text).AsSpan();
        List<InjectionSpan>? found = null;
        FindPhrases(folded, ref found);
        FindMarks(folded, _marks, ref found);
        if (!Ascii.IsValid(folded))
        {
            FindMarks(folded, _foreignMarks, ref found);
        }

        return found is null ? [] : InOrder(found);
    }

    private void FindPhrases(ReadOnlySpan<char> text, ref List<InjectionSpan>? found)
    {
        Span<(int Start, int End)> words = stackalloc (int, int)[MostWords];
        var position = 0;
        while (_firstWords.Next(text, ref position) is var start && start >= 0)
        {
            var end = position;
            if (!_phrases.TryGetValue(text[start..end], out var candidates))
            {
                continue;
            }

            // Few places that start like a pattern go on like one: the second word of it is looked for before all are read.
            var near = Words.Read(text, end, Reach, words[..Phrase.LongestFirstDistance]);
            if (!CanGoOn(text, candidates, words[..near]))
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

    private static bool CanGoOn(ReadOnlySpan<char> text, Phrase[] candidates, ReadOnlySpan<(int Start, int End)> words)
    {
        foreach (var phrase in candidates)
        {
            if (phrase.CanGoOn(text, words))
            {
                return true;
            }
        }

        return false;
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

    private static void FindMarks(ReadOnlySpan<char> text, SearchValues<string> marks, ref List<InjectionSpan>? found)
    {
        for (var position = 0; position < text.Length;)
        {
            var next = text[position..].IndexOfAny(marks);
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
