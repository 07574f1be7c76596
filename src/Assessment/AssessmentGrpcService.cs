using Equecel.Assessment.V1;
using Equecel.Records.Rpcs;
using Equecel.Records.Schedule;
using Equecel.Records.V1;
using Equecel.Records.Verbs;
using Grpc.Core;

namespace Equecel.Assessment;

internal sealed class AssessmentGrpcService(
    RecordVerbs<AssessmentRecord> records, QueryVerbs<AssessmentRecord> queries, JournalVerbs journal, ScheduleVerbs schedule)
    : CaptureGrpcService(records, queries, journal)
{
    public override Task<ListDueFormsResponse> ListDueForms(ListDueFormsRequest request, ServerCallContext context) => schedule.ListAsync(request, context);
}
