namespace InfraGate.Sandbox.Api;

/// <summary>What happens with unknown fields. Kubernetes drops them silently up to 1.24; from 1.25 on the query decides, by default with a warning.</summary>
internal static class FieldValidation
{
    /// <summary>The key under which the played minor version lies in <see cref="HttpContext.Items"/>.</summary>
    public const string MinorVersion = "sandbox.minor";

    public static void Report(ApiRequest request, IReadOnlyList<string> unknown)
    {
        if (unknown.Count == 0 || request.Http.Items[MinorVersion] is not int minor || minor < 25)
        {
            return;
        }

        var mode = request.Query["fieldValidation"].ToString();
        if (mode == "Strict")
        {
            var fields = string.Join(", ", unknown.Select(field => $"unknown field \"{field}\""));
            throw KubernetesError.BadRequest(
                $"{request.Resource.Type.Kind} in version \"{request.Resource.Version}\" cannot be handled as a {request.Resource.Type.Kind}: strict decoding error: {fields}");
        }

        foreach (var field in mode == "Ignore" ? [] : unknown)
        {
            request.Http.Response.Headers.Append("Warning", $"299 - \"unknown field \\\"{field.Replace("\"", string.Empty, StringComparison.Ordinal)}\\\"\"");
        }
    }
}
