using InfraGate.RealParts.Browser;

namespace InfraGate.EndToEnd.Tests.Stories;

[Collection(OnTheSandbox.Name)]
public sealed class SandboxStoryTests(SandboxGateway stack, ChromiumFixture chromium) : StoryTests(stack, chromium);

[Collection(OnTheSandbox.Name)]
public sealed class SandboxRefusalTests(SandboxGateway stack) : RefusalTests(stack);
