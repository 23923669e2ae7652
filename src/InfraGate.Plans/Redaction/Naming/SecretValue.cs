namespace InfraGate.Plans.Redaction.Naming;

/// <summary>What a value under a telling name looks like.</summary>
internal static class SecretValue
{
    /// <summary>No more than this much of a value is looked at; a longer one is never taken for a placeholder.</summary>
    public const int LongestPlaceholder = 256;

    private const int ShortestSecret = 3;
    private const int ShortestRandom = 16;
    private const double RandomBitsPerCharacter = 3.2;

    private static readonly WordSet Words = new("""
        null nil none undefined unset empty true false yes no n/a na redacted masked hidden removed unchanged required optional missing invalid expired revoked
        string str object bool boolean int integer number bytes byte text value void any unknown unauthorized forbidden denied error failed success ok valid enabled disabled
        default absent present provided set not-set notset not_set ignored omitted sensitive protected encrypted prompt mismatch incorrect wrong
        authentication authenticated authorization not is was has have must should cannot the for from with in of to and or
        """);

    /// <summary>Whether nothing could be opened with the value: a mask, a reference to where the value is kept, a type, a number of seconds.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<char> value, bool isPassword)
    {
        value = value.Trim();
        if (value.Length < ShortestSecret)
        {
            return true;
        }

        if (value.Length > LongestPlaceholder)
        {
            return false;
        }

        return Words.Contains(value.TrimEnd(".,:;!?)"))
            || IsMasked(value)
            || IsReference(value)
            || IsPath(value)
            || IsCode(value)
            || IsQuantity(value, isPassword)
            || Fingerprint.StartsLikeOne(value);
    }

    /// <summary>Whether the value may be the name of a Kubernetes object: a DNS subdomain that reads as words.</summary>
    public static bool LooksLikeObjectName(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty || value.Length > 253 || !char.IsAsciiLetterOrDigit(value[0]))
        {
            return false;
        }

        var (digits, letters, parts) = (0, 0, 1);
        foreach (var c in value)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '.' or '/'))
            {
                return false;
            }

            digits += char.IsAsciiDigit(c) ? 1 : 0;
            letters += char.IsAsciiLetterLower(c) ? 1 : 0;
            parts += char.IsAsciiLetterOrDigit(c) ? 0 : 1;
        }

        return letters > 0 && (parts > 1 ? digits * 2 <= letters : digits <= 1);
    }

    /// <summary>Whether the value looks like random material rather than words, a hash or an identifier.</summary>
    public static bool LooksRandom(ReadOnlySpan<char> value)
    {
        value = value[..Math.Min(value.Length, LongestPlaceholder)];
        if (value.Length < ShortestRandom || value.ContainsAny(CharacterSets.Structure) || EndsWithUuid(value))
        {
            return false;
        }

        var (lower, upper, digit) = (false, false, false);
        foreach (var c in value)
        {
            lower |= char.IsAsciiLetterLower(c);
            upper |= char.IsAsciiLetterUpper(c);
            digit |= char.IsAsciiDigit(c);
        }

        return lower && upper && digit && Entropy.BitsPerCharacter(value) >= RandomBitsPerCharacter;
    }

    private static bool EndsWithUuid(ReadOnlySpan<char> value) => value.Length >= 36 && Guid.TryParseExact(value[^36..], "D", out _);

    private static bool IsMasked(ReadOnlySpan<char> value)
    {
        var oneCharacter = value[0] is '*' or 'x' or 'X' or '.' or '-' or '#' or '•' or '_' or '?' && value.IndexOfAnyExcept(value[0], '-') < 0;
        return oneCharacter
            || value.Contains("***", StringComparison.Ordinal)
            || value.Contains("•••", StringComparison.Ordinal)
            || value.Contains("REDACTED", StringComparison.OrdinalIgnoreCase)
            || value.StartsWith("(hidden", StringComparison.OrdinalIgnoreCase)
            || value.StartsWith("(sensitive", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsReference(ReadOnlySpan<char> value)
    {
        var end = value[^1];
        return value[0] switch
        {
            '<' => value.Contains('>'),
            '$' => value[1] is '{' or '(' || !value[1..].ContainsAnyExcept(CharacterSets.AlphanumericUnderscore),
            '{' => value[1] is '{',
            '%' => value[1] is '(' or '{' or 's' or 'v' or 'q' || end == '%',
            '(' => value[1] == '*' || value.StartsWith("(set", StringComparison.OrdinalIgnoreCase) || value.StartsWith("(not", StringComparison.OrdinalIgnoreCase) || value.StartsWith("(nil", StringComparison.Ordinal) || value.StartsWith("(string", StringComparison.Ordinal),
            '@' => value.StartsWith("@Microsoft.KeyVault(", StringComparison.Ordinal),
            _ => ReferenceSchemes.Any(value),
        };
    }

    private static bool IsPath(ReadOnlySpan<char> value)
    {
        if (value[0] is not ('/' or '.' or '~') || value.Count('/') < 2)
        {
            return false;
        }

        foreach (var c in value)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('/' or '.' or '-' or '_' or '~'))
            {
                return false;
            }
        }

        return !LooksRandom(value) || value.StartsWith("/var/", StringComparison.Ordinal) || value.StartsWith("/etc/", StringComparison.Ordinal);
    }

    private static bool IsCode(ReadOnlySpan<char> value)
    {
        if (value.StartsWith("0x", StringComparison.Ordinal) && value.Length <= 18 && !value[2..].ContainsAnyExcept(CharacterSets.Hex))
        {
            return true;
        }

        var open = value.IndexOf('(');
        return value.StartsWith("process.env", StringComparison.Ordinal)
            || value.StartsWith("os.environ", StringComparison.Ordinal)
            || value.StartsWith("os.Getenv", StringComparison.Ordinal)
            || value[^1] is ')' or '(' && open > 2 && char.IsAsciiLetter(value[0]) && !value[..open].ContainsAnyExcept(CharacterSets.Name);
    }

    private static bool IsQuantity(ReadOnlySpan<char> value, bool isPassword)
    {
        var digits = value.IndexOfAnyExcept(CharacterSets.Digit);
        if (digits < 0)
        {
            return value.Length < (isPassword ? 4 : 6);
        }

        var unit = value[digits..].TrimStart();
        return digits > 0 && unit is "s" or "ms" or "m" or "h" or "d" or "us" or "ns" or "bytes" or "byte" or "chars" or "characters" or "tokens" or "B" or "KiB" or "MiB"
            || digits > 0 && value.Length <= 12 && !value.ContainsAnyExcept(CharacterSets.Duration);
    }
}
