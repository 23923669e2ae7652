using System.Text.Encodings.Web;
using InfraGate.Plans;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;

namespace InfraGate.ApprovalUi.Pages;

/// <summary>What the inbox's URL asks for. A value that means nothing is left out rather than refused: a link from a chat should still open.</summary>
internal sealed class InboxFilter(string? text, string? status, string? operation, string? namespaceName, string? requester)
{
    private const int PageSize = 50;
    private const int LongestText = 100;

    /// <summary>The status asked for; null for all.</summary>
    public PlanStatus? Status { get; } = Enum.TryParse<PlanStatus>(status, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : null;

    /// <summary>Whether anything is left out of the list.</summary>
    public bool IsSet => Parameters().Any();

    /// <summary>Whether something else than the text narrows the list, so that its fields should be in sight.</summary>
    public bool IsDetailed => Parameters().Any(parameter => parameter.Item1 != "q");

    /// <summary>Whether every plan that waits for a decision is in the list.</summary>
    public bool KeepsAllThatWait => Status is null or PlanStatus.Pending && Parameters().All(parameter => parameter.Item1 == "status");

    /// <summary>Whether the list is narrowed by exactly this one thing.</summary>
    public bool IsOnly(string? status = null, string? requester = null) =>
        Parameters().ToArray() is [var only] && only == (status is null ? ("requester", requester!) : ("status", status));

    /// <summary>The query for the store, from a position.</summary>
    public PlanQuery ToQuery(string? after) => new()
    {
        Text = Blank(text) is { } words ? words[..Math.Min(words.Length, LongestText)] : null,
        Statuses = Status is { } one ? [one] : [],
        Operation = PlanOperationNames.TryParse(operation, out var known) ? known : null,
        Namespace = Blank(namespaceName),
        RequesterSubject = Blank(requester),
        Limit = PageSize,
        After = Blank(after),
    };

    /// <summary>The URL of the next page under the same filter.</summary>
    public string UrlAfter(string position) =>
        "/approvals?" + string.Join('&', Parameters().Append(("after", position)).Select(pair => $"{pair.Item1}={UrlEncoder.Default.Encode(pair.Item2)}"));

    private IEnumerable<(string, string)> Parameters()
    {
        (string Name, string? Value)[] all =
            [("q", text), ("status", status), ("operation", operation), ("namespace", namespaceName), ("requester", requester)];
        return all.Where(pair => Blank(pair.Value) is not null).Select(pair => (pair.Name, pair.Value!));
    }

    private static string? Blank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
