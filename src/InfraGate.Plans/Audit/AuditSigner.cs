using System.Security.Cryptography;

namespace InfraGate.Plans.Audit;

/// <summary>
/// Signs the end of the audit chain from time to time, with the gateway's key, and keeps the newest signature in a file outside of the database as well. The hash chain alone shows an edit;
/// the signatures show a chain that was computed anew, and the file shows that signatures or the end of the trail were removed.
/// </summary>
public sealed class AuditSigner
{
    /// <summary>The name of the file in the key root.</summary>
    public const string AnchorFileName = "audit-anchor.jws";

    private const int EntriesBetween = 16;

    private static readonly TimeSpan TimeBetween = TimeSpan.FromMinutes(1);

    private readonly string? _anchorPath;
    private readonly Lock _lock = new();
    private AuditSignature? _newest;
    private SigningAttempt? _refused;

    /// <summary>Signs with a P-256 key, which stays the caller's to dispose.</summary>
    /// <param name="key">The grant-signing key.</param>
    /// <param name="anchorPath">Where the newest signature is kept, beside the key; null for nowhere.</param>
    public AuditSigner(ECDsa key, string? anchorPath)
    {
        ArgumentNullException.ThrowIfNull(key);
        Key = key;
        _anchorPath = anchorPath;
    }

    /// <summary>Why the newest signature could not be kept outside of the database, in words for operators; null when all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>Where the trail no longer continues what was signed, in words for operators; null when nothing is known to be wrong. While it is set nothing is signed.</summary>
    public string? Alarm => Volatile.Read(ref _refused)?.Break?.Message;

    /// <summary>The key that signs, and that the signatures are verified with.</summary>
    internal ECDsa Key { get; }

    /// <summary>Reads the anchor that a gateway kept; null when there is none.</summary>
    public static string? ReadAnchor(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : null;

    /// <summary>Whether enough has happened since the last signature for a new one. After a refusal it is time again a minute later, so that a damaged trail is not read with each write.</summary>
    internal bool IsDue(AuditHead head, long lastSequence, DateTimeOffset lastAt, DateTimeOffset now) => Volatile.Read(ref _refused) is { } refused
        ? now - refused.At >= TimeBetween
        : head.Sequence != lastSequence && (Math.Abs(head.Sequence - lastSequence) >= EntriesBetween || now - lastAt >= TimeBetween);

    /// <summary>Signs how the chain stands.</summary>
    internal AuditSignature Sign(AuditHead head, DateTimeOffset now)
    {
        var checkpoint = new AuditCheckpoint(head.Sequence, head.Hash, now.ToUnixTimeSeconds());
        return new AuditSignature(checkpoint, checkpoint.Sign(Key));
    }

    /// <summary>
    /// What the trail must contain whatever the database says: the newest signature of this process, and the one in the file when that is newer or the process has made none. The break when the
    /// file does not hold what this key signed.
    /// </summary>
    internal AuditBreak? ReadKept(out IReadOnlyList<AuditSignature> kept)
    {
        lock (_lock)
        {
            var broken = ReadFile(out var filed);
            kept = [.. new[] { _newest, filed?.Checkpoint.Sequence > (_newest?.Checkpoint.Sequence ?? 0) ? filed : null }.OfType<AuditSignature>()];
            return broken;
        }
    }

    /// <summary>Takes note of an attempt whose transaction is committed, and keeps its signature. A failure of that is no reason to undo what was committed; it is told by <see cref="Problem"/>.</summary>
    internal void Conclude(SigningAttempt attempt)
    {
        lock (_lock)
        {
            Volatile.Write(ref _refused, attempt.Break is null ? null : attempt);
            if (attempt.Signature is { } signature && signature.Checkpoint.Sequence > (_newest?.Checkpoint.Sequence ?? 0))
            {
                _newest = signature;
                Keep(signature);
            }
        }
    }

    private void Keep(AuditSignature signature)
    {
        if (_anchorPath is null)
        {
            return;
        }

        try
        {
            // Another gateway with the same key root may have gone further meanwhile.
            if (ReadFile(out var filed) is not null || filed?.Checkpoint.Sequence >= signature.Checkpoint.Sequence)
            {
                return;
            }

            var draft = _anchorPath + ".tmp";
            File.WriteAllText(draft, signature.Token);
            File.Move(draft, _anchorPath, overwrite: true);
            Problem = null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Problem = $"The newest audit signature could not be kept in {_anchorPath}: {exception.Message}";
        }
    }

    private AuditBreak? ReadFile(out AuditSignature? filed)
    {
        filed = null;
        try
        {
            if (_anchorPath is null || ReadAnchor(_anchorPath) is not { } token)
            {
                return null;
            }

            filed = AuditCheckpoint.Verify(token, Key) is { } checkpoint ? new AuditSignature(checkpoint, token) : null;
            return filed is null ? AuditBreak.ForgedAnchor() : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return AuditBreak.UnreadableAnchor(exception.Message);
        }
    }
}
