namespace InfraGate.Plans.Redaction.Naming;

/// <summary>Beginnings of values that say where a secret is kept, or that are addresses; those are searched for credentials of their own.</summary>
internal static class ReferenceSchemes
{
    private static readonly string[] Schemes =
    [
        "http://", "https://", "file:", "arn:", "op://", "vault:", "ref+", "projects/", "secretsmanager:", "ssm:", "gcpsm:", "azurekms:", "awskms:", "secretref:", "env:", "urn:", "keyvault:",
    ];

    public static bool Any(ReadOnlySpan<char> value)
    {
        foreach (var scheme in Schemes)
        {
            if (value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
