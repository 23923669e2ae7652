namespace InfraGate.McpServer.Kubernetes;

/// <summary>The query of a patch.</summary>
internal static class WriteQuery
{
    public static string For(PatchKind kind, WriteOptions options) =>
        $"?fieldManager={Uri.EscapeDataString(options.FieldManager)}&fieldValidation={options.FieldValidation}"
        + (options.DryRun ? "&dryRun=All" : "")
        + (kind is PatchKind.Apply ? $"&force={(options.Force ? "true" : "false")}" : "");
}
