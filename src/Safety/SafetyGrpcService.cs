using Equecel.Records.Rpcs;
using Equecel.Records.Verbs;
using Equecel.Safety.Reporting;
using Equecel.Safety.V1;
using Grpc.Core;

namespace Equecel.Safety;

internal sealed class SafetyGrpcService(RecordVerbs<SafetyRecord> records, QueryVerbs<SafetyRecord> queries, JournalVerbs journal, DueReports due)
    : CaptureGrpcService(records, queries, journal)
{
    public override Task<ListDueReportsResponse> ListDueReports(ListDueReportsRequest request, ServerCallContext context) => due.ListAsync(request, context);
}
