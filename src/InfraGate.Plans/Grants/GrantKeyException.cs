namespace InfraGate.Plans.Grants;

/// <summary>The grant-signing key cannot be used safely. The gateway does not start then.</summary>
public sealed class GrantKeyException : Exception
{
    /// <summary>Makes one with a general message.</summary>
    public GrantKeyException()
        : this("The grant-signing key cannot be used.")
    {
    }

    /// <summary>Makes one with a message that says how to mend it.</summary>
    public GrantKeyException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with a message that says how to mend it and its cause.</summary>
    public GrantKeyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
