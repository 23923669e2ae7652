using InfraGate.McpServer.Inspection.Resources;
using InfraGate.McpServer.Tools;

namespace InfraGate.McpServer.Inspection.Caching;

/// <summary>
/// The views of objects that were read live, each with the version it shows. They are what callers were answered, without secrets and within an answer's
/// bound; at most twice <see cref="Generation"/> are kept, the least recently used leave first.
/// </summary>
internal sealed class ResourceMemory
{
    private const int Generation = 64;
    private readonly Lock _gate = new();
    private Dictionary<(string Kind, string Name), KnownResource> _young = [];
    private Dictionary<(string Kind, string Name), KnownResource> _old = [];

    public KnownResource? Find(string kind, string name)
    {
        lock (_gate)
        {
            if (_young.TryGetValue((kind, name), out var found))
            {
                return found;
            }

            if (_old.Remove((kind, name), out found))
            {
                Put(kind, name, found);
            }

            return found;
        }
    }

    public void Keep(string kind, string name, string? version, ResourceView view)
    {
        lock (_gate)
        {
            Put(kind, name, new KnownResource(version, view));
        }
    }

    private void Put(string kind, string name, KnownResource known)
    {
        if (_young.Count >= Generation)
        {
            (_young, _old) = ([], _young);
        }

        _young[(kind, name)] = known;
    }
}
