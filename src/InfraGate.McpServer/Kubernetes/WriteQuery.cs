namespace InfraGate.McpServer.Kubernetes;

/// <summary>The query of a patch.</summary>
internal static class WriteQuery
{
    /// <summary>Takes fields from other managers.</summary>
    public const string Forced = "force=true";

    /// <summary>Is refused where another manager owns a field.</summary>
    public const string Unforced = "force=false";

    public static string For(PatchKind kind, WriteOptions options) =>
        $"?fieldManager={Uri.EscapeDataString(options.FieldManager)}&fieldValidation={options.FieldValidation}"
        + (options.DryRun ? "&dryRun=All" : "")
        + (kind is PatchKind.Apply ? "&" + (options.Force ? Forced : Unforced) : "");
}
