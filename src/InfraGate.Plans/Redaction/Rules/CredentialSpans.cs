namespace InfraGate.Plans.Redaction.Rules;

/// <summary>The credentials found so far, in order and without overlap.</summary>
internal sealed class CredentialSpans
{
    private readonly List<CredentialSpan> spans = [];

    /// <summary>Where the last credential ends; 0 if there is none.</summary>
    public int End => spans.Count == 0 ? 0 : spans[^1].End;

    public IReadOnlyList<CredentialSpan> All => spans;

    /// <summary>Adds a credential, less what an earlier one already covers.</summary>
    public void Add(int start, int end, CredentialKind kind)
    {
        start = Math.Max(start, End);
        if (end > start)
        {
            spans.Add(new CredentialSpan(start, end - start, kind));
        }
    }
}
