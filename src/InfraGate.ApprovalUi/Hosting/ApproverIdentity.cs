using System.Security.Claims;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;

namespace InfraGate.ApprovalUi.Hosting;

/// <summary>Reads the person out of the principal of a browser sign-in. The claim names are those of OpenID Connect Core.</summary>
public static class ApproverIdentity
{
    /// <summary>The claim that only the interactive sign-in sets: how the session authenticates.</summary>
    public const string Scheme = "InfraGate.Approval";

    /// <summary>The person.</summary>
    /// <exception cref="InvalidOperationException">The principal does not come from the approval sign-in. The endpoint's policy should have refused it before.</exception>
    public static Approver From(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        var identity = principal.Identities.SingleOrDefault(candidate => candidate.IsAuthenticated && candidate.AuthenticationType == Scheme)
            ?? throw new InvalidOperationException("Only an interactive approval sign-in may act on the approval pages.");
        var subject = identity.FindFirst("sub")?.Value ?? throw new InvalidOperationException("The approval sign-in has no subject.");
        return new Approver(subject, identity.FindFirst("name")?.Value ?? subject, [.. identity.FindAll("groups").Select(claim => claim.Value)]);
    }

    /// <summary>The person as the audit trail names them.</summary>
    public static AuditActor ToActor(this Approver approver)
    {
        ArgumentNullException.ThrowIfNull(approver);
        return new AuditActor(AuditActorKind.Human, approver.Subject, approver.Name, Client: null);
    }
}
