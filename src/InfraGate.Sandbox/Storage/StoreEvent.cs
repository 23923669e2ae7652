namespace InfraGate.Sandbox.Storage;

/// <summary>A write: what was there before and what is there now. A deletion's revision is later than that of the object it removed.</summary>
internal sealed record StoreEvent(long Revision, StoredObject? Before, StoredObject? After)
{
    public ObjectKey Key => (After ?? Before)!.Key;
}
