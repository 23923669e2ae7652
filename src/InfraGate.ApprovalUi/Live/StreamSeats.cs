using System.Threading.RateLimiting;

namespace InfraGate.ApprovalUi.Live;

/// <summary>
/// Bounds how many streams one signed-in subject holds open. The one too many is refused and none of the others ended: a browser opens an ended stream again at once, so that the tabs would push
/// each other out without end, while the page of a refused one asks for itself every few seconds until there is room.
/// </summary>
internal sealed class StreamSeats : IDisposable
{
    /// <summary>How many streams of one subject are open at once.</summary>
    public const int MostPerSubject = 16;

    private readonly PartitionedRateLimiter<string> _seats = PartitionedRateLimiter.Create<string, string>(subject =>
        RateLimitPartition.GetConcurrencyLimiter(subject, _ => new ConcurrencyLimiterOptions { PermitLimit = MostPerSubject, QueueLimit = 0 }));

    /// <summary>A seat, to be disposed of when the stream ends; one that is not acquired when the subject has no more.</summary>
    public RateLimitLease Take(string subject) => _seats.AttemptAcquire(subject);

    /// <inheritdoc />
    public void Dispose() => _seats.Dispose();
}
