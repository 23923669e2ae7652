using System.Runtime.InteropServices;

namespace InfraGate.Plans.Redaction.Naming;

/// <summary>What the name of a setting, header, flag or property says about its value.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SecretName(NameStrength Strength, CredentialKind Kind)
{
    private static readonly SecretName Harmless = new(NameStrength.None, CredentialKind.Secret);

    /// <summary>Reads a name, for example <c>DB_PASSWORD</c>, <c>clientSecret</c>, <c>x-api-key</c> or <c>token_ttl</c>.</summary>
    public static SecretName Of(ReadOnlySpan<char> name)
    {
        var verdict = Of(new NameWords(name, byCase: true));

        // "pAsSwOrD" falls to pieces at its changes of case.
        return verdict.Strength == NameStrength.None && HasMixedCase(name) ? Of(new NameWords(name, byCase: false)) : verdict;
    }

    private static bool HasMixedCase(ReadOnlySpan<char> name) => name.ContainsAnyInRange('a', 'z') && name.ContainsAnyInRange('A', 'Z');

    private static SecretName Of(NameWords words)
    {
        for (var i = words.Count - 1; i >= 0; i--)
        {
            var verdict = OfWord(words, i);
            if (verdict.Strength != NameStrength.None)
            {
                return Qualify(words, i, verdict);
            }
        }

        return Harmless;
    }

    private static SecretName Qualify(NameWords words, int telling, SecretName verdict)
    {
        for (var i = telling + 1; i < words.Count; i++)
        {
            if (SecretVocabulary.AboutASecret.Contains(words[i]))
            {
                return Harmless;
            }

            if (words[i].Equals("id", StringComparison.OrdinalIgnoreCase))
            {
                verdict = verdict with { Strength = NameStrength.Weak };
            }
        }

        return verdict;
    }

    private static SecretName OfWord(NameWords words, int i)
    {
        var word = words[i];
        var before = i > 0 ? words[i - 1] : default;
        return word.Length switch
        {
            < 3 => Harmless,
            3 when Is(word, "key") => OfKey(words, i, before),
            3 when Is(word, "pwd") => new(i > 0 ? NameStrength.Strong : NameStrength.Reference, CredentialKind.Password),
            4 when Is(word, "pass") => OfPass(before),
            4 when Is(word, "auth") => new(i == words.Count - 1 ? NameStrength.Weak : NameStrength.None, CredentialKind.BasicAuth),
            5 when Is(word, "token") => OfToken(words, i, before),
            6 when Is(word, "secret") => OfSecret(words, i, before),
            6 when Is(word, "cookie") => new(NameStrength.Weak, CredentialKind.Cookie),
            _ => OfCompound(word),
        };
    }

    private static SecretName OfKey(NameWords words, int i, ReadOnlySpan<char> before)
    {
        if (before.IsEmpty)
        {
            return new(NameStrength.Weak, CredentialKind.ApiKey);
        }

        if (SecretVocabulary.NotSecretKeys.Contains(before))
        {
            return Harmless;
        }

        var afterSecret = i > 1 && Is(words[i - 2], "secret");
        return new(afterSecret || SecretVocabulary.SecretKeys.Contains(before) ? NameStrength.Strong : NameStrength.Weak, CredentialKind.ApiKey);
    }

    private static SecretName OfPass(ReadOnlySpan<char> before)
    {
        if (before.IsEmpty)
        {
            return new(NameStrength.Reference, CredentialKind.Password);
        }

        return SecretVocabulary.NotPasswords.Contains(before) ? Harmless : new(NameStrength.Strong, CredentialKind.Password);
    }

    private static SecretName OfToken(NameWords words, int i, ReadOnlySpan<char> before)
    {
        // .NET's PublicKeyToken is part of an assembly's name.
        var ofPublicKey = i > 1 && Is(before, "key") && Is(words[i - 2], "public");
        return ofPublicKey || !before.IsEmpty && SecretVocabulary.NotTokens.Contains(before) ? Harmless : new(NameStrength.Strong, CredentialKind.Token);
    }

    private static SecretName OfSecret(NameWords words, int i, ReadOnlySpan<char> before)
    {
        if (!before.IsEmpty && SecretVocabulary.NotSecrets.Contains(before))
        {
            return Harmless;
        }

        // "secret" is the end of the name in `secret: db-credentials` (an object's name) but not in SECRET_KEY_BASE.
        var namesAnObject = i == words.Count - 1 && (before.IsEmpty || !SecretVocabulary.SecretOwners.Contains(before));
        return new(namesAnObject ? NameStrength.Reference : NameStrength.Strong, CredentialKind.Secret);
    }

    private static SecretName OfCompound(ReadOnlySpan<char> word)
    {
        if (SecretVocabulary.WeakWords.Contains(word))
        {
            return new(NameStrength.Weak, CredentialKind.Secret);
        }

        foreach (var (ending, kind) in SecretVocabulary.Endings)
        {
            if (word.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return SecretVocabulary.HarmlessCompounds.Contains(word) ? Harmless : new(NameStrength.Strong, kind);
            }
        }

        return Harmless;
    }

    private static bool Is(ReadOnlySpan<char> word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);
}
