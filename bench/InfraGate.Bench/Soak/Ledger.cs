using System.Collections.Concurrent;

namespace InfraGate.Bench.Soak;

/// <summary>What clients were told about plans, to be held against the store and the cluster afterwards.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, PlanRecord> _plans = new(StringComparer.Ordinal);

    /// <summary>Every plan that a client was told of.</summary>
    public IReadOnlyCollection<PlanRecord> Plans => [.. _plans.Values];

    /// <summary>A client was given a plan.</summary>
    public void Planned(string plan, string deployment, string image) => _plans[plan] = new PlanRecord(plan, deployment, image);

    /// <summary>A page said that the plan is approved.</summary>
    public void Approved(string plan) => _plans[plan].ToldApproved = true;

    /// <summary>An answer said that the plan is applied.</summary>
    public void Applied(string plan) => _plans[plan].ToldApplied = true;

    /// <summary>The cluster did not hold the plan's image although a client had been told that it is applied.</summary>
    public void MissingInCluster(string plan) => _plans[plan].WasMissing = true;
}

/// <summary>One plan as its client knows it.</summary>
internal sealed class PlanRecord(string plan, string deployment, string image)
{
    /// <summary>Its id.</summary>
    public string Plan { get; } = plan;

    /// <summary>The Deployment that it changes.</summary>
    public string Deployment { get; } = deployment;

    /// <summary>The image that it sets; no other plan sets the same.</summary>
    public string Image { get; } = image;

    /// <summary>A page said so.</summary>
    public bool ToldApproved { get; set; }

    /// <summary>An answer said so.</summary>
    public bool ToldApplied { get; set; }

    /// <summary>The cluster said otherwise.</summary>
    public bool WasMissing { get; set; }
}
