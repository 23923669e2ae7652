using System.Text.Json.Serialization;

namespace InfraGate.DevIssuer.Keys;

/// <summary><c>GET /jwks</c>: the public halves of the signing keys (RFC 7517).</summary>
internal static class JwksEndpoint
{
    public const string Path = "/jwks";

    public static void MapJwks(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, (SigningKeyRing ring, HttpContext context) =>
        {
            // Short, so that a verifier that asks again after an unknown kid is not served an old copy.
            context.Response.Headers.CacheControl = "public, max-age=5";
            return new KeySet([.. ring.Published.Select(key => new Key(key.Kid, key.Modulus, key.Exponent))]);
        });

    internal sealed record KeySet([property: JsonPropertyName("keys")] IReadOnlyList<Key> Keys);

    internal sealed record Key([property: JsonPropertyName("kid")] string Kid, [property: JsonPropertyName("n")] string Modulus, [property: JsonPropertyName("e")] string Exponent)
    {
        [JsonPropertyName("kty")]
        public string Type => "RSA";

        [JsonPropertyName("use")]
        public string Use => "sig";

        [JsonPropertyName("alg")]
        public string Algorithm => SigningKey.Algorithm;
    }
}
