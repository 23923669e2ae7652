using System.Net;
using InfraGate.Sandbox.Hosting;

namespace InfraGate.Sandbox.Tests.Api;

public sealed class AccessTests(AccessTests.Fixture sandbox) : IClassFixture<AccessTests.Fixture>
{
    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData(SandboxFixture.Token + "x")]
    public async Task No_or_a_wrong_token_is_unauthorized(string? token)
    {
        using var stranger = sandbox.ClientWith(token);

        var answer = await stranger.GetAsync("/api/v1/namespaces");

        answer.Code.ShouldBe(401);
        answer.Message.ShouldBe("Unauthorized");
    }

    [Fact]
    public async Task A_page_that_rebinds_its_name_to_loopback_gets_nothing()
    {
        using var http = sandbox.NewHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/version");
        request.Headers.Host = "evil.example.com";

        using var answer = await http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }

    [Fact]
    public async Task Only_writes_that_store_something_are_counted_as_writes()
    {
        var space = await sandbox.Client.NewNamespaceAsync();
        var before = await CountAsync();
        const string Map = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"map"}}""";
        await sandbox.Client.PostAsync($"/api/v1/namespaces/{space}/configmaps?dryRun=All", Map);
        await sandbox.Client.GetAsync($"/api/v1/namespaces/{space}/configmaps");
        await sandbox.Client.PostAsync(
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", """{"spec":{"resourceAttributes":{"verb":"get","resource":"pods"}}}""");
        (await CountAsync()).ShouldBe(before);

        await sandbox.Client.PostAsync($"/api/v1/namespaces/{space}/configmaps", Map);

        (await CountAsync()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task What_is_denied_by_configuration_is_forbidden_and_reviews_say_so()
    {
        var space = await sandbox.Client.NewNamespaceAsync();

        var refused = await sandbox.Client.DeleteAsync($"/apis/apps/v1/namespaces/{space}/deployments/web");
        var review = await sandbox.Client.PostAsync(
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            """{"spec":{"resourceAttributes":{"verb":"delete","group":"apps","resource":"deployments","namespace":"x"}}}""");

        refused.Code.ShouldBe(403);
        refused.Message!.ShouldContain("cannot delete resource \"deployments\" in API group \"apps\"");
        ((bool)review.Body!["status"]!["allowed"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task An_impersonated_user_has_only_that_users_rights()
    {
        using var http = sandbox.NewHttpClient();
        http.DefaultRequestHeaders.Add("Impersonate-User", "alice");
        using var alice = new ApiClient(http, SandboxFixture.Token);

        (await alice.GetAsync("/api/v1/namespaces/default/pods")).Code.ShouldBe(403);
    }

    private async Task<long> CountAsync() => (long)(await sandbox.Client.GetAsync("/sandbox/requests")).Body!["writes"]!;

    public sealed class Fixture : SandboxFixture
    {
        internal override SandboxOptions Options => Quick with { Tls = false, Deny = ["delete:deployments"] };
    }
}
