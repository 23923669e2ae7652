using InfraGate.RealParts.Browser;

namespace InfraGate.EndToEnd.Tests.Stories;

[Collection(OnTheControlPlane.Name)]
public sealed class ControlPlaneStoryTests(ControlPlaneGateway stack, ChromiumFixture chromium) : StoryTests(stack, chromium);

[Collection(OnTheControlPlane.Name)]
public sealed class ControlPlaneRefusalTests(ControlPlaneGateway stack) : RefusalTests(stack);
