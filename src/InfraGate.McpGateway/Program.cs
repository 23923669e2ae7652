using InfraGate.McpGateway;
using InfraGate.McpGateway.Commands;
using InfraGate.McpGateway.Configuration;

try
{
    return CommandLine.Find(args) is { } command ? await command.RunAsync(args[1..]) : await GatewayApplication.RunAsync();
}
catch (ConfigurationException mistakes)
{
    await Console.Error.WriteLineAsync(mistakes.Message);
    return ConfigurationException.ExitCode;
}
