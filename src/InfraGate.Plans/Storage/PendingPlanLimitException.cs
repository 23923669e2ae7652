namespace InfraGate.Plans.Storage;

/// <summary>A requester has as many plans waiting for a decision as one may have; the new one was not stored.</summary>
public sealed class PendingPlanLimitException : Exception
{
    /// <summary>Makes one with a general message.</summary>
    public PendingPlanLimitException()
        : this("Too many plans of this requester wait for a decision.")
    {
    }

    /// <summary>Makes one with a message for operators.</summary>
    public PendingPlanLimitException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with a message for operators and its cause.</summary>
    public PendingPlanLimitException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes one for a limit.</summary>
    public PendingPlanLimitException(int limit)
        : this($"{limit} plans of this requester wait for a decision, which is as many as may.") => Limit = limit;

    /// <summary>How many may wait.</summary>
    public int Limit { get; }
}
