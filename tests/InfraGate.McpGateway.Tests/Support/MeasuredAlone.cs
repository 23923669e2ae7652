namespace InfraGate.McpGateway.Tests.Support;

/// <summary>Runs without other tests beside it: it measures the processor time or the memory of the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = "measured alone";
}
