using InfraGate.McpServer.Hosting;

return await ServerProcess.RunAsync(TimeProvider.System);
