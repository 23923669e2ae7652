namespace InfraGate.McpGateway.Commands;

/// <summary>A subcommand of the gateway's program: something an operator does besides running it.</summary>
internal interface ICommand
{
    /// <summary>The first word of the command line.</summary>
    string Name { get; }

    /// <summary>One line for the overview.</summary>
    string Summary { get; }

    /// <summary>Runs with the remaining words. The result is the exit code: 0 done, 1 refused, 64 not understood (EX_USAGE).</summary>
    Task<int> RunAsync(string[] args);
}
