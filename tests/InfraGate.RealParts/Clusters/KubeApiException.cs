using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InfraGate.RealParts.Clusters;

/// <summary>The API server answered something other than success.</summary>
public sealed class KubeApiException : Exception
{
    public KubeApiException()
    {
    }

    public KubeApiException(string message)
        : base(message)
    {
    }

    public KubeApiException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public HttpStatusCode StatusCode { get; private init; }

    /// <summary>The <c>reason</c> of the Kubernetes Status, e.g. <c>NotFound</c>; empty when the answer was none.</summary>
    public string Reason { get; private init; } = "";

    internal static KubeApiException From(HttpMethod method, string path, HttpStatusCode status, string body) =>
        new($"{method} {path} answered {(int)status}: {body}") { StatusCode = status, Reason = ReasonOf(body) };

    private static string ReasonOf(string body)
    {
        try
        {
            return (string?)JsonNode.Parse(body)?["reason"] ?? "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
