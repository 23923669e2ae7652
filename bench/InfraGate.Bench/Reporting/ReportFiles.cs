using System.Text.Json;
using System.Text.Json.Serialization;

namespace InfraGate.Bench.Reporting;

/// <summary>The files that a run leaves.</summary>
internal static class ReportFiles
{
    // A percentile of no calls is not a number.
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes <c>NAME.md</c> and <c>NAME.json</c> into a folder and returns the path of the first.</summary>
    public static async Task<string> WriteAsync<T>(string folder, string name, string markdown, T data)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name + ".md");
        await File.WriteAllTextAsync(path, markdown);
        await File.WriteAllTextAsync(Path.ChangeExtension(path, ".json"), JsonSerializer.Serialize(data, Json));
        return path;
    }
}
