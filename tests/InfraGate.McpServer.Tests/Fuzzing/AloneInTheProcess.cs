namespace InfraGate.McpServer.Tests.Fuzzing;

/// <summary>Tests that measure what the whole process uses run while no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInTheProcess
{
    public const string Name = "alone in the process";
}
