using System.Text.RegularExpressions;

namespace InfraGate.Sandbox.Validation;

/// <summary>The forms that names, labels and keys may have, with the messages of the API server.</summary>
internal static partial class Names
{
    private const string SubdomainMessage =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string LabelMessage =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character "
        + "(e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private const string ServiceNameMessage =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character "
        + "(e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    private const string LabelValueMessage =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    private const string QualifiedNameMessage =
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    /// <summary>Null when the text is a DNS subdomain of at most 253 characters.</summary>
    public static string? SubdomainMistake(string text) =>
        text.Length > 253 ? "must be no more than 253 characters" : Subdomain().IsMatch(text) ? null : SubdomainMessage;

    /// <summary>Null when the text is a DNS label of at most 63 characters.</summary>
    public static string? LabelMistake(string text) =>
        text.Length > 63 ? "must be no more than 63 characters" : Label().IsMatch(text) ? null : LabelMessage;

    /// <summary>Null when the text is a DNS label that starts with a letter.</summary>
    public static string? ServiceNameMistake(string text) =>
        text.Length > 63 ? "must be no more than 63 characters" : ServiceName().IsMatch(text) ? null : ServiceNameMessage;

    public static string? LabelValueMistake(string text) =>
        text.Length > 63 ? "must be no more than 63 characters" : LabelValue().IsMatch(text) ? null : LabelValueMessage;

    /// <summary>Null when the text is a label or annotation key: an optional subdomain, a slash, a name.</summary>
    public static string? QualifiedNameMistake(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && SubdomainMistake(text[..slash]) is { } mistake)
        {
            return "prefix part " + mistake;
        }

        var name = text[(slash + 1)..];
        return name.Length == 0 ? "name part must be non-empty"
            : name.Length > 63 ? "name part must be no more than 63 characters"
            : Name().IsMatch(name) ? null : QualifiedNameMessage;
    }

    public static string? ConfigMapKeyMistake(string text) =>
        text.Length <= 253 && text is not ("." or "..") && Key().IsMatch(text)
            ? null
            : "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Label();

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ServiceName();

    [GeneratedRegex(@"^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LabelValue();

    [GeneratedRegex(@"^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[-._a-zA-Z0-9]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Key();
}
