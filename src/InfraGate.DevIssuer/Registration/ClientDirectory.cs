using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.Configuration;

namespace InfraGate.DevIssuer.Registration;

/// <summary>Finds a client wherever it is known from: configuration, its own registration, or its metadata document.</summary>
internal sealed class ClientDirectory(IssuerOptions options, RegisteredClients registered, ClientMetadataDocuments documents)
{
    private readonly Dictionary<string, Client> _configured = options.Clients.ToDictionary(client => client.Id, StringComparer.Ordinal);

    public async ValueTask<Client?> FindAsync(string clientId, CancellationToken cancellationToken)
    {
        if (_configured.TryGetValue(clientId, out var configured))
        {
            return configured;
        }

        return registered.Find(clientId) ?? (ClientIdUrl.TryParse(clientId, out var url) ? await documents.FindAsync(url, cancellationToken) : null);
    }
}
