namespace InfraGate.Plans.Storage;

/// <summary>
/// What is stored under a plan's id is no longer a plan's content: somebody wrote to the database. A plan that can still be read but was edited is not this; it comes back with
/// <see cref="Plan.IsIntact"/> false. Both are answered with <c>plan_tampered</c>.
/// </summary>
public sealed class PlanTamperedException : PlanStoreException
{
    /// <summary>Makes one with a general message.</summary>
    public PlanTamperedException()
        : base("A stored plan was edited.")
    {
    }

    /// <summary>Makes one with a message for operators.</summary>
    public PlanTamperedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with a message for operators and its cause.</summary>
    public PlanTamperedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes one for a plan.</summary>
    public PlanTamperedException(PlanId plan, Exception innerException)
        : base($"Plan {plan} was edited in the database: what is stored is no longer a plan.", innerException) => Plan = plan;

    /// <summary>The plan; null when not known.</summary>
    public PlanId? Plan { get; }
}
