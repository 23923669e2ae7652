namespace InfraGate.McpServer.Hosting;

/// <summary>The process: options, logging, the parent watch, and the protocol on stdin and stdout.</summary>
internal static class ServerProcess
{
    /// <returns>The exit code: 0 when stdin ended, <see cref="ConfigurationException.ExitCode"/> when the configuration is wrong.</returns>
    public static async Task<int> RunAsync(TimeProvider time)
    {
        // stdout carries the protocol alone; whatever a library prints goes to stderr.
        var output = Console.OpenStandardOutput();
        Console.SetOut(Console.Error);
        using var listener = ServerTelemetry.Listen();
        using var export = ServerTelemetry.Export(Environment.GetEnvironmentVariable);
        using var loggers = new StderrLoggerFactory(Console.OpenStandardError(), time);
        try
        {
            var configuration = ServerConfiguration.Load(Environment.GetEnvironmentVariable, ParentProcess.Id(), time);
            if (configuration.Options.Gateway is { } gateway)
            {
                ParentProcess.LeaveGroup();
                ParentProcess.EndWith(gateway);
            }

            using var server = ServerComposition.Create(configuration, loggers, time);
            await ServerHost.RunAsync(server.Dispatcher, server.StartRecovery, Console.OpenStandardInput(), output, loggers, CancellationToken.None);
            await server.DrainAsync();
            return 0;
        }
        catch (ConfigurationException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ConfigurationException.ExitCode;
        }
    }
}
