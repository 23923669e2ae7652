using Microsoft.Extensions.Primitives;

namespace InfraGate.DevIssuer.Tokens;

/// <summary>The parameters of a request to a token-like endpoint: form-encoded, each at most once (RFC 6749, section 3.2).</summary>
internal sealed class OAuthForm
{
    private readonly IFormCollection _form;

    private OAuthForm(IFormCollection form) => _form = form;

    public string? this[string name] => _form.TryGetValue(name, out var value) && !StringValues.IsNullOrEmpty(value) ? value.ToString() : null;

    public static async Task<OAuthForm> ReadAsync(HttpRequest request)
    {
        // Not HasFormContentType, which also allows multipart: files have no place here.
        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is not true)
        {
            throw OAuthError.InvalidRequest("The request must be application/x-www-form-urlencoded.");
        }

        IFormCollection form;
        try
        {
            var sent = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            form = new FormCollection(sent.Select(ResourceIndicator.NamedOnce).ToDictionary(StringComparer.OrdinalIgnoreCase));
        }
        catch (InvalidDataException malformed)
        {
            throw OAuthError.InvalidRequest($"The form cannot be read: {malformed.Message}");
        }

        if (form.FirstOrDefault(parameter => parameter.Value.Count > 1) is { Key: { } repeated })
        {
            throw repeated is "resource"
                ? OAuthError.InvalidTarget("This issuer makes a token for one resource at a time.")
                : OAuthError.InvalidRequest("A parameter appears more than once.");
        }

        return new OAuthForm(form);
    }

    public string Require(string name) => this[name] ?? throw OAuthError.InvalidRequest($"The parameter {name} is missing.");
}
