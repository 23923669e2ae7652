using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.State;

namespace InfraGate.DevIssuer.Registration;

/// <summary>Clients that registered themselves, kept in <c>clients.json</c>. Beyond <see cref="Capacity"/> the oldest makes room.</summary>
internal sealed class RegisteredClients
{
    public const int Capacity = 1_000;

    private readonly StateFile<Document> _file;
    private readonly Lock _gate = new();
    private Dictionary<string, Client> _clients;

    public RegisteredClients(StateFolder folder)
    {
        _file = new StateFile<Document>(folder.FileNamed("clients.json"));
        _clients = ById(_file.Load().Clients);
    }

    public Client? Find(string clientId)
    {
        lock (_gate)
        {
            return _clients.GetValueOrDefault(clientId);
        }
    }

    public void Add(Client client)
    {
        lock (_gate)
        {
            var kept = _clients.Values.OrderByDescending(known => known.RegisteredAt).Take(Capacity - 1).Prepend(client).ToList();
            _file.Save(new Document { Clients = kept });
            _clients = ById(kept);
        }
    }

    private static Dictionary<string, Client> ById(IEnumerable<Client> clients) => clients.ToDictionary(client => client.Id, StringComparer.Ordinal);

    internal sealed record Document
    {
        public List<Client> Clients { get; init; } = [];
    }
}
