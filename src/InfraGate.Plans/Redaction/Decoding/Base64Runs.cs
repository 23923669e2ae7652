namespace InfraGate.Plans.Redaction.Decoding;

/// <summary>Finds runs of base64 that are long enough to hold a credential, also when they are wrapped over lines.</summary>
internal static class Base64Runs
{
    private const int Shortest = 20;
    private const int WrappedLine = 60;

    /// <summary>Finds the next run.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to start.</param>
    /// <param name="start">Where the run starts.</param>
    /// <param name="end">Where it ends, without padding.</param>
    /// <returns>Whether there is one.</returns>
    public static bool Next(ReadOnlySpan<char> text, int from, out int start, out int end)
    {
        // Every run of that length covers a multiple of it: only those places need a look.
        for (var probe = from + Shortest - 1; probe < text.Length; probe += Shortest)
        {
            if (!CharacterSets.AnyBase64.Contains(text[probe]))
            {
                continue;
            }

            start = from + text[from..probe].LastIndexOfAnyExcept(CharacterSets.AnyBase64) + 1;
            end = RunEnd(text, probe);
            if (end - start >= Shortest)
            {
                end = FollowLines(text, start, end);
                return true;
            }

            from = end;
            probe = end - 1;
        }

        (start, end) = (0, 0);
        return false;
    }

    private static int FollowLines(ReadOnlySpan<char> text, int lineStart, int end)
    {
        while (end - lineStart >= WrappedLine && end < text.Length && text[end] is '\n')
        {
            lineStart = end + 1;
            var next = RunEnd(text, lineStart);
            if (next == lineStart || next < text.Length && text[next] is not ('\n' or '=' or '"'))
            {
                return end;
            }

            end = next;
        }

        return end;
    }

    private static int RunEnd(ReadOnlySpan<char> text, int from)
    {
        var length = text[from..].IndexOfAnyExcept(CharacterSets.AnyBase64);
        return length < 0 ? text.Length : from + length;
    }
}
