using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Validation;

namespace InfraGate.Sandbox.Admission;

/// <summary>Amounts by the name of the resource, such as <c>cpu</c> or <c>limits.memory</c>.</summary>
internal sealed class Amounts : SortedDictionary<string, Amount>
{
    public Amounts()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>The quantities of a map; what cannot be read is left out.</summary>
    public static Amounts Of(JsonObject? map)
    {
        var result = new Amounts();
        foreach (var (name, text) in map ?? [])
        {
            if (Quantity.TryParse(text, out var value))
            {
                result[name] = new Amount(value, Quantity.IsBinary(text));
            }
        }

        return result;
    }

    /// <summary>What a whole Pod requests, or is limited to: its containers together, or the largest of those that run before them.</summary>
    public static Amounts OfPod(JsonObject pod, string map)
    {
        var result = new Amounts();
        foreach (var container in pod.Items("spec", "containers"))
        {
            result.Add(Of(container.Object("resources", map)));
        }

        foreach (var (name, amount) in pod.Items("spec", "initContainers").SelectMany(container => Of(container.Object("resources", map))))
        {
            result[name] = result.TryGetValue(name, out var sum) && sum.Value >= amount.Value ? sum : amount;
        }

        return result;
    }

    /// <summary>Adds every amount of another.</summary>
    public void Add(Amounts other)
    {
        foreach (var (name, amount) in other)
        {
            this[name] = TryGetValue(name, out var present) ? present + amount : amount;
        }
    }

    /// <summary><c>limits.cpu=1,pods=3</c></summary>
    public override string ToString() => string.Join(',', this.Select(item => $"{item.Key}={item.Value}"));

    public JsonObject ToJson() => new(this.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value.ToString())));
}
