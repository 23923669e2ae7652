using InfraGate.EndToEnd.Tests.Stories;

namespace InfraGate.EndToEnd.Tests.Contract;

[Collection(OnTheSandbox.Name)]
public sealed class SandboxToolContractTests(SandboxGateway stack) : ToolContractTests(stack);

[Collection(OnTheSandbox.Name)]
public sealed class SandboxBadInputTests(SandboxGateway stack) : BadInputTests(stack);
