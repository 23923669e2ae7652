using InfraGate.Sandbox.Resources;

namespace InfraGate.Sandbox.Registry;

/// <summary>How a write comes about: through which version, by which field manager, for real or not.</summary>
internal sealed record WriteContext(ServedResource Resource, string Namespace, string Manager)
{
    public bool DryRun { get; init; }

    public string? Subresource { get; init; }

    /// <summary>Whether another uid in the new object means that the object meant is gone (PUT), and not that a fixed field was changed (PATCH).</summary>
    public bool UidIsPrecondition { get; init; }
}
