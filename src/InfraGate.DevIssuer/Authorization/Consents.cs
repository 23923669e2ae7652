using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.State;

namespace InfraGate.DevIssuer.Authorization;

/// <summary>What each person has allowed each client, remembered in <c>consents.json</c> for 90 days.</summary>
internal sealed class Consents
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    private readonly TimeProvider _time;
    private readonly StateFile<Document> _file;
    private readonly Lock _gate = new();
    private Document _document;

    public Consents(StateFolder folder, TimeProvider time)
    {
        _time = time;
        _file = new StateFile<Document>(folder.FileNamed("consents.json"));
        _document = _file.Load();
    }

    /// <summary>True when the person has allowed at least these scopes.</summary>
    public bool Covers(string subject, Client client, ScopeSet scope)
    {
        lock (_gate)
        {
            return client.ConsentIsImplied || (Find(subject, client.Id) is { } consent && consent.Scope.Covers(scope));
        }
    }

    public void Remember(string subject, Client client, ScopeSet scope)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var known = Find(subject, client.Id);
            var consent = new Consent(subject, client.Id, known is null ? scope : known.Scope.Union(scope), now);
            var changed = new Document { Consents = [.. _document.Consents.Where(other => other != known && now - other.GivenAt < Lifetime), consent] };
            _file.Save(changed);
            _document = changed;
        }
    }

    private Consent? Find(string subject, string clientId) => _document.Consents.Find(consent =>
        string.Equals(consent.Subject, subject, StringComparison.Ordinal)
        && string.Equals(consent.ClientId, clientId, StringComparison.Ordinal)
        && _time.GetUtcNow() - consent.GivenAt < Lifetime);

    internal sealed record Document
    {
        public List<Consent> Consents { get; init; } = [];
    }

    internal sealed record Consent(string Subject, string ClientId, ScopeSet Scope, DateTimeOffset GivenAt);
}
