using InfraGate.Plans.Lifecycle;

namespace InfraGate.Plans.Storage;

/// <summary>What must be true of edges before the database is asked: a program that breaks these has a fault, nobody lost a race.</summary>
internal static class TransitionRules
{
    /// <summary>Checks edges that are to be taken one after the other.</summary>
    /// <exception cref="InvalidOperationException">An edge does not exist, they do not join, or one lacks or has too much of what its status needs.</exception>
    public static void Check(IReadOnlyList<PlanTransition> edges)
    {
        ArgumentNullException.ThrowIfNull(edges);
        if (edges.Count == 0)
        {
            throw new InvalidOperationException("No edge was given.");
        }

        for (var i = 0; i < edges.Count; i++)
        {
            CheckEdge(edges[i]);
            if (i > 0 && edges[i - 1].To != edges[i].From)
            {
                throw new InvalidOperationException($"The edge to {edges[i - 1].To} is not followed by one from it.");
            }
        }
    }

    private static void CheckEdge(PlanTransition edge)
    {
        if (!PlanLifecycle.Allows(edge.From, edge.To))
        {
            throw new InvalidOperationException($"There is no edge from {edge.From} to {edge.To}.");
        }

        if (edge.To == PlanStatus.Approved != edge.Grant is not null)
        {
            throw new InvalidOperationException("A grant belongs to becoming Approved, and to nothing else.");
        }

        if (edge.To == PlanStatus.Applying != edge.Lease is not null)
        {
            throw new InvalidOperationException("A lease belongs to becoming Applying, and to nothing else.");
        }

        if (edge.Outcome is not null && edge.To is not (PlanStatus.Applied or PlanStatus.Failed))
        {
            throw new InvalidOperationException("An outcome belongs to becoming Applied or Failed.");
        }
    }
}
