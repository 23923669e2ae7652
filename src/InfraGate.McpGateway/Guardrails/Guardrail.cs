using System.Text.Json;
using InfraGate.McpGateway.Guardrails.Audit;
using InfraGate.McpGateway.Guardrails.Injection;
using InfraGate.Plans.Redaction;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Guardrails;

/// <summary>Hears of every message with findings after they were recorded; for metrics.</summary>
internal delegate void GuardrailObserver(GuardrailDirection direction, string action, IReadOnlyDictionary<string, int> findings);

/// <summary>
/// The one choke point for everything a model will see and everything a model sent. What it finds is recorded before the message goes on; where that
/// fails, <see cref="GuardrailAuditException"/> keeps the message back.
/// </summary>
internal sealed class Guardrail
{
    private readonly IGuardrailAudit _audit;
    private readonly TimeProvider _time;
    private readonly GuardrailObserver? _observe;
    private readonly TextGuard _text;
    private readonly JsonGuard _json;

    public Guardrail(GuardrailOptions options, IGuardrailAudit audit, TimeProvider time, GuardrailObserver? observe = null)
    {
        _audit = audit;
        _time = time;
        _observe = observe;
        _text = new TextGuard(new CredentialDetector(), new InjectionDetector(), options.RedactInjection);
        _json = new JsonGuard(_text);
    }

    /// <summary>Inspects what a model sent to a tool. Nothing is altered: a plan must be about exactly what was asked for.</summary>
    public GuardrailFindings InspectInput(string tool, IEnumerable<KeyValuePair<string, JsonElement>> arguments, GuardrailContext context)
    {
        var findings = new GuardrailFindings();
        foreach (var (name, value) in arguments)
        {
            _text.Clean(name, findings);
            _json.Inspect(value, findings);
        }

        Record(tool, GuardrailDirection.Input, cleaned: false, findings, context);
        return findings;
    }

    /// <summary>Makes a tool's result fit to be shown to a model: cleaned, and workload text labelled as such.</summary>
    public CallToolResult Sanitize(string tool, CallToolResult result, GuardrailContext context)
    {
        var findings = new GuardrailFindings();
        var contents = new ContentGuard(_text, _json, findings);
        var structured = result.StructuredContent is { } content ? _json.Clean(content, findings) : (JsonElement?)null;
        var untrusted = UntrustedLabel.PresentIn(structured, context.Untrusted);
        var blocks = result.Content.Select(block => contents.Clean(block, fence: untrusted.Count > 0)).ToList();
        if (structured is { ValueKind: JsonValueKind.Object } described && (untrusted.Count > 0 || findings.Any))
        {
            structured = UntrustedLabel.Describe(described, untrusted, findings);
        }

        Record(tool, GuardrailDirection.Output, cleaned: true, findings, context);
        return new CallToolResult
        {
            Content = blocks,
            StructuredContent = structured,
            IsError = result.IsError,
            ResultType = result.ResultType,
            Meta = contents.Clean(result.Meta),
        };
    }

    /// <summary>Cleans a text that reaches a model outside of a result: a progress message, a log message, an error.</summary>
    public string SanitizeText(string tool, string text, GuardrailContext context)
    {
        var findings = new GuardrailFindings();
        var clean = _text.Clean(text, findings);
        Record(tool, GuardrailDirection.Notification, cleaned: true, findings, context);
        return clean;
    }

    /// <summary>Cleans the JSON of a notification.</summary>
    public JsonElement SanitizeJson(string tool, JsonElement document, GuardrailContext context)
    {
        var findings = new GuardrailFindings();
        var clean = _json.Clean(document, findings);
        Record(tool, GuardrailDirection.Notification, cleaned: true, findings, context);
        return clean;
    }

    /// <summary>Cleans a line for the operators' own log. No model sees it, so nothing is recorded.</summary>
    public string CleanLogLine(string line) => _text.Clean(line, new GuardrailFindings());

    private void Record(string tool, GuardrailDirection direction, bool cleaned, GuardrailFindings findings, GuardrailContext context)
    {
        if (!findings.Any)
        {
            return;
        }

        var action = cleaned ? "cleaned" : "flagged";
        _audit.Record(new GuardrailAuditEntry
        {
            Time = _time.GetUtcNow(),
            Tool = ToolName.OrUnknown(tool),
            Direction = direction.ToString().ToLowerInvariant(),
            Action = action,
            Findings = findings.Counts,
            PlanId = context.PlanId,
            Subject = context.Subject,
            Client = context.Client,
            Session = context.SessionHash,
            TraceId = context.TraceId,
        });
        _observe?.Invoke(direction, action, findings.Counts);
    }
}
