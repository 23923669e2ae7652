namespace InfraGate.McpGateway.Commands;

/// <summary>The subcommands, by their first word.</summary>
internal static class CommandLine
{
    /// <summary>EX_USAGE of sysexits.h.</summary>
    public const int NotUnderstood = 64;

    private static readonly ICommand[] s_commands =
    [
        new ApiKeyCommand(Console.Out, Console.Error, TimeProvider.System),
        new AuditCommand(Console.Out, Console.Error, TimeProvider.System),
    ];

    /// <summary>The command that the words name; null when there are none, which runs the gateway; the overview for any other word.</summary>
    public static ICommand? Find(string[] args) =>
        args.Length == 0 || args[0].StartsWith("--", StringComparison.Ordinal) && args[0] != "--help"
            ? null
            : s_commands.FirstOrDefault(command => command.Name == args[0]) ?? new HelpCommand(s_commands, Console.Out);
}

/// <summary>Says what commands there are.</summary>
internal sealed class HelpCommand(IEnumerable<ICommand> commands, TextWriter output) : ICommand
{
    /// <inheritdoc />
    public string Name => "help";

    /// <inheritdoc />
    public string Summary => "This overview.";

    /// <inheritdoc />
    public async Task<int> RunAsync(string[] args)
    {
        await output.WriteLineAsync("Without a command: run the gateway, configured by environment variables (docs/configuration.md).");
        foreach (var command in commands)
        {
            await output.WriteLineAsync($"  {command.Name,-10} {command.Summary}");
        }

        return CommandLine.NotUnderstood;
    }
}
