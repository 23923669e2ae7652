using InfraGate.EndToEnd.Tests.Stories;

namespace InfraGate.EndToEnd.Tests.Contract;

[Collection(OnTheControlPlane.Name)]
public sealed class ControlPlaneToolContractTests(ControlPlaneGateway stack) : ToolContractTests(stack);

[Collection(OnTheControlPlane.Name)]
public sealed class ControlPlaneBadInputTests(ControlPlaneGateway stack) : BadInputTests(stack);
