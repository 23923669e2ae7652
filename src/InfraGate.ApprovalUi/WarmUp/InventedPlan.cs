using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using InfraGate.Plans;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Policy;
using InfraGate.Plans.Sealing;

namespace InfraGate.ApprovalUi.WarmUp;

/// <summary>A plan that nobody asked for: drawn once to get the pages ready, never stored, never shown.</summary>
internal static class InventedPlan
{
    /// <summary>Few: code is compiled by its first line, and every further one only costs memory.</summary>
    private const int Lines = 20;
    private const string Path = "/api/v1/namespaces/invented/configmaps/invented";

    /// <summary>The plan as somebody would review it, with a finding to tick and a name to type.</summary>
    public static PlanReview Review(DateTimeOffset now)
    {
        var content = Content(now);
        var plan = new Plan { Content = content, Digest = PlanSeal.Of(content).Digest, IsIntact = true, Status = PlanStatus.Pending, StatusChangedAt = now };
        return new PlanReview(plan, new EffectivePolicy { ApprovalsNeeded = 2 }, PolicyVersion: "invented", Refusal: null, ApprovalsMissing: 2, NameToRetype: "invented");
    }

    private static PlanContent Content(DateTimeOffset now) => new()
    {
        Id = PlanId.New(now),
        Cluster = "invented",
        Namespace = "invented",
        Operation = PlanOperation.Apply,
        Requester = new Requester("nobody", "Nobody", "none", "Nobody's program"),
        CreatedAt = now,
        ExpiresAt = now + TimeSpan.FromHours(1),
        Intent = new PlanIntent("request_apply_manifest", "{}", "kind: ConfigMap", "kind: ConfigMap"),
        Impact = new PlanImpact("Changes ConfigMap/invented.", [new ImpactFigure("ConfigMap/invented", "keys", 1, 2)]),
        Targets = [Target(Object("old"), Object("new"))],
        Findings = [new Finding("f1", FindingCodes.FieldConflict, FindingSeverity.Acknowledge, "Invented.", "ConfigMap/invented", ".data")],
    };

    private static PlanTarget Target(string before, string after) => new()
    {
        ApiVersion = "v1",
        Kind = "ConfigMap",
        Name = "invented",
        Change = TargetChange.Update,
        Request = new PlannedRequest("PATCH", Path, "fieldManager=infragate", "application/apply-patch+yaml", after, after),
        BeforeView = before,
        AfterView = after,
        Conflicts = [new FieldConflict(".data", "somebody")],
    };

    private static string Object(string word)
    {
        var text = new StringBuilder("first line\n");
        for (var line = 1; line <= Lines; line++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{word} line {line}\n");
        }

        // Letters beyond ASCII take the path that looks for deceptive ones.
        return new JsonObject { ["kind"] = "ConfigMap", ["data"] = new JsonObject { ["größe"] = 1, ["unchanged"] = new JsonArray(1, 2, 3, 4, 5, 6, 7, 8), ["text"] = text.ToString() } }.ToJsonString();
    }
}
