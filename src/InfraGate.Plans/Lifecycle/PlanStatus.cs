using System.Text.Json.Serialization;

namespace InfraGate.Plans.Lifecycle;

/// <summary>Where a plan is in its life. The only edges between these are those of <see cref="PlanLifecycle"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PlanStatus>))]
public enum PlanStatus
{
    /// <summary>Waits for a human.</summary>
    Pending,

    /// <summary>The approval policy is met and a grant was signed.</summary>
    Approved,

    /// <summary>A human said no. Final.</summary>
    Denied,

    /// <summary>Its time ran out before it was carried out. Final.</summary>
    Expired,

    /// <summary>Withdrawn by its requester, or replaced by a newer plan for the same request. Final.</summary>
    Cancelled,

    /// <summary>Claimed by exactly one executor, which is carrying it out.</summary>
    Applying,

    /// <summary>Carried out. Final.</summary>
    Applied,

    /// <summary>At least one target could not be carried out; the outcome says which. Final.</summary>
    Failed,

    /// <summary>The cluster was no longer what the human reviewed; nothing was written. Final.</summary>
    Stale,
}
