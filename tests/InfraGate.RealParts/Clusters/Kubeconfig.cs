using System.Text;
using InfraGate.RealParts.Files;
using YamlDotNet.RepresentationModel;

namespace InfraGate.RealParts.Clusters;

/// <summary>The part of a kubeconfig that the tests write and read: one cluster, one token, one context.</summary>
/// <param name="CaPem">PEM of the authority to trust; null for plain HTTP.</param>
public sealed record Kubeconfig(Uri Server, string? CaPem, string Token, string Namespace)
{
    private const string ContextName = "infragate-tests";

    /// <summary>Writes it (mode 0600) and returns its path.</summary>
    public string WriteTo(TemporaryFolder folder, string fileName = "kubeconfig") => folder.Write(fileName, ToYaml());

    /// <summary>Reads the current context of a file.</summary>
    public static Kubeconfig Read(string path)
    {
        using var reader = new StreamReader(path);
        var yaml = new YamlStream();
        yaml.Load(reader);
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        var context = Named(root, "contexts", Text(root, "current-context")!, "context");
        var cluster = Named(root, "clusters", Text(context, "cluster")!, "cluster");
        var user = Named(root, "users", Text(context, "user")!, "user");
        var ca = Text(cluster, "certificate-authority-data");
        return new Kubeconfig(
            new Uri(Text(cluster, "server")!),
            ca is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(ca)),
            Text(user, "token") ?? "",
            Text(context, "namespace") ?? "default");
    }

    /// <summary>Not the token: this record may be part of a message.</summary>
    public override string ToString() => $"kubeconfig of {Server}";

    private string ToYaml() =>
        $"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: {ContextName}
          cluster:
            server: {Server.GetLeftPart(UriPartial.Authority)}
        {(CaPem is null ? "" : $"    certificate-authority-data: {Convert.ToBase64String(Encoding.UTF8.GetBytes(CaPem))}")}
        users:
        - name: infragate
          user:
            token: {Token}
        contexts:
        - name: {ContextName}
          context:
            cluster: {ContextName}
            user: infragate
            namespace: {Namespace}
        current-context: {ContextName}

        """;

    private static YamlMappingNode Named(YamlMappingNode root, string list, string name, string property) =>
        (YamlMappingNode)((YamlSequenceNode)root[list]).Cast<YamlMappingNode>().Single(entry => Text(entry, "name") == name)[property];

    private static string? Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;
}
