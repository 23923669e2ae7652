using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace InfraGate.McpServer.Planning.Operations;

/// <summary>
/// The name of an image, by the grammar of the OCI distribution reference (<c>[registry/]path[:tag][@digest]</c>). A value of this type is well formed;
/// defaults that container runtimes assume are filled in.
/// </summary>
internal sealed partial record ImageReference
{
    public const int MaximumLength = 1024;
    private const string DockerHub = "docker.io";

    private ImageReference(string text, string registry, string path, string? tag, string? digest) =>
        (Text, Registry, Path, Tag, Digest) = (text, registry, path, tag, digest);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The registry's host; <c>docker.io</c> where none is named.</summary>
    public string Registry { get; }

    /// <summary>The repository in it; <c>library/nginx</c> for <c>nginx</c>.</summary>
    public string Path { get; }

    public string? Tag { get; }

    /// <summary>Algorithm and hash, for example <c>sha256:…</c>; the only part that names the content itself.</summary>
    public string? Digest { get; }

    /// <summary>Whether what it names can be another image tomorrow: no digest, and no tag or one that names no version.</summary>
    public bool IsMutable => Digest is null && (Tag is null || !Tag.Any(char.IsAsciiDigit) || Tag.StartsWith("latest", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the image comes from a registry, or from below a path in it, such as <c>ghcr.io/acme</c>.</summary>
    public bool IsFrom(string allowed)
    {
        var full = $"{Registry}/{Path}";
        var prefix = allowed.TrimEnd('/');
        return full == prefix || full.StartsWith(prefix + "/", StringComparison.Ordinal);
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageReference? image)
    {
        image = null;
        if (text is not { Length: > 0 and <= MaximumLength } || Grammar().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var name = match.Groups["path"].Value;
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var hasRegistry = slash > 0 && IsHost(name[..slash]);
        var path = hasRegistry ? name[(slash + 1)..] : name;
        var registry = hasRegistry ? name[..slash] : DockerHub;
        var full = registry == DockerHub && !path.Contains('/', StringComparison.Ordinal) ? $"library/{path}" : path;
        image = new ImageReference(text, registry, full, Value(match, "tag"), Value(match, "digest"));
        return true;
    }

    public override string ToString() => Text;

    // As container runtimes tell a host from the first part of a path, in which no capitals may stand.
    private static bool IsHost(string first) => first == "localhost" || first.AsSpan().ContainsAny(".:") || first.Any(char.IsAsciiLetterUpper);

    private static string? Value(Match match, string group) => match.Groups[group].Success ? match.Groups[group].Value : null;

    [GeneratedRegex(
        @"^(?<path>(?:(?:[a-zA-Z0-9](?:[-a-zA-Z0-9.]*[a-zA-Z0-9])?|\[[0-9a-fA-F:.]+\])(?::[0-9]{1,5})?/)?[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*)*)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,128}))?\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Grammar();
}
