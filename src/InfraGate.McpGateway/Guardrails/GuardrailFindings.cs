using InfraGate.McpGateway.Guardrails.Injection;
using InfraGate.Plans.Redaction;
using InfraGate.Plans.Redaction.Hidden;

namespace InfraGate.McpGateway.Guardrails;

/// <summary>What was found in one message: categories with counts, never text.</summary>
internal sealed class GuardrailFindings
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts by category: <c>credential.jwt</c>, <c>hidden.escape</c>, <c>injection.tool-use</c>, <c>content.uninspectable</c>.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Whether anything was found.</summary>
    public bool Any => _counts.Count > 0;

    /// <summary>Counts a credential.</summary>
    public void Add(CredentialKind kind) => Add("credential." + kind.Slug(), 1);

    /// <summary>Counts an injection pattern.</summary>
    public void Add(InjectionCategory category) => Add("injection." + category.Slug(), 1);

    /// <summary>Counts hidden characters.</summary>
    public void Add(HiddenCounts counts)
    {
        Add("hidden.escape", counts.Escape);
        Add("hidden.control", counts.Control);
        Add("hidden.invisible", counts.Invisible);
        Add("hidden.bidirectional", counts.Bidirectional);
        Add("hidden.tag", counts.Tag);
    }

    /// <summary>Counts content that cannot be inspected and was left out.</summary>
    public void AddUninspectable() => Add("content.uninspectable", 1);

    private void Add(string category, int count)
    {
        if (count > 0)
        {
            _counts[category] = _counts.GetValueOrDefault(category) + count;
        }
    }
}
