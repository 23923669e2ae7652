using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Tools;

namespace InfraGate.McpServer.Planning.Operations;

/// <summary>Asks the cluster, before anybody is asked to approve, whether the write would be allowed.</summary>
internal sealed class AccessCheck(RememberedRights rights)
{
    private static readonly string[] CreateVerbs = ["patch", "create"];
    private static readonly string[] PatchVerbs = ["patch"];
    private static readonly string[] DeleteVerbs = ["delete"];

    /// <exception cref="ToolException"><see cref="ToolErrorCode.Forbidden"/>, naming verb and kind.</exception>
    public async Task RequireAsync(NamespaceClient client, IReadOnlyList<RequestedChange> changes, CancellationToken cancellationToken)
    {
        var questions = changes
            .SelectMany(change => VerbsOf(change).Select(verb => (Verb: verb, Change: change)))
            .DistinctBy(question => (question.Verb, question.Change.Kind));
        await Task.WhenAll(questions.Select(question => RequireAsync(client, question.Verb, question.Change, cancellationToken)));
    }

    private async Task RequireAsync(NamespaceClient client, string verb, RequestedChange change, CancellationToken cancellationToken)
    {
        if (rights.Knows(client, verb, change.Kind.Resource, change.Name))
        {
            return;
        }

        var decision = await client.ReviewAccessAsync(verb, change.Kind.Resource, change.Name, cancellationToken);
        if (!decision.Allowed)
        {
            throw new ToolException(
                ToolErrorCode.Forbidden,
                $"The cluster does not allow InfraGate to {verb} {change.Kind.Resource.Plural} in namespace '{client.Namespace}'.",
                "Ask whoever administers the namespace for this right; no plan was made.");
        }

        rights.Allowed(client, verb, change.Kind.Resource, change.Name);
    }

    private static string[] VerbsOf(RequestedChange change) =>
        change.Patch is null ? DeleteVerbs : change.MayCreate ? CreateVerbs : PatchVerbs;
}
