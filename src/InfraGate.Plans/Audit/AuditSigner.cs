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

    private readonly ECDsa _key;
    private readonly string? _anchorPath;
    private readonly Lock _lock = new();
    private long _anchored;

    /// <summary>Signs with a P-256 key, which stays the caller's to dispose.</summary>
    /// <param name="key">The grant-signing key.</param>
    /// <param name="anchorPath">Where the newest signature is kept, beside the key; null for nowhere.</param>
    public AuditSigner(ECDsa key, string? anchorPath)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
        _anchorPath = anchorPath;
    }

    /// <summary>Why the newest signature could not be kept outside of the database, in words for operators; null when all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>Reads the anchor that a gateway kept; null when there is none.</summary>
    public static string? ReadAnchor(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : null;

    /// <summary>Whether enough has happened since the last signature for a new one.</summary>
    internal static bool IsDue(AuditHead head, long lastSequence, DateTimeOffset lastAt, DateTimeOffset now) =>
        head.Sequence > lastSequence && (head.Sequence - lastSequence >= EntriesBetween || now - lastAt >= TimeBetween);

    /// <summary>Signs how the chain stands.</summary>
    internal string Sign(AuditHead head, DateTimeOffset now) => new AuditCheckpoint(head.Sequence, head.Hash, now.ToUnixTimeSeconds()).Sign(_key);

    /// <summary>Keeps a signature whose transaction is committed. A failure is no reason to undo what was committed; it is told by <see cref="Problem"/>.</summary>
    internal void Anchor(long sequence, string token)
    {
        if (_anchorPath is null)
        {
            return;
        }

        lock (_lock)
        {
            if (sequence <= _anchored)
            {
                return;
            }

            try
            {
                var draft = _anchorPath + ".tmp";
                File.WriteAllText(draft, token);
                File.Move(draft, _anchorPath, overwrite: true);
                _anchored = sequence;
                Problem = null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Problem = $"The newest audit signature could not be kept in {_anchorPath}: {exception.Message}";
            }
        }
    }
}
