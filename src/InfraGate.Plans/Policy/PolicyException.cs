namespace InfraGate.Plans.Policy;

/// <summary>The policy file cannot be used, and there is no good version to keep. Whoever meets it at start does not start.</summary>
public sealed class PolicyException : Exception
{
    /// <summary>Makes one with a general message.</summary>
    public PolicyException()
        : this("The policy file cannot be used.")
    {
    }

    /// <summary>Makes one with a message that names every mistake.</summary>
    public PolicyException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with a message and its cause.</summary>
    public PolicyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
