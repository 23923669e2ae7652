using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpGateway.Guardrails;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Downstream;

/// <summary>The server's tools as of its last start, in the forms that answers need.</summary>
internal sealed class ToolCatalog
{
    private const string InternalMeta = "infragate.dev/";
    private static readonly TimeSpan s_timeToLive = TimeSpan.FromMinutes(1);

    private readonly FrozenDictionary<string, Tool> _tools;

    /// <summary>Takes the server's <c>tools/list</c>.</summary>
    public ToolCatalog(IEnumerable<Tool> tools)
    {
        _tools = tools.ToFrozenDictionary(tool => tool.Name, StringComparer.Ordinal);
        var shown = _tools.Values.OrderBy(tool => tool.Name, StringComparer.Ordinal).Select(WithoutInternalMeta).ToList();
        var options = McpJsonUtilities.DefaultOptions;
        SessionResult = JsonSerializer.SerializeToUtf8Bytes(new ListToolsResult { Tools = shown }, options.GetTypeInfo(typeof(ListToolsResult)));
        Result = new ListToolsResult { Tools = shown, TimeToLive = s_timeToLive, CacheScope = CacheScope.Private };
    }

    /// <summary>The answer of the revisions with sessions, already serialized: it is the same for every caller.</summary>
    public ReadOnlyMemory<byte> SessionResult { get; }

    /// <summary>The answer of the revision without sessions, with its cache hints.</summary>
    public ListToolsResult Result { get; }

    /// <summary>Whether the server has the tool.</summary>
    public bool Knows(string tool) => _tools.ContainsKey(tool);

    /// <summary>The tool as the server describes it, internal metadata included; null when it has none of that name.</summary>
    public Tool? Find(string tool) => _tools.GetValueOrDefault(tool);

    private static Tool WithoutInternalMeta(Tool tool)
    {
        var kept = tool.Meta?.Where(entry => !entry.Key.StartsWith(InternalMeta, StringComparison.Ordinal)).ToList();
        return new Tool
        {
            Name = tool.Name,
            Title = tool.Title,
            Description = tool.Description,
            InputSchema = tool.InputSchema,
            OutputSchema = GuardedSchema.Allow(tool.OutputSchema),
            Annotations = tool.Annotations,
            Icons = tool.Icons,
            Meta = kept is { Count: > 0 } ? new JsonObject(kept.Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone()))) : null,
        };
    }
}

/// <summary>Holds the newest catalog. It survives a restart of the server, so that clients can list tools meanwhile.</summary>
internal sealed class ToolCatalogSource(TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ToolCatalog? _current;

    /// <summary>The newest catalog, or null before the server first answered.</summary>
    public ToolCatalog? Current
    {
        get => Volatile.Read(ref _current);
        set
        {
            Volatile.Write(ref _current, value);
            _first.TrySetResult();
        }
    }

    /// <summary>The newest catalog, waiting a little for the first one. Throws <see cref="McpProtocolException"/> when there is none.</summary>
    public async ValueTask<ToolCatalog> GetAsync(CancellationToken cancel)
    {
        try
        {
            await _first.Task.WaitAsync(s_patience, time, cancel);
            return Current!;
        }
        catch (TimeoutException late)
        {
            throw new McpProtocolException("The server behind the gateway is still starting. Try again in a few seconds.", late, McpErrorCode.InternalError);
        }
    }
}
