using System.Text;
using InfraGate.McpServer.Planning.Manifests;
using InfraGate.McpServer.Tests.Support;

namespace InfraGate.McpServer.Tests.Planning.Manifests;

public sealed class ManifestParserTests
{
    private const string Header = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";
    private static readonly ManifestParser Parser = new(TimeProvider.System);

    public static TheoryData<string, string, int, int, string> Refused => new()
    {
        { "a key twice", Header + "data:\n  mode: fast\n  mode: slow\n", 7, 3, "the key 'mode' stands twice in one map; the first is at line 6, column 3" },
        { "a tag", Header + "data:\n  mode: !!str fast\n", 6, 9, "the tag" },
        { "a merge key", Header + "data: &d\n  mode: fast\nbinaryData:\n  <<: *d\n", 8, 3, "merge keys" },
        { "an alias to nothing", Header + "data:\n  mode: *nothing\n", 6, 9, "names no finished anchor" },
        { "an alias to itself", "a: &x\n  - *x\n", 2, 5, "names no finished anchor" },
        { "a list of objects", "apiVersion: v1\nkind: List\nitems: []\n", 2, 7, "lists are not accepted" },
        { "a typed list", "apiVersion: v1\nkind: ConfigMapList\nitems: []\n", 2, 7, "lists are not accepted" },
        { "generateName", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  generateName: a-\n", 4, 3, "generateName" },
        { "a foreign namespace", Header + "  namespace: kube-system\n", 5, 14, "metadata.namespace is 'kube-system' but the call names 'shop'" },
        { "a namespace that is a number", Header + "  namespace: 1\n", 5, 14, "metadata.namespace must be text" },
        { "the same object twice", Header + "---\n" + Header, 6, 1, "ConfigMap/a stands twice; the first is at line 1, column 1" },
        { "a Secret", "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n", 2, 7, "v1 Secret is not supported" },
        { "an Ingress", "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\n", 2, 7, "not supported" },
        { "a custom resource", "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\n", 2, 7, "not supported" },
        { "a cluster-wide resource", "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n", 2, 7, "not supported" },
        { "an old Deployment", "apiVersion: extensions/v1beta1\nkind: Deployment\nmetadata: {name: a}\n", 2, 7, "apps/v1 Deployment" },
        { "no apiVersion", "kind: ConfigMap\nmetadata: {name: a}\n", 1, 1, "apiVersion is missing" },
        { "no kind", "apiVersion: v1\nmetadata: {name: a}\n", 1, 1, "kind is missing" },
        { "no metadata", "apiVersion: v1\nkind: ConfigMap\n", 1, 1, "metadata.name is missing" },
        { "no name", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels: {}\n", 4, 3, "metadata.name is missing" },
        { "an empty name", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \"\"\n", 4, 9, "metadata.name is missing" },
        { "a name in capitals", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: Shop\n", 4, 9, "cannot name a ConfigMap" },
        { "a Service's name with a dot", "apiVersion: v1\nkind: Service\nmetadata:\n  name: a.b\n", 4, 9, "must be a DNS label" },
        { "a Service's name that starts with a digit", "apiVersion: v1\nkind: Service\nmetadata:\n  name: 1a\n", 4, 9, "starting with a letter" },
        { "a name that is a number", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: 12\n", 4, 9, "metadata.name must be text, not the number 12" },
        { "a path as a name", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ../secrets/a\n", 4, 9, "cannot name" },
        { "a label that is a boolean", Header + "  labels:\n    on-call: true\n", 6, 14, "metadata.labels: 'on-call' must be text, not the boolean true. Quote it: \"true\"" },
        { "an annotation that is a number", Header + "  annotations:\n    port: 8080\n", 6, 11, "metadata.annotations: 'port' must be text, not the number 8080" },
        { "an entry that is a boolean", Header + "data:\n  debug: false\n", 6, 10, "data: 'debug' must be text" },
        { "an entry that is a map", Header + "data:\n  debug: {a: b}\n", 6, 10, "data: 'debug' must be text, not a map" },
        { "an entry that is nothing", Header + "data:\n  debug:\n", 6, 9, "data: 'debug' must be text, not nothing" },
        { "data that is a list", Header + "data: [a]\n", 5, 7, "data must be a map of texts" },
        { "yes", Header + "data:\n  debug: yes\n", 6, 10, "'yes' is a boolean in YAML 1.1 and text in YAML 1.2" },
        { "a Norwegian", Header + "data:\n  country: NO\n", 6, 12, "'NO' is a boolean in YAML 1.1" },
        { "an octal mode", Header + "data:\n  mode: 0644\n", 6, 9, "'0644' is octal in YAML 1.1 and decimal in YAML 1.2. Write 420" },
        { "base 60", Header + "data:\n  time: 22:30\n", 6, 9, "'22:30' is a number in YAML 1.1" },
        { "digits with underscores", Header + "data:\n  no1: 1_000\n", 6, 8, "'1_000' is a number in YAML 1.1" },
        { "infinity", Header + "data:\n  no1: .inf\n", 6, 8, "is no number that JSON can hold" },
        { "a number too large", Header + "data:\n  no1: 12345678901234567890\n", 6, 8, "is too large" },
        { "a hexadecimal number too large", Header + "data:\n  no1: 0xFFFFFFFFFFFFFFFFF\n", 6, 8, "is too large" },
        { "an octal number too large", Header + "data:\n  no1: 0o7777777777777777777777\n", 6, 8, "is too large" },
        { "a key that is a number", Header + "data:\n  8080: web\n", 6, 3, "a key must be text, not the number 8080" },
        { "a key that is a map", Header + "data:\n  ? {a: b}\n  : c\n", 6, 5, "a key must be plain text" },
        { "a scalar alone", "hello\n", 1, 1, "an object is expected, not text" },
        { "a list alone", "- a\n", 1, 1, "an object is expected, not a list" },
        { "nothing", "", 1, 1, "holds no object" },
        { "only empty documents", "---\n---\n", 1, 1, "holds no object" },
        { "broken YAML", "apiVersion: v1\nkind: [\n", 3, 1, "not well-formed YAML" },
        { "a tab as indentation", "apiVersion: v1\nmetadata:\n\tname: a\n", 3, 1, "not well-formed YAML" },
        { "a control character", "apiVersion: v1\u0007\n", 1, 15, "U+0007" },
        { "a line break that only YAML 1.1 sees", "apiVersion: v1 \u2028kind: Secret\n", 1, 16, "U+2028" },
        { "a uid", Header + "  uid: 1-2\n", 5, 3, "metadata.uid is set by the API server" },
        { "a resourceVersion", Header + "  resourceVersion: \"7\"\n", 5, 3, "metadata.resourceVersion" },
        { "managedFields", Header + "  managedFields: []\n", 5, 3, "metadata.managedFields" },
        { "a status", Header + "status: {ready: true}\n", 5, 1, "status is set by the API server" },
        { "kubectl's own annotation", Header + "  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: \"{}\"\n", 6, 5, "kubectl's own" },
        { "an environment variable that is a number", Deployment("env: [{name: PORT, value: 8080}]"), 10, 35, "the value of the environment variable PORT must be text, not the number 8080" },
        { "an argument that is a boolean", Deployment("args: [true]"), 10, 16, "an item of args must be text" },
        { "an image that is a number", Deployment("image: 1"), 10, 16, "image must be text" },
        { "a %TAG directive", "%TAG ! tag:example.com,2000:\n---\n" + Header, 1, 1, "%TAG directives" },
        { "JSON with a comma too many", "{\"apiVersion\": \"v1\",}", 1, 21, "is read as strict JSON" },
        { "JSON with a comment", "{ // hello\n}", 1, 3, "is read as strict JSON" },
        { "JSON with a key twice", "{\"apiVersion\": \"v1\",\n \"apiVersion\": \"v1\"}", 2, 2, "stands twice" },
        { "JSON with a lone surrogate", "{\"apiVersion\": \"\\ud800\"}", 1, 16, "no valid Unicode" },
        { "JSON that ends too early", "{\"apiVersion\": \"v1\"", 1, 20, "is read as strict JSON" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_refused_is_named_with_its_place(string what, string manifest, int line, int column, string reason)
    {
        var refusal = Should.Throw<ManifestException>(() => Parser.Parse(manifest, "shop"), what);

        refusal.Message.ShouldContain(reason, customMessage: what);
        (refusal.Position.Line, refusal.Position.Column).ShouldBe((line, column), $"{what}: {refusal.Message}");
        refusal.Message.ShouldStartWith($"Line {line}, column {column}: ");
    }

    [Fact]
    public void A_lone_surrogate_is_refused_with_its_place() =>
        Should.Throw<ManifestException>(() => Parser.Parse("a: \ud800\n", "shop")).Message.ShouldBe("Line 1, column 4: the character U+D800 is not accepted.");

    [Fact]
    public void Kinds_and_lists_are_unsupported_rather_than_invalid()
    {
        Should.Throw<ManifestException>(() => Parser.Parse("apiVersion: v1\nkind: Secret\nmetadata: {name: a}", "shop")).Refusal.ShouldBe(ManifestRefusal.UnsupportedKind);
        Should.Throw<ManifestException>(() => Parser.Parse("kind: a", "shop")).Refusal.ShouldBe(ManifestRefusal.Invalid);
    }

    [Fact]
    public void More_than_twenty_objects_are_refused_and_twenty_are_not()
    {
        string Many(int count) => string.Join("---\n", Enumerable.Range(0, count).Select(i => $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a{i}\n"));

        Parser.Parse(Many(20), "shop").Documents.Count.ShouldBe(20);
        Should.Throw<ManifestException>(() => Parser.Parse(Many(21), "shop")).Message.ShouldContain("more than 20 objects");
    }

    [Fact]
    public void More_than_256_KiB_are_refused_counted_in_bytes()
    {
        var text = Header + "data:\n  text: \"" + new string('é', 131_100) + "\"\n";

        Should.Throw<ManifestException>(() => Parser.Parse(text, "shop")).Message.ShouldContain("larger than 256 KiB");
    }

    [Fact]
    public void An_alias_bomb_is_refused_quickly()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 10; i++)
        {
            bomb.Append($"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n");
        }

        Should.Throw<ManifestException>(() => Parser.Parse(bomb.ToString(), "shop")).Message.ShouldContain("aliases");
    }

    [Fact]
    public void A_few_aliases_are_written_out()
    {
        var manifest = Parser.Parse("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: &n shop\n  labels: &l\n    app: *n\n  annotations: *l\n", "shop");

        manifest.Documents[0].Body["metadata"]!["annotations"]!["app"]!.GetValue<string>().ShouldBe("shop");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("{\"a\":")]
    public void Deep_nesting_is_refused_without_a_deep_stack(string open)
    {
        var text = string.Concat(Enumerable.Repeat(open, 50_000));

        Should.Throw<ManifestException>(() => Parser.Parse(text[..Math.Min(text.Length, 250_000)], "shop"));
    }

    [Fact]
    public void Empty_documents_are_skipped_and_counted()
    {
        var manifest = Parser.Parse($"---\n# nothing here\n---\n{Header}---\n", "shop");

        manifest.Documents.Count.ShouldBe(1);
        manifest.EmptyDocuments.ShouldBe(2);
    }

    [Fact]
    public void Several_documents_of_both_notations_are_read_alike()
    {
        var yaml = Parser.Parse(SampleManifests.Shop, "shop").Documents;
        var json = Parser.Parse(string.Join("\n", yaml.Select(document => document.Root.ToJson()!.ToJsonString())), "shop").Documents;

        json.Select(document => document.Body.ToJsonString()).ShouldBe(yaml.Select(document => document.Body.ToJsonString()));
        yaml.Select(document => document.Reference).ShouldBe(["ConfigMap/shop", "Service/shop", "Deployment/shop"]);
        yaml.ShouldAllBe(document => document.Body["metadata"]!["namespace"]!.GetValue<string>() == "shop");
    }

    [Fact]
    public void What_other_tools_leave_empty_is_dropped()
    {
        var manifest = Parser.Parse(Header + "  creationTimestamp: null\nstatus: {}\n", "shop");

        manifest.Documents[0].Body.ToJsonString().ShouldBe("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"shop"}}""");
    }

    [Fact]
    public void Numbers_booleans_and_block_texts_keep_their_meaning()
    {
        var manifest = Parser.Parse(Deployment("command: [\"0644\", 'yes', \"1.0\"]\n        workingDir: |\n          a\n            b"), "shop");

        var container = manifest.Documents[0].Body["spec"]!["template"]!["spec"]!["containers"]![0]!;
        container["command"]!.ToJsonString().ShouldBe("""["0644","yes","1.0"]""");
        container["workingDir"]!.GetValue<string>().ShouldBe("a\n  b\n");
        manifest.Documents[0].Body["spec"]!["replicas"]!.ToJsonString().ShouldBe("2");
    }

    private static string Deployment(string container) =>
        $"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n      - {container}\n";
}
