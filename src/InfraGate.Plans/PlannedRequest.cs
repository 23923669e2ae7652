namespace InfraGate.Plans;

/// <summary>
/// The one request to the Kubernetes API that carries a target out. Apply sends exactly this, with the live object's uid and resourceVersion added as preconditions.
/// </summary>
/// <param name="Method">The HTTP method: <c>PATCH</c>, <c>POST</c> or <c>DELETE</c>.</param>
/// <param name="Path">The path below the API server's address, without query.</param>
/// <param name="Query">The query without the question mark, for example <c>fieldManager=infragate&amp;force=false</c>; may be empty.</param>
/// <param name="ContentType">The media type of the body; null where there is none.</param>
/// <param name="Body">The body as sent; null where there is none.</param>
/// <param name="BodyView">The body with every value that looks secret replaced by its fingerprint.</param>
public sealed record PlannedRequest(string Method, string Path, string Query, string? ContentType, string? Body, string? BodyView);
