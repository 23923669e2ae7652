using InfraGate.McpServer.Planning.Operations;

namespace InfraGate.McpServer.Tests.Planning.Operations;

public sealed class ImageReferenceTests
{
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("nginx", "docker.io", "library/nginx", null, true)]
    [InlineData("nginx:latest", "docker.io", "library/nginx", "latest", true)]
    [InlineData("nginx:stable-alpine", "docker.io", "library/nginx", "stable-alpine", true)]
    [InlineData("nginx:1.27.3", "docker.io", "library/nginx", "1.27.3", false)]
    [InlineData("acme/web:v2", "docker.io", "acme/web", "v2", false)]
    [InlineData("ghcr.io/acme/web:1.0", "ghcr.io", "acme/web", "1.0", false)]
    [InlineData("localhost:5000/web:1", "localhost:5000", "web", "1", false)]
    [InlineData("[2001:db8::1]:5000/web:1", "[2001:db8::1]:5000", "web", "1", false)]
    [InlineData("[2001:db8::1]/team/web", "[2001:db8::1]", "team/web", null, true)]
    [InlineData("REGISTRY/web:1", "REGISTRY", "web", "1", false)]
    [InlineData("registry.local/a/b__c.d-e:1", "registry.local", "a/b__c.d-e", "1", false)]
    [InlineData("nginx@sha256:" + Hash, "docker.io", "library/nginx", null, false)]
    [InlineData("nginx:latest@sha256:" + Hash, "docker.io", "library/nginx", "latest", false)]
    public void Well_formed_names_are_read_with_the_runtimes_defaults(string text, string registry, string path, string? tag, bool isMutable)
    {
        ImageReference.TryParse(text, out var image).ShouldBeTrue();

        (image!.Registry, image.Path, image.Tag, image.IsMutable).ShouldBe((registry, path, tag, isMutable));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Nginx")]
    [InlineData("nginx:")]
    [InlineData("nginx@latest")]
    [InlineData("https://ghcr.io/a")]
    [InlineData("a b")]
    [InlineData("nginx\n")]
    [InlineData("nginx;reboot")]
    [InlineData("../etc/passwd")]
    [InlineData("ngіnx")]
    [InlineData("nginx@sha256:123")]
    [InlineData("a//b")]
    [InlineData("[2001:db8::1]:5000")]
    [InlineData("[evil]/web")]
    [InlineData("registry.local/Web")]
    [InlineData("a/REGISTRY/web")]
    public void Anything_else_is_refused(string text) => ImageReference.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("[2001:db8::1]:5000/web", "[2001:db8::1]:5000", true)]
    [InlineData("[2001:db8::1]:5000/web", "[2001:db8::1]", false)]
    [InlineData("REGISTRY.local/web", "registry.local", false)]
    public void A_registry_is_allowed_as_it_is_written(string text, string allowed, bool expected)
    {
        ImageReference.TryParse(text, out var image).ShouldBeTrue();

        image!.IsFrom(allowed).ShouldBe(expected);
    }

    [Theory]
    [InlineData("docker.io", true)]
    [InlineData("docker.io/library", true)]
    [InlineData("docker.io/library/nginx", true)]
    [InlineData("docker.io/lib", false)]
    [InlineData("ocker.io", false)]
    public void An_allowed_registry_is_a_whole_path_prefix(string allowed, bool expected)
    {
        ImageReference.TryParse("nginx:1", out var image).ShouldBeTrue();

        image!.IsFrom(allowed).ShouldBe(expected);
    }
}
