using System.Text;
using System.Text.Json.Serialization.Metadata;
using InfraGate.McpServer.Tools;

namespace InfraGate.McpServer.Inspection;

/// <summary>Builds an answer with ever smaller lists until it fits its budget; the builder says in the answer what it left out.</summary>
internal static class BoundedAnswer
{
    /// <param name="budget">UTF-8 bytes of structured content and text together.</param>
    /// <param name="items">The longest a list may be at first.</param>
    public static ToolAnswer Fit<T>(int budget, int items, Func<int, T> build, JsonTypeInfo<T> type) => FitValue(budget, items, build, type).Answer;

    /// <summary>The same, with the value that fits.</summary>
    public static (T Value, ToolAnswer Answer) FitValue<T>(int budget, int items, Func<int, T> build, JsonTypeInfo<T> type)
    {
        while (true)
        {
            var value = build(items);
            var answer = ToolAnswer.From(value, type);
            var size = Size(answer);
            if (items <= 1 || size <= budget)
            {
                return (value, answer);
            }

            items = Shorter(items, (double)budget / size);
        }
    }

    public static int Size(ToolAnswer answer) =>
        Encoding.UTF8.GetByteCount(answer.Structured.GetRawText()) + Encoding.UTF8.GetByteCount(answer.Text);

    /// <summary>Not every list is cut, so what is left over the budget by little is cut by little, and what is far over it by as much as it is over.</summary>
    private static int Shorter(int items, double fitting) => Math.Clamp((int)(items * Math.Max(fitting, 0.25)), 1, items - 1);
}
