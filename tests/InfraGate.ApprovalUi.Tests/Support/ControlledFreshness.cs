using System.Collections.Concurrent;
using InfraGate.Plans;
using InfraGate.Plans.Approval;

namespace InfraGate.ApprovalUi.Tests.Support;

/// <summary>Says of each plan what a test wants; fresh unless told otherwise.</summary>
internal sealed class ControlledFreshness : IPlanFreshness
{
    private readonly ConcurrentDictionary<PlanId, Freshness> _answers = new();

    /// <summary>The plans that it was asked about, in order.</summary>
    public ConcurrentQueue<PlanId> Asked { get; } = [];

    public Task<Freshness> CheckAsync(PlanId id, CancellationToken cancellationToken = default)
    {
        Asked.Enqueue(id);
        return Task.FromResult(_answers.GetValueOrDefault(id, new Freshness(FreshnessState.Fresh, Detail: null)));
    }

    public void MakeStale(PlanId id, string detail) => _answers[id] = new Freshness(FreshnessState.Stale, detail);

    public void MakeFresh(PlanId id) => _answers[id] = new Freshness(FreshnessState.Fresh, Detail: null);

    public void MakeUnknown(PlanId id, string detail) => _answers[id] = new Freshness(FreshnessState.Unknown, detail);
}
