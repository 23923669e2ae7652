using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Controllers;

/// <summary>Brings one kind of object from what it is to what it shall be, one key at a time.</summary>
internal abstract class Controller
{
    /// <summary>The keys that a write concerns. Called within the write: quick, no writes.</summary>
    public abstract IEnumerable<ObjectKey> Concerned(StoreEvent write);

    /// <summary>Takes one step; answers when to look again without a write, or null.</summary>
    public abstract TimeSpan? Reconcile(ObjectKey key);
}
