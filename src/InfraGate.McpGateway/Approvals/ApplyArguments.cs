using System.Text.Json;
using InfraGate.Plans;

namespace InfraGate.McpGateway.Approvals;

/// <summary>What the gateway itself needs of the arguments of <c>apply_approved_plan</c>. Everything else about them is the server's to check.</summary>
/// <param name="Plan">The plan; null when the argument is no plan id, which the server then refuses.</param>
/// <param name="Wait">How long the caller wants to wait for the human, 0 to <see cref="LongestWait"/>.</param>
internal sealed record ApplyArguments(PlanId? Plan, TimeSpan Wait)
{
    /// <summary>The tool that the approval stage holds back.</summary>
    public const string Tool = "apply_approved_plan";

    /// <summary>The argument with which a caller waits.</summary>
    public const string WaitSeconds = "waitSeconds";

    /// <summary>Clients commonly give up on a call after 60 s.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(50);

    /// <summary>Reads them; null when <c>waitSeconds</c> is not a whole number from 0 to 50.</summary>
    public static ApplyArguments? Read(IDictionary<string, JsonElement> arguments)
    {
        var plan = arguments.TryGetValue("planId", out var id) && id.ValueKind == JsonValueKind.String && PlanId.TryParse(id.GetString(), out var parsed) ? parsed : (PlanId?)null;
        if (!arguments.TryGetValue(WaitSeconds, out var wait))
        {
            return new ApplyArguments(plan, TimeSpan.Zero);
        }

        return wait.ValueKind == JsonValueKind.Number && wait.TryGetInt32(out var seconds) && seconds >= 0 && seconds <= LongestWait.TotalSeconds
            ? new ApplyArguments(plan, TimeSpan.FromSeconds(seconds))
            : null;
    }
}
