using System.Globalization;

namespace InfraGate.McpGateway.Configuration;

/// <summary>Reads typed values from environment variables and remembers every one that cannot be read, so that all are reported together.</summary>
internal sealed class EnvironmentReader(Func<string, string?> lookup)
{
    private readonly List<string> _mistakes = [];

    /// <summary>What could not be read so far.</summary>
    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <summary>The trimmed value, or null when the variable is unset or blank.</summary>
    public string? Text(string name)
    {
        var value = lookup(name)?.Trim();
        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>A comma- or space-separated list; empty when unset.</summary>
    public IReadOnlyList<string> List(string name, string fallback = "") =>
        (Text(name) ?? fallback).Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>An absolute http or https URL.</summary>
    public Uri? Url(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && url.Fragment.Length == 0)
        {
            return url;
        }

        _mistakes.Add($"{name} is '{text}'. Give an absolute http or https URL without user name or fragment, such as https://gate.example.com.");
        return null;
    }

    /// <summary>A whole number between the two bounds.</summary>
    public int Number(string name, int fallback, int least, int most)
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        _mistakes.Add($"{name} is '{text}'. Give a whole number from {least} to {most}, or unset it for {fallback}.");
        return fallback;
    }

    /// <summary>A whole number of seconds between the two bounds.</summary>
    public TimeSpan Seconds(string name, int fallback, int least, int most) => TimeSpan.FromSeconds(Number(name, fallback, least, most));

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool Flag(string name, bool fallback)
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        if (bool.TryParse(text, out var flag))
        {
            return flag;
        }

        _mistakes.Add($"{name} is '{text}'. Give true or false, or unset it for {(fallback ? "true" : "false")}.");
        return fallback;
    }

    /// <summary>One of the given words; the first when unset.</summary>
    public string Choice(string name, params ReadOnlySpan<string> words)
    {
        var text = Text(name)?.ToLowerInvariant();
        if (text is null || words.Contains(text))
        {
            return text ?? words[0];
        }

        _mistakes.Add($"{name} is '{text}'. Give {string.Join(" or ", words)}, or unset it for {words[0]}.");
        return words[0];
    }
}
