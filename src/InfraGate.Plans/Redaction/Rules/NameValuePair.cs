namespace InfraGate.Plans.Redaction.Rules;

/// <summary>
/// The pair form of Kubernetes environment entries and of XML settings, where the telling name is itself a value:
/// <c>{"name":"DB_PASSWORD","value":"…"}</c>, <c>- name: DB_PASSWORD\n  value: …</c>, <c>key="Password" value="…"</c>.
/// </summary>
internal static class NameValuePair
{
    private const int WidestGap = 96;

    /// <summary>Where the assigned value starts, or -1.</summary>
    public static int ValueAfter(ReadOnlySpan<char> text, int position, ref bool colon)
    {
        var limit = Math.Min(text.Length, position + WidestGap);
        while (position < limit && text[position] is ',' or ' ' or '\t' or '\r' or '\n' or '"' or '\'' or '\\')
        {
            position++;
        }

        if (!text[position..].StartsWith("value", StringComparison.OrdinalIgnoreCase))
        {
            return -1;
        }

        position += "value".Length;
        while (position < limit && text[position] is '"' or '\'' or '\\' or ' ')
        {
            position++;
        }

        if (position >= text.Length || text[position] is not (':' or '='))
        {
            return -1;
        }

        colon = text[position] == ':';
        return position + 1;
    }
}
