namespace InfraGate.McpGateway.Guardrails;

/// <summary>Which way a text was going.</summary>
internal enum GuardrailDirection
{
    /// <summary>From the model to a tool.</summary>
    Input,

    /// <summary>From a tool to the model.</summary>
    Output,

    /// <summary>From the server to the model outside of a result: progress, log messages, protocol errors.</summary>
    Notification,
}
