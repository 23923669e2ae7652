using System.Text;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InfraGate.ApprovalUi.Export;

/// <summary>
/// The whole audit trail as a file, written entry by entry while it is read: its size does not matter. A failure on the way breaks the connection off, so that a part is never taken for
/// the whole.
/// </summary>
internal static class AuditExportEndpoints
{
    private const int BufferSize = 16 * 1024;

    /// <summary>Adds <c>/approvals/audit/export.jsonl</c> and <c>.csv</c>.</summary>
    public static void MapAuditExport(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/approvals/audit/export.jsonl", (HttpContext context, IPlanStore store) =>
            WriteAsync(context, store, "application/jsonl; charset=utf-8", "jsonl", AuditExport.WriteJsonLinesAsync));
        endpoints.MapGet("/approvals/audit/export.csv", (HttpContext context, IPlanStore store) =>
            WriteAsync(context, store, "text/csv; charset=utf-8; header=present", "csv", AuditExport.WriteCsvAsync));
    }

    private static async Task WriteAsync(
        HttpContext context, IPlanStore store, string type, string extension, Func<IAsyncEnumerable<AuditEntry>, TextWriter, CancellationToken, Task> write)
    {
        // Read before the first byte: a store that cannot be used is answered with a page that says so.
        var head = await store.ReadAuditHeadAsync(context.RequestAborted);
        context.Response.ContentType = type;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"infragate-audit-{head.Sequence}.{extension}\"";
        await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize, leaveOpen: true);
        await write(store.ReadAuditAsync(cancellationToken: context.RequestAborted), writer, context.RequestAborted);
        await writer.FlushAsync(context.RequestAborted);
    }
}
