namespace InfraGate.Plans.Storage.Sql;

/// <summary>Makes LIKE patterns from what people type.</summary>
internal static class Like
{
    /// <summary>What must follow a pattern that <see cref="Containing"/> made.</summary>
    public const string Escape = "ESCAPE '\\'";

    /// <summary>A pattern for texts that hold this one, to be compared with lower-case texts.</summary>
    public static string Containing(string text)
    {
        var literal = text.ToLowerInvariant()
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);
        return $"%{literal}%";
    }
}
