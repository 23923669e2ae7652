using System.Text.Json;
using InfraGate.DevIssuer.Clients;

namespace InfraGate.DevIssuer.Registration;

/// <summary>
/// Clients that are described by a document at their id (OAuth Client ID Metadata Document). Every failure looks the same from outside, so
/// that the issuer cannot be used to find out what answers where.
/// </summary>
internal sealed partial class ClientMetadataDocuments(MetadataFetcher fetcher, TimeProvider time, ILogger<ClientMetadataDocuments> logger)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private const int Capacity = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Client Client, DateTimeOffset ReadAt)> _read = new(StringComparer.Ordinal);

    public async Task<Client?> FindAsync(ClientIdUrl url, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_read.TryGetValue(url.Text, out var known) && time.GetUtcNow() - known.ReadAt < Fresh)
            {
                return known.Client;
            }
        }

        try
        {
            var client = ToClient(url, await fetcher.FetchAsync(url.Uri, cancellationToken));
            Remember(client);
            return client;
        }
        catch (Exception unusable) when (unusable is HttpRequestException or IOException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            Unusable(logger, url.Uri.Host, unusable.Message);
            return null;
        }
    }

    private static Client ToClient(ClientIdUrl url, byte[] document)
    {
        var metadata = JsonSerializer.Deserialize<ClientMetadata>(document) ?? throw new JsonException("null instead of an object.");
        if (!string.Equals(metadata.ClientId, url.Text, StringComparison.Ordinal))
        {
            throw new JsonException("client_id is not the URL of the document.");
        }

        if (metadata.TokenEndpointAuthMethod is not (null or "none"))
        {
            throw new JsonException("only public clients (token_endpoint_auth_method none) are supported.");
        }

        return new Client
        {
            Id = url.Text,
            Name = $"{metadata.ClientName ?? "Unnamed program"} ({url.Uri.Authority})",
            Origin = ClientOrigin.MetadataDocument,
            RedirectUris = [.. LoopbackRedirect.AcceptableOf(metadata.RedirectUris).Take(20)],
            PostLogoutRedirectUris = [.. LoopbackRedirect.AcceptableOf(metadata.PostLogoutRedirectUris).Take(20)],
            Scope = ScopeSet.All,
            GrantTypes = [GrantType.AuthorizationCode, GrantType.RefreshToken],
        };
    }

    private void Remember(Client client)
    {
        lock (_gate)
        {
            if (_read.Count >= Capacity)
            {
                _read.Remove(_read.MinBy(entry => entry.Value.ReadAt).Key);
            }

            _read[client.Id] = (client, time.GetUtcNow());
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The client metadata document at {Host} cannot be used: {Reason}")]
    private static partial void Unusable(ILogger logger, string host, string reason);
}
