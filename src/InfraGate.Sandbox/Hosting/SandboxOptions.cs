using System.Security.Cryptography;

namespace InfraGate.Sandbox.Hosting;

/// <summary>
/// What the command line (<c>--port</c>, <c>--kubeconfig</c>, <c>--token</c>, <c>--tls</c>, <c>--empty</c>) and the environment (<c>SANDBOX_*</c>) say.
/// </summary>
internal sealed record SandboxOptions
{
    /// <summary>The loopback port; 0 means a free one.</summary>
    public int Port { get; init; }

    /// <summary>The address to listen on; anything but loopback is refused.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Where to write a kubeconfig, or null.</summary>
    public string? KubeconfigPath { get; init; }

    /// <summary>The administrator's bearer token.</summary>
    public string Token { get; init; } = RandomNumberGenerator.GetHexString(40, lowercase: true);

    /// <summary>The minor version of Kubernetes to play (20 to 34): which API versions exist, and a few details. <c>SANDBOX_KUBERNETES_VERSION=1.30</c>.</summary>
    public int Minor { get; init; } = 30;

    /// <summary>How long a Pod takes from its node to ready. <c>SANDBOX_READY_DELAY_MS</c>.</summary>
    public TimeSpan ReadyDelay { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>How long a Pod takes to stop. <c>SANDBOX_STOP_DELAY_MS</c>.</summary>
    public TimeSpan StopDelay { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The first wait before a crashed container starts again; it doubles up to five minutes. <c>SANDBOX_BACKOFF_MS</c>.</summary>
    public TimeSpan CrashBackOff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the rest of a paged list can be asked for. <c>SANDBOX_CONTINUE_TTL_MS</c>.</summary>
    public TimeSpan ContinueLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Parts of image names that cannot be pulled, besides the built-in ones. <c>SANDBOX_BAD_IMAGES=a,b</c>.</summary>
    public IReadOnlyList<string> BadImages { get; init; } = [];

    /// <summary>Lines that every container has logged before it is looked at. <c>SANDBOX_LOG_LINES</c>.</summary>
    public int LogLines { get; init; } = 40;

    /// <summary>What to make at the start in namespace <c>fill</c>. <c>SANDBOX_FILL=pods:10000,deployments:20</c>.</summary>
    public IReadOnlyDictionary<string, int> Fill { get; init; } = new Dictionary<string, int>();

    /// <summary>What even the administrator may not do: <c>SANDBOX_DENY=patch:deployments,get:pods/log</c>; <c>*</c> stands for any.</summary>
    public IReadOnlyList<string> Deny { get; init; } = [];

    /// <summary>Serves HTTPS with a certificate made for this process; kubectl sends its token over HTTPS only.</summary>
    public bool Tls { get; init; }

    /// <summary>Whether anything happens by itself; without, objects stay as they were written. <c>SANDBOX_CONTROLLERS=off</c>.</summary>
    public bool Controllers { get; init; } = true;

    /// <summary>Starts without the demo workload and the other namespaces.</summary>
    public bool Empty { get; init; }

    /// <summary>Reads the arguments; throws <see cref="OptionsException"/> that names every mistake.</summary>
    public static SandboxOptions Parse(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        var mistakes = new List<string>();
        var reader = new OptionsReader(environment, mistakes);
        var options = reader.FromEnvironment(new SandboxOptions());
        options = reader.FromArguments(options, arguments);
        return mistakes.Count == 0 ? options : throw new OptionsException(mistakes);
    }
}
