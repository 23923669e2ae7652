namespace InfraGate.RealParts.Processes;

/// <summary>A started program did not do what the fixture needs; the message quotes its last lines and names its log.</summary>
public sealed class ProcessFailedException : Exception
{
    public ProcessFailedException()
    {
    }

    public ProcessFailedException(string message)
        : base(message)
    {
    }

    public ProcessFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
