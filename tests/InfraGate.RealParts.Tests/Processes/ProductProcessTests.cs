using InfraGate.RealParts.Files;
using InfraGate.RealParts.Processes;

namespace InfraGate.RealParts.Tests.Processes;

public sealed class ProductProcessTests
{
    [Fact]
    public async Task A_built_product_starts_on_a_free_port_and_ends_when_asked()
    {
        using var state = TemporaryFolder.Create("issuer");
        await using var issuer = await ProductProcess.StartAsync("InfraGate.DevIssuer", new Dictionary<string, string?>
        {
            ["DEV_ISSUER_LISTEN"] = "http://127.0.0.1:0",
            ["DEV_ISSUER_STATE_ROOT"] = state.File("state"),
        });
        using var http = new HttpClient { BaseAddress = issuer.BaseAddress };

        var discovery = await http.GetStringAsync(new Uri(".well-known/openid-configuration", UriKind.Relative));

        discovery.ShouldContain($"\"{issuer.BaseAddress.GetLeftPart(UriPartial.Authority)}");
        issuer.ResidentBytes.ShouldBeGreaterThan(10 * 1024 * 1024);
        (await issuer.StopAsync()).ShouldBe(0);
    }

    [Fact]
    public void A_product_that_was_never_built_is_named() =>
        Should.Throw<FileNotFoundException>(() => ProductProcess.AssemblyOf("InfraGate.Nowhere")).Message.ShouldContain("InfraGate.Nowhere");
}
