using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using InfraGate.ApprovalUi.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace InfraGate.McpGateway.Auth.SignIn;

/// <summary>
/// The sessions of signed-in approvers, in memory: a stopped gateway knows none of them, and people sign in again. Bounded; when full, the session that ends first makes room.
/// </summary>
internal sealed class ApproverSessions(TimeProvider time) : ITicketStore
{
    private const int Most = 10_000;
    private const int KeyBytes = 32;

    private readonly ConcurrentDictionary<string, AuthenticationTicket> _tickets = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        RemoveEnded();
        if (_tickets.Count >= Most)
        {
            _tickets.TryRemove(_tickets.MinBy(pair => pair.Value.Properties.ExpiresUtc ?? DateTimeOffset.MaxValue).Key, out _);
        }

        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        _tickets[key] = ticket;
        return Task.FromResult(key);
    }

    /// <inheritdoc />
    public Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        // A session that was ended meanwhile must not come back through a renewal that was already under way.
        if (_tickets.TryGetValue(key, out var known))
        {
            _tickets.TryUpdate(key, ticket, known);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<AuthenticationTicket?> RetrieveAsync(string key) => Task.FromResult(_tickets.GetValueOrDefault(key));

    /// <inheritdoc />
    public Task RemoveAsync(string key)
    {
        _tickets.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    /// <summary>Ends every session of a person; returns how many.</summary>
    public int EndAll(string subject) =>
        _tickets.Where(pair => ApproverIdentity.From(pair.Value.Principal).Subject == subject).Count(pair => _tickets.TryRemove(pair.Key, out _));

    private void RemoveEnded()
    {
        var now = time.GetUtcNow();
        foreach (var (key, _) in _tickets.Where(pair => pair.Value.Properties.ExpiresUtc <= now))
        {
            _tickets.TryRemove(key, out _);
        }
    }
}
