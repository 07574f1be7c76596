using Equecel.Questionnaire.V1;
using Equecel.Records.Rpcs;
using Equecel.Records.Schedule;
using Equecel.Records.V1;
using Equecel.Records.Verbs;
using Grpc.Core;

namespace Equecel.Questionnaire;

internal sealed class QuestionnaireGrpcService(
    RecordVerbs<QuestionnaireRecord> records, QueryVerbs<QuestionnaireRecord> queries, JournalVerbs journal, ScheduleVerbs schedule)
    : CaptureGrpcService(records, queries, journal)
{
    public override Task<ListDueFormsResponse> ListDueForms(ListDueFormsRequest request, ServerCallContext context) => schedule.ListAsync(request, context);
}
