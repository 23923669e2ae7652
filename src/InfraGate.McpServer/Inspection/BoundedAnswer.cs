using System.Text;
using System.Text.Json.Serialization.Metadata;
using InfraGate.McpServer.Tools;

namespace InfraGate.McpServer.Inspection;

/// <summary>Builds an answer with ever smaller lists until it fits its budget; the builder says in the answer what it left out.</summary>
internal static class BoundedAnswer
{
    /// <param name="budget">UTF-8 bytes of structured content and text together.</param>
    /// <param name="items">The longest a list may be at first.</param>
    public static ToolAnswer Fit<T>(int budget, int items, Func<int, T> build, JsonTypeInfo<T> type)
    {
        while (true)
        {
            var answer = ToolAnswer.From(build(items), type);
            if (items <= 1 || Size(answer) <= budget)
            {
                return answer;
            }

            items = Math.Max(1, items * 3 / 4);
        }
    }

    public static int Size(ToolAnswer answer) =>
        Encoding.UTF8.GetByteCount(answer.Structured.GetRawText()) + Encoding.UTF8.GetByteCount(answer.Text);
}
