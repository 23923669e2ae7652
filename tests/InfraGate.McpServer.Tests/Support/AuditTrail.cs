using InfraGate.Plans;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Storage;

namespace InfraGate.McpServer.Tests.Support;

/// <summary>Reads the audit trail as an auditor does: every entry hashed anew.</summary>
internal static class AuditTrail
{
    /// <summary>What happened to a plan, oldest first; fails when the chain of all plans is broken.</summary>
    public static async Task<IReadOnlyList<string>> ActionsAsync(IPlanStore store, PlanId plan)
    {
        // Read first: what is recorded meanwhile, such as a rollout, only makes the trail longer.
        var head = await store.ReadAuditHeadAsync();
        var atHead = AuditChain.Genesis;
        var actions = new List<string>();
        var (sequence, previous) = (0L, AuditChain.Genesis);
        await foreach (var entry in store.ReadAuditAsync())
        {
            entry.Sequence.ShouldBe(++sequence);
            entry.PreviousHash.ShouldBe(previous);
            entry.Hash.ShouldBe(AuditChain.HashOf(entry));
            previous = entry.Hash;
            if (sequence == head.Sequence)
            {
                atHead = entry.Hash;
            }

            if (entry.Plan == plan)
            {
                actions.Add(entry.Action);
            }
        }

        sequence.ShouldBeGreaterThanOrEqualTo(head.Sequence);
        atHead.ShouldBe(head.Hash);
        return actions;
    }
}
