using InfraGate.DevIssuer.Configuration;
using InfraGate.DevIssuer.Hosting;
using InfraGate.DevIssuer.Keys;

try
{
    var options = IssuerOptionsReader.Read(Environment.GetEnvironmentVariable);
    return args switch
    {
        [] => await ServeCommand.RunAsync(options),
        ["rotate-keys"] => RotateKeysCommand.Run(options, TimeProvider.System, Console.Out),
        _ => throw new IssuerConfigurationException([$"Unknown arguments '{string.Join(' ', args)}': run without arguments to serve, or with 'rotate-keys'."]),
    };
}
catch (IssuerConfigurationException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return IssuerConfigurationException.ExitCode;
}
