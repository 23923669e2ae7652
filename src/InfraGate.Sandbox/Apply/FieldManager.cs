using System.Text.Json.Nodes;
using InfraGate.Sandbox.Api;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Schema;

namespace InfraGate.Sandbox.Apply;

/// <summary>
/// Tracks who owns which field, and applies configurations
/// (https://kubernetes.io/docs/reference/using-api/server-side-apply/). The rules are those of the API server of Kubernetes 1.20.
/// </summary>
internal sealed class FieldManager(TimeProvider time)
{
    /// <summary>Fields that nobody owns: the system sets them.</summary>
    private static readonly FieldSet Unowned = FieldSet.Of(
        ["f:apiVersion"], ["f:kind"], ["f:metadata"], ["f:metadata", "f:name"], ["f:metadata", "f:namespace"], ["f:metadata", "f:creationTimestamp"],
        ["f:metadata", "f:selfLink"], ["f:metadata", "f:uid"], ["f:metadata", "f:clusterName"], ["f:metadata", "f:generation"],
        ["f:metadata", "f:managedFields"], ["f:metadata", "f:resourceVersion"]);

    private static readonly FieldSet ManagedFieldsPath = FieldSet.Of(["f:metadata", "f:managedFields"], ["f:metadata", "f:resourceVersion"]);

    /// <summary>
    /// Records in <paramref name="after"/> that <paramref name="identity"/> owns what it changed. Nothing is tracked for an object that was
    /// made without owners. <paramref name="before"/> is null for a creation.
    /// </summary>
    public void RecordUpdate(JsonObject? before, JsonObject after, StructType schema, ManagedFieldsEntry identity)
    {
        var managed = ManagedFields.Read(after.Object("metadata")?["managedFields"] is JsonArray || before is null ? after : before);
        if (before is not null && managed.Entries.Count == 0)
        {
            after.Ensure("metadata").Remove("managedFields");
            return;
        }

        var compare = TypedComparison.Of(before ?? NothingYet(), after, schema);
        managed.Take(compare.Modified.Union(compare.Added).Union(compare.Removed), identity);
        var former = managed.Find(identity);
        var owned = (former?.Fields ?? new FieldSet()).Difference(compare.Removed).Union(compare.Modified).Union(compare.Added).Difference(Unowned);
        var changed = former is null || !owned.SameAs(former.Fields);
        managed.Set(Renew(identity, owned, changed ? Now() : former!.Time));
        managed.Write(after);
    }

    /// <summary>
    /// Merges an applied configuration into <paramref name="live"/> (null when the object does not exist) and answers the object to store.
    /// Throws a conflict when others own fields that would change and <paramref name="force"/> is off.
    /// </summary>
    public JsonObject Apply(JsonObject? live, JsonObject applied, StructType schema, ManagedFieldsEntry identity, bool force)
    {
        var before = (JsonObject?)live?.DeepClone() ?? new JsonObject { ["apiVersion"] = identity.ApiVersion, ["kind"] = applied.Text("kind") };
        var managed = ManagedFields.Read(before);
        if (live is not null && managed.Entries.Count == 0)
        {
            managed.Set(BeforeFirstApply(before, schema, identity));
        }

        var last = managed.Find(identity);
        var mine = Renew(identity, TypedValue.Fields(applied, schema).Difference(Unowned), last?.Time);
        managed.Set(mine);
        var merged = (JsonObject)TypedValue.Merge(before, applied, schema)!;
        var pruned = (JsonObject)(Prune(merged, schema, managed, last) ?? new JsonObject());
        var compare = TypedComparison.Of(before, pruned, schema);
        var taken = compare.Modified.Union(compare.Added);
        if (!force)
        {
            RefuseConflicts(managed, taken, mine);
        }

        managed.Take(taken.Union(compare.Removed), mine);
        if (!SameBut(compare) || last is null || !last.Fields.SameAs(mine.Fields))
        {
            mine.Time = Now();
        }

        managed.Write(pruned);
        return pruned;
    }

    /// <summary>What the API server compares a new object with: its parts that are never absent, empty. Nobody owns these.</summary>
    private static JsonObject NothingYet() => new()
    {
        ["metadata"] = new JsonObject(),
        ["spec"] = new JsonObject
        {
            ["containers"] = null,
            ["strategy"] = new JsonObject(),
            ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["creationTimestamp"] = null }, ["spec"] = new JsonObject { ["containers"] = null } },
        },
        ["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() },
    };

    private static bool SameBut(TypedComparison compare) =>
        compare.Added.Difference(ManagedFieldsPath).IsEmpty && compare.Modified.Difference(ManagedFieldsPath).IsEmpty && compare.Removed.IsEmpty;

    private static ManagedFieldsEntry Renew(ManagedFieldsEntry identity, FieldSet fields, string? time) => new()
    {
        Manager = identity.Manager,
        Operation = identity.Operation,
        ApiVersion = identity.ApiVersion,
        Subresource = identity.Subresource,
        Time = time,
        Fields = fields,
    };

    private static ManagedFieldsEntry BeforeFirstApply(JsonObject live, StructType schema, ManagedFieldsEntry identity) => new()
    {
        Manager = "before-first-apply",
        Operation = ManagedFieldsEntry.Update,
        ApiVersion = identity.ApiVersion,
        Fields = TypedComparison.Of(new JsonObject(), live, schema).Added.Difference(Unowned),
    };

    /// <summary>Removes what the manager applied last time, does not apply now, and nobody else owns.</summary>
    private static JsonNode? Prune(JsonObject merged, StructType schema, ManagedFields managed, ManagedFieldsEntry? last)
    {
        if (last is null || last.Fields.IsEmpty)
        {
            return merged;
        }

        var owned = managed.Union();
        return TypedValue.Remove(merged, schema, WithoutParentsOf(last.Fields.Difference(owned), owned));
    }

    /// <summary>An item stays as long as anyone owns something in it.</summary>
    private static FieldSet WithoutParentsOf(FieldSet removed, FieldSet owned)
    {
        var result = new FieldSet();
        if (removed.IsMember && owned.IsEmpty)
        {
            result.Insert();
        }

        foreach (var (element, child) in removed.Children)
        {
            var kept = WithoutParentsOf(child, owned.Find(element) ?? new FieldSet());
            if (!kept.IsEmpty)
            {
                var target = result.Child(element);
                Copy(kept, target);
            }
        }

        return result;
    }

    private static void Copy(FieldSet source, FieldSet target)
    {
        if (source.IsMember)
        {
            target.Insert();
        }

        foreach (var (element, child) in source.Children)
        {
            Copy(child, target.Child(element));
        }
    }

    private static void RefuseConflicts(ManagedFields managed, FieldSet taken, ManagedFieldsEntry mine)
    {
        var conflicts = managed.Entries.Where(entry => !entry.SameManager(mine))
            .Select(entry => (Manager: entry.Describe(), Paths: entry.Fields.Intersection(taken).Paths().ToList()))
            .Where(conflict => conflict.Paths.Count > 0)
            .OrderBy(conflict => conflict.Manager, StringComparer.Ordinal)
            .ToList();
        if (conflicts.Count == 0)
        {
            return;
        }

        var count = conflicts.Sum(conflict => conflict.Paths.Count);
        var message = count == 1
            ? $"Apply failed with 1 conflict: conflict with {conflicts[0].Manager}: {conflicts[0].Paths[0]}"
            : $"Apply failed with {count} conflicts: " + string.Join(
                '\n',
                conflicts.SelectMany(conflict => conflict.Paths.Select(path => "- " + path).Prepend($"conflicts with {conflict.Manager}:")));
        throw KubernetesError.ApplyConflict(message, conflicts.SelectMany(conflict => conflict.Paths.Select(path => new JsonObject
        {
            ["reason"] = "FieldManagerConflict",
            ["message"] = "conflict with " + conflict.Manager,
            ["field"] = path,
        })));
    }

    private string Now() => Timestamps.Seconds(time.GetUtcNow());
}
