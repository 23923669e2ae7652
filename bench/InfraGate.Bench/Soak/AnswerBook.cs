using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using InfraGate.Bench.Mcp;

namespace InfraGate.Bench.Soak;

/// <summary>Counts every answer that a client got by its kind, and keeps those that carry no code: there must be none.</summary>
internal sealed class AnswerBook
{
    private const int KeptAnswers = 20;
    private const int KeptCharacters = 500;

    private static readonly HashSet<string> Codes = new(StringComparer.Ordinal)
    {
        "namespace_not_allowed", "invalid_argument", "unsupported_kind", "not_found", "forbidden", "field_conflict", "admission_denied", "cluster_unavailable", "timeout",
        "policy_blocked", "plan_not_found", "approval_required", "plan_denied", "plan_expired", "plan_stale", "plan_tampered", "plan_already_applied", "plan_failed", "rate_limited",
    };

    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _byFault = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _uncoded = new();

    /// <summary>How often each kind of answer came: <c>ok</c>, a tool error's code, <c>rpc NUMBER</c>, <c>page NUMBER</c>, <c>disconnected</c>.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>The errors that came while something was broken, by what was, and how often: shows that a fault was felt.</summary>
    public IReadOnlyDictionary<string, int> ErrorsByFault => _byFault;

    /// <summary>What is broken at the moment; null when nothing is.</summary>
    public string? Fault { get; set; }

    /// <summary>The first answers without a code.</summary>
    public IReadOnlyList<string> Uncoded => [.. _uncoded];

    /// <summary>Counts an answer and says what a client reads from it.</summary>
    public Told Record(McpAnswer answer)
    {
        var told = Read(answer);
        if (told.Code is null)
            Keep($"{answer.Status} {Encoding.UTF8.GetString(answer.Payload.Span)}");
        Count(told.Code ?? "without a code");
        return told;
    }

    /// <summary>Counts something that was no answer: a client that left, a page that did not come.</summary>
    public void Count(string kind)
    {
        _counts.AddOrUpdate(kind, 1, static (_, count) => count + 1);
        if (Fault is { } fault && kind is not (Told.Ok or "approval_required"))
            _byFault.AddOrUpdate($"{fault}: {kind}", 1, static (_, count) => count + 1);
    }

    /// <summary>Counts a call that ended without any answer although the client stayed.</summary>
    public void RecordLost(string what)
    {
        Keep(what);
        Count("without a code");
    }

    private void Keep(string text)
    {
        if (_uncoded.Count < KeptAnswers)
            _uncoded.Enqueue(text[..Math.Min(text.Length, KeptCharacters)]);
    }

    private static Told Read(McpAnswer answer)
    {
        try
        {
            using var message = answer.Parse();
            var root = message.RootElement;
            if (root.TryGetProperty("error", out var rpc))
                return new Told($"rpc {rpc.GetProperty("code").GetInt32()}", default);
            var structured = root.GetProperty("result").TryGetProperty("structuredContent", out var content) ? content.Clone() : default;
            if (answer.IsSuccess)
                return new Told(Told.Ok, structured);
            var code = structured.GetProperty("error").GetProperty("code").GetString();
            return new Told(code is not null && Codes.Contains(code) ? code : null, structured);
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // An answer that a client cannot read has no code either; it is kept and counted as such.
            return new Told(null, default);
        }
    }
}

/// <summary>What a client reads from an answer.</summary>
/// <param name="Code"><see cref="Ok"/>, or the error's code; null when there is none.</param>
/// <param name="Structured">The structured content, if any.</param>
internal readonly record struct Told(string? Code, JsonElement Structured)
{
    /// <summary>The code of a success.</summary>
    public const string Ok = "ok";

    /// <summary>Whether the call succeeded.</summary>
    public bool IsOk => Code == Ok;
}
