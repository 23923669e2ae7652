using System.Globalization;
using System.Text;

namespace InfraGate.McpGateway.Observability;

/// <summary>Writes series in the Prometheus text format, version 0.0.4.</summary>
internal sealed class PrometheusText
{
    /// <summary>The media type of the format.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>Begins a metric: its help and its type.</summary>
    public void Begin(string name, string? help, string type)
    {
        if (!string.IsNullOrEmpty(help))
        {
            _text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)).Append('\n');
        }

        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    /// <summary>One sample.</summary>
    public void Sample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>Labels as they stand between the braces, in the order of their names.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var labels = tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{Name(tag.Key)}=\"{Escape(tag.Value?.ToString() ?? "")}\"");
        return string.Join(',', labels);
    }

    /// <summary>A name with nothing in it that the format forbids.</summary>
    public static string Name(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == ':' ? c : '_'));

    /// <inheritdoc />
    public override string ToString() => _text.ToString();

    private static string Escape(string value) =>
        value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
}
