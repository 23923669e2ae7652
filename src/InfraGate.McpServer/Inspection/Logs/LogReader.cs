using System.Text;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Tools;

namespace InfraGate.McpServer.Inspection.Logs;

/// <summary>Reads the end of a container's log.</summary>
internal static class LogReader
{
    /// <summary>Half of what an answer may be, since it carries the lines as text and as structured content.</summary>
    public const int MaxBytes = 31 * 1024;

    public static async Task<LogAnswer> ReadAsync(NamespaceClient client, string pod, LogQuery query, CancellationToken cancellationToken)
    {
        try
        {
            var excerpt = await client.ReadLogAsync(pod, query, static (body, token) => LogTail.ReadAsync(body, MaxBytes, token), cancellationToken);
            return new LogAnswer(client.Namespace, pod, query.Container, query.Previous ? true : null, Summary(excerpt, query), excerpt.Lines);
        }
        catch (KubernetesException exception) when (exception.Failure is KubernetesFailure.Invalid)
        {
            throw Explained(exception, pod);
        }
    }

    /// <summary>The lines themselves, without the outline of other answers: a log is read as it was written.</summary>
    public static string Text(LogAnswer answer)
    {
        var text = new StringBuilder(answer.Summary).Append('\n');
        foreach (var line in answer.Lines)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string Summary(LogExcerpt excerpt, LogQuery query)
    {
        var which = query.Previous ? "of the run before the last restart" : "of the current run";
        if (excerpt.Lines.Count == 0)
        {
            return $"The log {which} is empty.";
        }

        return $"The last {Bounded.Count(excerpt.Lines.Count, "line")} {which}."
            + (excerpt.IsCut ? $" Older lines did not fit into {MaxBytes / 1024} KiB; ask for fewer tailLines to see whole lines." : excerpt.Lines.Count >= query.TailLines ? " Older ones may exist: raise tailLines (at most 500)." : "");
    }

    /// <summary>The API server says 400 for a container that has not logged yet and for one that must be named; these differ for a reader.</summary>
    private static ToolException Explained(KubernetesException exception, string pod)
    {
        var message = exception.Message.EndsWith('.') ? exception.Message : $"{exception.Message}.";
        if (message.Contains("a container name must be specified", StringComparison.Ordinal) || message.Contains("is not valid for pod", StringComparison.Ordinal))
        {
            return new ToolException(ToolErrorCode.InvalidArgument, message, "Call again with container set to one of them.", inner: exception);
        }

        if (message.Contains("previous terminated container", StringComparison.Ordinal))
        {
            return new ToolException(ToolErrorCode.NotFound, message, "It has not been restarted, or its last log is gone; call with previous=false.", inner: exception);
        }

        return message.Contains("waiting to start", StringComparison.Ordinal)
            ? new ToolException(ToolErrorCode.NotFound, message, $"It has not logged anything; get_pod_diagnostics podName={pod} tells why it does not start.", inner: exception)
            : ErrorAnswers.Coded(exception);
    }
}
