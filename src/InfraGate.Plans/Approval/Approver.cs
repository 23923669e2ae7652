namespace InfraGate.Plans.Approval;

/// <summary>A person in a browser session opened by an interactive sign-in for the approval client. Nothing else may be turned into one.</summary>
/// <param name="Subject">The subject at the identity provider.</param>
/// <param name="Name">A name to show.</param>
/// <param name="Groups">The groups from the verified token.</param>
public sealed record Approver(string Subject, string Name, IReadOnlyList<string> Groups);
