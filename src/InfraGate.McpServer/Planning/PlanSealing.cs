using System.Text.Json.Nodes;
using InfraGate.McpServer.Hosting;
using InfraGate.McpServer.Planning.Masking;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Planning.Operations;
using InfraGate.Plans;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Policy;
using InfraGate.Plans.Redaction;
using InfraGate.Plans.Sealing;

namespace InfraGate.McpServer.Planning;

/// <summary>Writes a tried plan down: exact where it will be compared, masked where people and models will read it.</summary>
internal sealed class PlanSealing(CredentialDetector detector)
{
    public PlanContent Seal(PlanId id, string cluster, PlanDraft draft, RequestedOperation operation, IReadOnlyList<Finding> findings, Caller caller, DateTimeOffset createdAt) => new()
    {
        Id = id,
        Cluster = cluster,
        Namespace = draft.Namespace,
        Operation = operation.Operation,
        Requester = new Requester(caller.Subject, caller.Name, caller.Client, caller.ClientName, caller.Owner),
        CreatedAt = createdAt,
        ExpiresAt = createdAt + draft.Policy.PlanLifetime,
        Intent = new PlanIntent(
            operation.Tool,
            CanonicalJson.ToText(operation.Arguments),
            operation.Manifest?.Text,
            operation.Manifest is { } manifest ? ManifestMask.View(detector, manifest) : null),
        Impact = ImpactWriter.Of(draft, operation),
        Targets = [.. draft.Targets.Select(Target)],
        Findings = findings,
        FindingRules = FindingRules.DigestOf(draft.Policy),
    };

    private PlanTarget Target(DraftTarget draft)
    {
        var live = draft.Live is null ? null : CanonicalJson.ToText(draft.Live);
        var result = draft.Result is null ? null : CanonicalJson.ToText(draft.Result);
        var before = draft.Live is null ? null : MaskedObject.Of(detector, draft.Live, draft.Sent);
        var after = draft.Result is null ? null : MaskedObject.Of(detector, draft.Result, draft.Sent);
        return new PlanTarget
        {
            ApiVersion = draft.Kind.ApiVersion,
            Kind = draft.Kind.Name,
            Name = draft.Name,
            Change = draft.Change,
            Uid = draft.Uid,
            ResourceVersion = draft.ResourceVersion,
            Fingerprint = live is null ? null : ObjectFingerprint.OfCanonical(live),
            DryRunFingerprint = result is null ? null : ObjectFingerprint.OfCanonical(result),
            Request = draft.Request with { BodyView = BodyView(draft) },
            Live = live,
            DryRun = result,
            BeforeView = before?.View(),
            AfterView = after?.View(),
            Changes = ChangeView.Of(draft.Changes, before, after),
            Conflicts = draft.Conflicts,
        };
    }

    private string? BodyView(DraftTarget draft) =>
        draft.Sent is null || draft.Request.Body is null
            ? draft.Request.BodyView
            : MaskedObject.Of(detector, JsonNode.Parse(draft.Request.Body)!.AsObject(), draft.Sent).View();
}
