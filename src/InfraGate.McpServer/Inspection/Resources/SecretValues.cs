using InfraGate.Plans.Redaction;

namespace InfraGate.McpServer.Inspection.Resources;

/// <summary>Shows values of the cluster, or their fingerprint where they look secret. What looks secret is decided in one place for the whole product.</summary>
internal static class SecretValues
{
    private const int ValueLength = 160;
    private static readonly CredentialDetector Detector = new();

    /// <summary>A named value, such as an environment variable.</summary>
    public static string Show(string name, string value) =>
        Detector.LooksSecret(name, value) ? Fingerprint.Of(value) : Bounded.Text(value, ValueLength);

    /// <summary>A label or an annotation: as <see cref="Show"/>, and a copy of a whole object, with the values that are hidden in the object itself, as a fingerprint.</summary>
    public static string ShowMetadata(string name, string value) => ManifestCopy.IsOne(value) ? Fingerprint.Of(value) : Show(name, value);
}
