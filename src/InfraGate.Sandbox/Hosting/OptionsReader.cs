using System.Net;

namespace InfraGate.Sandbox.Hosting;

/// <summary>Turns texts into options and collects what is wrong with them.</summary>
internal sealed class OptionsReader(Func<string, string?> environment, List<string> mistakes)
{
    public SandboxOptions FromEnvironment(SandboxOptions options) => options with
    {
        Minor = Minor("SANDBOX_KUBERNETES_VERSION", options.Minor),
        ReadyDelay = Milliseconds("SANDBOX_READY_DELAY_MS", options.ReadyDelay),
        StopDelay = Milliseconds("SANDBOX_STOP_DELAY_MS", options.StopDelay),
        CrashBackOff = Milliseconds("SANDBOX_BACKOFF_MS", options.CrashBackOff),
        ContinueLifetime = Milliseconds("SANDBOX_CONTINUE_TTL_MS", options.ContinueLifetime),
        LogLines = Number("SANDBOX_LOG_LINES", options.LogLines, 0, 10_000_000),
        BadImages = List("SANDBOX_BAD_IMAGES"),
        Deny = List("SANDBOX_DENY"),
        Fill = Fill("SANDBOX_FILL"),
        Token = environment("SANDBOX_TOKEN") is { Length: > 0 } token ? token : options.Token,
        Empty = environment("SANDBOX_EMPTY") is "1" or "true",
        Controllers = environment("SANDBOX_CONTROLLERS") is not ("off" or "0" or "false"),
    };

    public SandboxOptions FromArguments(SandboxOptions options, IReadOnlyList<string> arguments)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            var (name, value) = arguments[index].Split('=', 2) is [var left, var right] ? (left, right) : (arguments[index], null);
            if (name is "--empty" or "--tls")
            {
                options = name == "--tls" ? options with { Tls = true } : options with { Empty = true };
                continue;
            }

            value ??= index + 1 < arguments.Count ? arguments[++index] : null;
            if (string.IsNullOrEmpty(value))
            {
                mistakes.Add($"{name} needs a value.");
                continue;
            }

            options = Argument(options, name, value);
        }

        return options;
    }

    private SandboxOptions Argument(SandboxOptions options, string name, string value)
    {
        switch (name)
        {
            case "--port" when int.TryParse(value, out var port) && port is >= 0 and <= 65_535:
                return options with { Port = port };
            case "--port":
                mistakes.Add($"--port is \"{value}\"; say a number from 0 (a free port) to 65535.");
                return options;
            case "--address" when value == "localhost" || (IPAddress.TryParse(value, out var address) && IPAddress.IsLoopback(address)):
                return options with { Address = value == "localhost" ? "127.0.0.1" : value };
            case "--address":
                mistakes.Add($"--address is \"{value}\"; the sandbox listens on loopback only (127.0.0.1 or ::1).");
                return options;
            case "--kubeconfig":
                return options with { KubeconfigPath = value };
            case "--token":
                return options with { Token = value };
            default:
                mistakes.Add($"{name} is unknown; known are --port, --address, --kubeconfig, --token, --tls and --empty.");
                return options;
        }
    }

    private int Minor(string name, int fallback)
    {
        if (environment(name) is not { Length: > 0 } text)
        {
            return fallback;
        }

        var parts = text.TrimStart('v').Split('.');
        if (parts is ["1", var minor, ..] && int.TryParse(minor, out var number) && number is >= 20 and <= 34)
        {
            return number;
        }

        mistakes.Add($"{name} is \"{text}\"; say a version from 1.20 to 1.34.");
        return fallback;
    }

    private TimeSpan Milliseconds(string name, TimeSpan fallback) =>
        TimeSpan.FromMilliseconds(Number(name, (int)fallback.TotalMilliseconds, 0, 86_400_000));

    private int Number(string name, int fallback, int least, int most)
    {
        if (environment(name) is not { Length: > 0 } text)
        {
            return fallback;
        }

        if (int.TryParse(text, out var number) && number >= least && number <= most)
        {
            return number;
        }

        mistakes.Add($"{name} is \"{text}\"; say a whole number from {least} to {most}.");
        return fallback;
    }

    private string[] List(string name) =>
        (environment(name) ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private Dictionary<string, int> Fill(string name)
    {
        var result = new Dictionary<string, int>();
        foreach (var part in List(name))
        {
            if (part.Split(':') is [var kind, var text] && int.TryParse(text, out var count) && count is >= 0 and <= 1_000_000
                && kind is "pods" or "deployments" or "configmaps" or "services" or "events")
            {
                result[kind] = count;
            }
            else
            {
                mistakes.Add($"{name} has \"{part}\"; say pods, deployments, configmaps, services or events, a colon and a count.");
            }
        }

        return result;
    }
}
