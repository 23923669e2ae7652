namespace InfraGate.Plans.Redaction.Rules;

/// <summary>Hashes of passwords in the modular crypt format (crypt(5)), argon2 and PostgreSQL's SCRAM verifiers: they can be guessed at leisure.</summary>
internal sealed class PasswordHashRule() : CredentialRule("$1$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "$y$", "$apr1$", "$argon2", "SCRAM-SHA-256$")
{
    private const int Shortest = 20;

    private static readonly System.Buffers.SearchValues<char> Alphabet =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$./+=,:-");

    public override int Examine(ReadOnlySpan<char> text, int at, CredentialSpans found)
    {
        var prefix = text[at..].IndexOf('$') + 1;
        var length = text[(at + prefix)..].IndexOfAnyExcept(Alphabet);
        var end = length < 0 ? text.Length : at + prefix + length;
        var first = text[at..end].IndexOf(':');
        end = first > Shortest && text[at] == '$' ? at + first : end;
        if (end - at < Shortest)
        {
            return at + prefix;
        }

        found.Add(at, end, CredentialKind.PasswordHash);
        return end;
    }
}
