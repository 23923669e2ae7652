using InfraGate.Sandbox.Hosting;

SandboxOptions options;
try
{
    options = SandboxOptions.Parse(args, Environment.GetEnvironmentVariable);
}
catch (OptionsException mistakes)
{
    await Console.Error.WriteLineAsync(mistakes.Message);
    return 78;
}

await using var app = SandboxHost.Build(options, TimeProvider.System);
var address = await SandboxHost.StartAsync(app);
Console.WriteLine($"listening on {address.GetLeftPart(UriPartial.Authority)}");
await app.WaitForShutdownAsync();
return 0;
