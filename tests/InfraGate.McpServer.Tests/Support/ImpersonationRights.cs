using InfraGate.RealParts.ControlPlane;

namespace InfraGate.McpServer.Tests.Support;

/// <summary>Lets <see cref="TokenUser.Stranger"/>, who has no other right, impersonate every user and group.</summary>
internal static class ImpersonationRights
{
    public static async Task GrantAsync(ControlPlaneCluster cluster)
    {
        await cluster.Admin.ApplyAsync(Workloads.Parse("""
            { "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": { "name": "test-impersonator" },
              "rules": [ { "apiGroups": [""], "resources": ["users", "groups"], "verbs": ["impersonate"] } ] }
            """));
        await cluster.Admin.ApplyAsync(Workloads.Parse("""
            { "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": { "name": "test-impersonator" },
              "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "test-impersonator" },
              "subjects": [ { "kind": "User", "name": "stranger", "apiGroup": "rbac.authorization.k8s.io" } ] }
            """));
    }
}
