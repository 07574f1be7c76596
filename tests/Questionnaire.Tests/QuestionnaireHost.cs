using Equecel.Questionnaire.V1;
using Equecel.Records.V1;
using Equecel.Safety.Tests;
using Grpc.Core;
using ImportRecordsRequest = Equecel.Questionnaire.V1.ImportRecordsRequest;
using SubmitRecordRequest = Equecel.Questionnaire.V1.SubmitRecordRequest;

namespace Equecel.Questionnaire.Tests;

/// <summary>Questionnaire as it is shipped, with a database, a cache and an Enrolment of its own.</summary>
public sealed class QuestionnaireHost() : CaptureHost<QuestionnaireService.QuestionnaireServiceClient>("Questionnaire", invoker => new(invoker), Form.Facts)
{
    /// <summary>Sends rows as one stream.</summary>
    public static async Task<List<ImportVerdict>> ImportAsync(QuestionnaireService.QuestionnaireServiceClient client, params SubmitRecordRequest[] rows)
    {
        using var call = client.ImportRecords();
        foreach (var row in rows)
        {
            await call.RequestStream.WriteAsync(new ImportRecordsRequest { Row = row });
        }

        await call.RequestStream.CompleteAsync();
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }
}
