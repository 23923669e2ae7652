using InfraGate.Plans.Redaction.Naming;

namespace InfraGate.Plans.Redaction.Rules;

/// <summary>Tells sentences about passwords from passwords: <c>invalid token: signature has expired</c>, <c>password: must not be empty</c>.</summary>
internal static class Prose
{
    private static readonly WordSet SentenceWords = new("""
        a an the is are was were be been must should cannot can could may not no has have had for from with in of to at by on or and if when does do did will would
        expired missing failed invalid required found empty least supported allowed unable longer match matches exists
        """);

    /// <summary>Whether the words at the value's place are a sentence.</summary>
    public static bool Reads(ReadOnlySpan<char> text, AssignedValue value)
    {
        var content = text[value.Start..value.End];
        if (value.Quoted || value.WholeLine)
        {
            return IsSentence(content);
        }

        if (!value.AfterColon)
        {
            return false;
        }

        // An error chain ("token: oauth2: cannot fetch") or a word followed by others on its line ("token: signature is invalid").
        var followed = value.End < text.Length - 1 && text[value.End] == ' ' && text[value.End + 1] is not ('\r' or '\n');
        return followed && (content[^1] is ':' or ',' && IsWord(content[..^1]) || IsWord(content) || !content.ContainsAnyExcept(CharacterSets.Digit));
    }

    /// <summary>Whether a whole value is a sentence and not a pass phrase.</summary>
    public static bool IsSentence(ReadOnlySpan<char> content)
    {
        if (content.Length > SecretValue.LongestPlaceholder)
        {
            return false;
        }

        var (words, telling) = (0, 0);
        foreach (var range in content.Split(' '))
        {
            var word = content[range].TrimEnd(".,:;!?");
            words += IsWord(word) ? 1 : 0;
            telling += SentenceWords.Contains(word) ? 1 : 0;
        }

        return words > 1 && telling > 0;
    }

    private static bool IsWord(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var inside = i > 0 && text[i] is '\'' or '-' or '/' or '_' || i == text.Length - 1 && char.IsAsciiDigit(text[i]);
            if (!char.IsAsciiLetterLower(text[i]) && !(i == 0 && char.IsAsciiLetterUpper(text[i])) && !inside)
            {
                return false;
            }
        }

        return true;
    }
}
