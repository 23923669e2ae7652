namespace InfraGate.Plans.Storage;

/// <summary>The database cannot be reached, read or written, or holds what no InfraGate wrote. Whoever meets it refuses what was asked.</summary>
public class PlanStoreException : Exception
{
    /// <summary>Makes one with a general message.</summary>
    public PlanStoreException()
        : this("The plan store cannot be used.")
    {
    }

    /// <summary>Makes one with a message for operators.</summary>
    public PlanStoreException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with a message for operators and its cause.</summary>
    public PlanStoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Why; <see cref="PlanStoreFailure.Unavailable"/> unless the database said more.</summary>
    public PlanStoreFailure Failure { get; init; }
}
