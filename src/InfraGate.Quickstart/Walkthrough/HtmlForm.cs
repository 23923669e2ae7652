using System.Net;
using System.Text.RegularExpressions;

namespace InfraGate.Quickstart.Walkthrough;

/// <summary>A form of one of our own pages, filled in and sent as a browser would. No general HTML parser: it reads what our pages write.</summary>
internal sealed partial class HtmlForm
{
    private readonly List<KeyValuePair<string, string>> _fields = [];

    private HtmlForm(string tag, Uri page)
    {
        Action = Attribute(tag, "action") is { Length: > 0 } action ? new Uri(page, action) : page;
    }

    /// <summary>Where it is sent.</summary>
    public Uri Action { get; }

    /// <summary>The form that has a field or button of the given name; null when the page has none.</summary>
    public static HtmlForm? With(string fieldName, string html, Uri page)
    {
        foreach (Match match in FormPattern().Matches(html))
        {
            if (FieldPattern().Matches(match.Value).Any(field => Attribute(field.Value, "name") == fieldName))
            {
                return Read(match, html, page);
            }
        }

        return null;
    }

    /// <summary>Sets a field.</summary>
    public HtmlForm Set(string name, string value)
    {
        _fields.RemoveAll(field => field.Key == name);
        return Add(name, value);
    }

    /// <summary>Adds a value to a field that may have several.</summary>
    public HtmlForm Add(string name, string value)
    {
        _fields.Add(new(name, value));
        return this;
    }

    /// <summary>The body to post.</summary>
    public FormUrlEncodedContent ToContent() => new(_fields);

    private static HtmlForm Read(Match match, string html, Uri page)
    {
        var form = new HtmlForm(match.Groups["tag"].Value, page);
        foreach (Match field in FieldPattern().Matches(match.Value))
        {
            var type = Attribute(field.Value, "type");
            if (Attribute(field.Value, "name") is { } name && field.Value.StartsWith("<input", StringComparison.Ordinal) && type is not ("submit" or "checkbox" or "radio"))
            {
                form.Add(name, Attribute(field.Value, "value") ?? string.Empty);
            }
        }

        // Ticks may stand outside of the form that they belong to.
        if (Attribute(match.Groups["tag"].Value, "id") is { } id)
        {
            form.Ticks = [.. FieldPattern().Matches(html).Where(field => Attribute(field.Value, "form") == id)
                .Select(field => new KeyValuePair<string, string>(Attribute(field.Value, "name") ?? string.Empty, Attribute(field.Value, "value") ?? string.Empty))];
        }

        return form;
    }

    /// <summary>The boxes to tick that belong to the form.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Ticks { get; private set; } = [];

    private static string? Attribute(string tag, string name)
    {
        var match = Regex.Match(tag, $"\\s{Regex.Escape(name)}=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return match.Success ? WebUtility.HtmlDecode(match.Groups["value"].Value) : null;
    }

    [GeneratedRegex("(?<tag><form\\b[^>]*>).*?</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FormPattern();

    [GeneratedRegex("<(input|button|textarea)\\b[^>]*>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FieldPattern();
}
