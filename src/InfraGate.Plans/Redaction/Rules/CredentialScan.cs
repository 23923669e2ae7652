namespace InfraGate.Plans.Redaction.Rules;

/// <summary>Runs all rules over a text once, from left to right.</summary>
internal sealed class CredentialScan
{
    // Two passes side by side: words in any case, and marks whose case is part of their form.
    private readonly AnchorIndex words = new(StringComparison.OrdinalIgnoreCase, new CookieRule(), new AuthorizationRule(), new CommandLineRule(), new SignedUrlRule(), new AssignmentRule());
    private readonly AnchorIndex marks = new(
        StringComparison.Ordinal, new JsonWebTokenRule(), new PrivateKeyRule(), new UrlPasswordRule(), new PasswordHashRule(), new InfixTokenRule(), new VendorTokenRule());

    public CredentialSpans Run(ReadOnlySpan<char> text)
    {
        var found = new CredentialSpans();
        var (word, mark) = (words.Next(text, 0), marks.Next(text, 0));
        while (word >= 0 || mark >= 0)
        {
            if (mark >= 0 && (word < 0 || mark <= word))
            {
                mark = Advance(marks, text, mark, found);
            }
            else
            {
                word = Advance(words, text, word, found);
            }

            word = word >= 0 && word < found.End ? words.Next(text, found.End) : word;
            mark = mark >= 0 && mark < found.End ? marks.Next(text, found.End) : mark;
        }

        return found;
    }

    private static int Advance(AnchorIndex index, ReadOnlySpan<char> text, int at, CredentialSpans found) => index.Next(text, Math.Min(text.Length, index.Examine(text, at, found)));
}
