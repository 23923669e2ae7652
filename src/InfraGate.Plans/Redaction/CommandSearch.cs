using System.Text;
using InfraGate.Plans.Redaction.Naming;
using InfraGate.Plans.Redaction.Rules;

namespace InfraGate.Plans.Redaction;

/// <summary>
/// Finds the credentials in a command line that was given as words. A word is judged by itself, by the option before it, and by its place in the whole line,
/// for <c>-a S3cret</c> is a password after <c>redis-cli</c> only.
/// </summary>
internal sealed class CommandSearch(CredentialDetector detector)
{
    /// <summary>
    /// Characters. The rules see a stretch of the line at a time; a long word between a command and its option must not take all of it. No user name before a
    /// password is as long.
    /// </summary>
    private const int LongestInLine = 64;

    /// <summary>Stands in the line for what has been judged: a mask, which no rule takes for a credential.</summary>
    private const string Judged = "***";

    /// <summary>For each word the spans of it to hide.</summary>
    public IReadOnlyList<IReadOnlyList<CredentialSpan>> Find(IReadOnlyList<string> words)
    {
        var found = new IReadOnlyList<CredentialSpan>[words.Count];
        var option = "";
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = Find(option, words[i]);
            option = Option(words[i]);
        }

        if (found.Length > 1)
        {
            AddFromLine(words, found);
        }

        return found;
    }

    // "--password=…" and "-p$(PASSWORD)" have their values in them.
    private static string Option(string word) =>
        word.StartsWith('-') && !word.AsSpan().ContainsAny('=', '$') ? word.TrimStart('-') : "";

    private IReadOnlyList<CredentialSpan> Find(string option, string word)
    {
        if (option.Length == 0 || word.Length == 0)
        {
            return detector.Find(word);
        }

        var name = SecretName.Of(option);
        return (AssignmentRule.IsSecret(name, word) ? name.Kind : detector.KindOf(option, word)) is { } kind ? [new(0, word.Length, kind)] : detector.Find(word);
    }

    private void AddFromLine(IReadOnlyList<string> words, IReadOnlyList<CredentialSpan>[] found)
    {
        var (line, starts) = Line(words, found);
        var word = 0;
        foreach (var span in detector.Find(line))
        {
            while (word + 1 < starts.Length && starts[word + 1] <= span.Start)
            {
                word++;
            }

            // The ends of words are known here, so what starts in one ends with it: neither does a blank in a password show the rest of it, nor does the
            // value of a header hide from an approver what comes after it.
            var start = span.Start - starts[word];
            if (start >= 0 && start < words[word].Length && found[word].Count == 0)
            {
                found[word] = [new(start, words[word].Length - start, span.Kind)];
            }
        }
    }

    private static (string Line, int[] Starts) Line(IReadOnlyList<string> words, IReadOnlyList<CredentialSpan>[] found)
    {
        // As after a prompt: what starts a line may have the whole of it for its value, which is so in files and never here.
        var line = new StringBuilder("$");
        var starts = new int[words.Count];
        for (var i = 0; i < starts.Length; i++)
        {
            starts[i] = line.Append(' ').Length;
            var word = words[i].AsSpan();

            // A text of several lines is a script: its commands are not those of the words around it.
            _ = found[i].Count > 0 || word.ContainsAny('\r', '\n') ? line.Append(Judged) : line.Append(word[..Math.Min(word.Length, LongestInLine)]);
        }

        return (line.ToString(), starts);
    }
}
