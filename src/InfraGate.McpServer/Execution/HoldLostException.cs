using InfraGate.Plans;
using InfraGate.Plans.Storage;

namespace InfraGate.McpServer.Execution;

/// <summary>An executor lost its hold on a plan to another one, which establishes what happened. The store itself is in order.</summary>
internal sealed class HoldLostException(PlanId plan)
    : PlanStoreException($"The executor lost its hold on plan {plan}; another one establishes what happened.");
