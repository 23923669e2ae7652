using System.Reflection;
using InfraGate.McpServer.Inspection.Causes;

namespace InfraGate.McpServer.Tests.Inspection;

public sealed class DiagnosisTableTests
{
    [Fact]
    public void Every_cause_has_a_case()
    {
        var all = typeof(Cause).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

        DiagnosisTable.Cases.Values.Select(one => one.Cause).Distinct().ShouldBe(all, ignoreOrder: true);
    }
}
