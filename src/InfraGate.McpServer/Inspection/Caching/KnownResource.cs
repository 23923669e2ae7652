using InfraGate.McpServer.Inspection.Resources;
using InfraGate.McpServer.Tools;

namespace InfraGate.McpServer.Inspection.Caching;

/// <summary>The view of an object and the version it shows.</summary>
internal sealed class KnownResource(string? version, ResourceView view)
{
    private PreparedAnswer? _last;

    public string? Version => version;

    /// <summary>The answer, saying when the API server was last heard from; made anew only when that has changed.</summary>
    public ToolAnswer At(DateTimeOffset observed)
    {
        var time = Describe.Time(observed);
        if (Volatile.Read(ref _last) is { } last && last.Observed == time)
        {
            return last.Answer;
        }

        var made = ToolAnswer.From(view with { Observed = time }, InspectionJson.Default.ResourceView);
        Volatile.Write(ref _last, new PreparedAnswer(time, made));
        return made;
    }

    private sealed record PreparedAnswer(string Observed, ToolAnswer Answer);
}
