namespace InfraGate.Plans.Redaction.Rules;

/// <summary>Commands whose short options carry a password: <c>curl -u user:…</c>, <c>mysql -p…</c>, <c>sshpass -p …</c>, <c>docker login -p …</c>, <c>redis-cli -a …</c>.</summary>
internal sealed class CommandLineRule() : CredentialRule("curl ", "wget ", "mysql", "sshpass", "docker login", "podman login", "helm registry login", "redis-cli", "htpasswd ")
{
    private const int Reach = 240;

    public override int Examine(ReadOnlySpan<char> text, int at, CredentialSpans found)
    {
        var window = text[at..Math.Min(text.Length, at + Reach)];
        var line = window.IndexOfAny('\n', '\r');
        window = line < 0 ? window : window[..line];
        var (start, end) = Secret(window);
        if (end <= start || Naming.SecretValue.IsPlaceholder(window[start..end], isPassword: true))
        {
            return at + 1;
        }

        var from = at + start;
        var to = at + end == text.Length || end < window.Length ? at + end : ValueEnd.Word(text, at + end);
        found.Add(from, to, CredentialKind.Password);
        return to;
    }

    private static (int Start, int End) Secret(ReadOnlySpan<char> command)
    {
        if (command.StartsWith("curl", StringComparison.OrdinalIgnoreCase) || command.StartsWith("wget", StringComparison.OrdinalIgnoreCase))
        {
            return AfterColon(command, Option(command, " -u ", " --user ", " --user=", " --proxy-user "));
        }

        if (command.StartsWith("mysql", StringComparison.OrdinalIgnoreCase))
        {
            return Word(command, AttachedOption(command, " -p"));
        }

        return command.StartsWith("redis", StringComparison.OrdinalIgnoreCase)
            ? Word(command, Option(command, " -a "))
            : Word(command, Math.Max(Option(command, " -p "), command.StartsWith("sshpass", StringComparison.OrdinalIgnoreCase) ? AttachedOption(command, " -p") : -1));
    }

    private static int Option(ReadOnlySpan<char> command, params ReadOnlySpan<string> options)
    {
        foreach (var option in options)
        {
            var at = command.IndexOf(option, StringComparison.Ordinal);
            if (at >= 0)
            {
                return at + option.Length;
            }
        }

        return -1;
    }

    private static int AttachedOption(ReadOnlySpan<char> command, string option)
    {
        var at = command.IndexOf(option, StringComparison.Ordinal);
        var value = at + option.Length;
        return at >= 0 && value < command.Length && command[value] != ' ' ? value : -1;
    }

    private static (int Start, int End) Word(ReadOnlySpan<char> command, int start)
    {
        if (start < 0)
        {
            return (0, 0);
        }

        start += start < command.Length && command[start] is '"' or '\'' ? 1 : 0;
        return (start, ValueEnd.Word(command, start));
    }

    private static (int Start, int End) AfterColon(ReadOnlySpan<char> command, int start)
    {
        var (from, to) = Word(command, start);
        var colon = command[from..to].IndexOf(':');
        return colon < 0 ? (0, 0) : (from + colon + 1, to);
    }
}
