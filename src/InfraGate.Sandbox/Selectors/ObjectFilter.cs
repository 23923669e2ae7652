using InfraGate.Sandbox.Api;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Selectors;

/// <summary>Which objects a list or a watch wants: namespace, labels and fields together.</summary>
internal sealed class ObjectFilter
{
    private readonly string? _namespace;
    private readonly string? _name;
    private readonly LabelSelector _labels;
    private readonly FieldSelector _fields;

    private ObjectFilter(string? @namespace, string? name, LabelSelector labels, FieldSelector fields)
    {
        _namespace = @namespace;
        _name = name;
        _labels = labels;
        _fields = fields;
    }

    public bool MatchesEverything => _labels.MatchesEverything && _fields.MatchesEverything;

    /// <summary>Reads the selectors of a request; throws a bad request for what cannot be selected by.</summary>
    public static ObjectFilter Parse(ApiRequest request)
    {
        try
        {
            return new ObjectFilter(
                request.Namespace,
                request.Name,
                LabelSelector.Parse(request.Query["labelSelector"]),
                FieldSelector.Parse(request.Query["fieldSelector"], request.Resource));
        }
        catch (FormatException malformed)
        {
            throw KubernetesError.BadRequest(malformed.Message);
        }
    }

    public bool Matches(StoredObject candidate) =>
        (_namespace is null || candidate.Key.Namespace == _namespace)
        && (_name is null || candidate.Key.Name == _name)
        && _labels.Matches(candidate.Labels)
        && _fields.Matches(candidate);
}
