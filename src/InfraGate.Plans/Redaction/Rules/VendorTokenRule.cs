namespace InfraGate.Plans.Redaction.Rules;

/// <summary>Tokens in the forms of <see cref="VendorTokens"/>.</summary>
internal sealed class VendorTokenRule : CredentialRule
{
    private const int FewestDistinctCharacters = 5;
    private const int AwsPairReach = 160;
    private const int AwsSecretLength = 40;

    private readonly VendorToken[] tokens;

    public VendorTokenRule(IEnumerable<VendorToken> tokens)
        : base([.. tokens.Select(token => token.Prefix)]) => this.tokens = [.. tokens];

    public override int Examine(ReadOnlySpan<char> text, int at, CredentialSpans found)
    {
        if (at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]))
        {
            return at + 1;
        }

        foreach (var token in tokens)
        {
            if (text[at..].StartsWith(token.Prefix, StringComparison.Ordinal) && Matches(text, at, token, out var end))
            {
                found.Add(at, end, token.Kind);
                return token.Kind == CredentialKind.AwsKey ? AddSecretBeside(text, end, found) : end;
            }
        }

        return at + 1;
    }

    private static bool Matches(ReadOnlySpan<char> text, int at, VendorToken token, out int end)
    {
        var start = at + token.Prefix.Length;
        end = WrappedRun.End(text, start, token.Alphabet, token.Shortest, out var length);
        var body = text[start..end];
        return length >= token.Shortest
            && length <= token.Longest
            && (token.Longest == int.MaxValue || end == text.Length || !char.IsAsciiLetterOrDigit(text[end]))
            && (!token.NeedsDigit || body.ContainsAny(CharacterSets.Digit))
            && HasVariety(body);
    }

    // "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx" in documentation is nobody's key.
    private static bool HasVariety(ReadOnlySpan<char> body)
    {
        var (seen, distinct) = (UInt128.Zero, 0);
        foreach (var c in body[..Math.Min(body.Length, 64)])
        {
            var bit = UInt128.One << (c & 0x7F);
            distinct += (seen & bit) == UInt128.Zero ? 1 : 0;
            seen |= bit;
        }

        return distinct >= FewestDistinctCharacters;
    }

    // A secret access key has no form of its own but 40 characters of base64; beside an access key id it is one.
    private static int AddSecretBeside(ReadOnlySpan<char> text, int end, CredentialSpans found)
    {
        var limit = Math.Min(text.Length, end + AwsPairReach);
        var position = end;
        while (position < limit)
        {
            var start = text[position..limit].IndexOfAny(CharacterSets.AnyBase64);
            if (start < 0)
            {
                break;
            }

            start += position;
            var length = text[start..].IndexOfAnyExcept(CharacterSets.AnyBase64);
            position = length < 0 ? text.Length : start + length;
            if (position - start == AwsSecretLength && Naming.SecretValue.LooksRandom(text[start..position]))
            {
                found.Add(start, position, CredentialKind.AwsKey);
                return position;
            }

            if (position - start > AwsPairReach)
            {
                break;
            }
        }

        return end;
    }
}
