using InfraGate.Plans;

namespace InfraGate.McpServer.Execution;

/// <summary>
/// Spaces the attempts at plans that cannot be recovered: each take-over is an audit entry, and a cluster that is down for a weekend must not fill the trail. The pauses
/// double up to five minutes; only this process remembers them, and a call of the requester does not wait for them.
/// </summary>
internal sealed class RecoveryBackoff(TimeSpan first, TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Dictionary<PlanId, Pause> _pauses = [];

    public bool IsDue(PlanId plan) => !_pauses.TryGetValue(plan, out var pause) || pause.Until <= time.GetUtcNow();

    public void Failed(PlanId plan)
    {
        var now = time.GetUtcNow();

        // Plans that were ended elsewhere are not heard of again.
        foreach (var (forgotten, _) in _pauses.Where(entry => entry.Value.Until + Longest < now).ToArray())
        {
            _pauses.Remove(forgotten);
        }

        var length = _pauses.TryGetValue(plan, out var last) ? last.Length * 2 : first;
        length = length < Longest ? length : Longest;
        _pauses[plan] = new Pause(length, now + length);
    }

    public void Succeeded(PlanId plan) => _pauses.Remove(plan);

    private sealed record Pause(TimeSpan Length, DateTimeOffset Until);
}
