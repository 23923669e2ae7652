using System.Globalization;
using InfraGate.Quickstart.Processes;

namespace InfraGate.Quickstart.Screen;

/// <summary>The one screen that says what runs and what to do next.</summary>
internal static class ReadyScreen
{
    /// <summary>The text.</summary>
    public static string Of(Stack stack)
    {
        var gateway = stack.Gateway.Address.GetLeftPart(UriPartial.Authority);
        var issuer = stack.Issuer.Address.GetLeftPart(UriPartial.Authority);
        var cluster = stack.Sandbox is null ? $"your cluster, by KUBECONFIG={stack.Kubeconfig}" : "a simulated one, with a broken deployment nginx-demo in mcp-nginx-demo";
        return string.Create(CultureInfo.InvariantCulture, $"""

            InfraGate is ready after {stack.ReadyAfter.TotalSeconds:0.0} s. Gateway and server use {stack.ResidentBytes() / 1048576.0:0} MiB.

              MCP endpoint   {gateway}/mcp
              Approvals      {gateway}/approvals
              Sign-in        {issuer}   alice / alice-local-only   bob / bob-local-only
              Cluster        {cluster}
              Logs           {stack.Logs}

            Connect one of these, in another terminal:

              codex mcp add infra-gate --url {gateway}/mcp
              codex mcp login infra-gate   # only if no browser opened by itself

              claude mcp add --transport http infra-gate {gateway}/mcp
              then type /mcp in Claude Code and sign in

            Then ask the agent:

              Look at the deployment nginx-demo in mcp-nginx-demo with infra-gate, find out what is wrong, and request the change that mends it.

            The agent calls apply_approved_plan and gets an approval link; open it in a browser, decide, and tell the agent to go on. Ctrl-C here stops everything and leaves nothing behind.

            """);
    }
}
