using System.Globalization;

namespace InfraGate.Quickstart;

/// <summary>What the command line asks for.</summary>
/// <param name="Walkthrough">Run the story unattended and exit.</param>
/// <param name="GatewayPort">The gateway's port; 0 takes a free one.</param>
/// <param name="IssuerPort">The dev issuer's port; 0 takes a free one.</param>
/// <param name="Help">Only say what the options are.</param>
internal sealed record QuickstartOptions(bool Walkthrough, int GatewayPort, int IssuerPort, bool Help)
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Usage = """
        ./quickstart.sh                 start issuer, cluster, gateway and server; Ctrl-C stops them
        ./quickstart.sh --walkthrough   run the whole story unattended and exit

          --gateway-port N              the gateway's port (3001; 0 takes a free one)
          --issuer-port N               the dev issuer's port (3011; 0 takes a free one)

        With KUBECONFIG set, the cluster of its current context is used instead of the simulated one.
        """;

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="QuickstartException">An argument is not understood.</exception>
    public static QuickstartOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new QuickstartOptions(Walkthrough: false, GatewayPort: 3001, IssuerPort: 3011, Help: false);
        for (var i = 0; i < arguments.Count; i++)
        {
            options = arguments[i] switch
            {
                "--walkthrough" => options with { Walkthrough = true },
                "--help" or "-h" => options with { Help = true },
                "--gateway-port" => options with { GatewayPort = Port(arguments, ++i) },
                "--issuer-port" => options with { IssuerPort = Port(arguments, ++i) },
                var other => throw new QuickstartException($"'{other}' is not an option. Options:\n{Usage}"),
            };
        }

        return options;
    }

    private static int Port(IReadOnlyList<string> arguments, int index) =>
        index < arguments.Count && ushort.TryParse(arguments[index], CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new QuickstartException("A port is a number from 0 to 65535.");
}
