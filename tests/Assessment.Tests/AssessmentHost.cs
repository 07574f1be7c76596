using Equecel.Assessment.V1;
using Equecel.Records.V1;
using Equecel.Safety.Tests;
using Grpc.Core;
using Grpc.Net.Client;
using ImportRecordsRequest = Equecel.Assessment.V1.ImportRecordsRequest;
using SubmitRecordRequest = Equecel.Assessment.V1.SubmitRecordRequest;

namespace Equecel.Assessment.Tests;

/// <summary>Assessment as it is shipped, with a database, a cache and an Enrolment of its own.</summary>
public sealed class AssessmentHost() : CaptureHost<AssessmentService.AssessmentServiceClient>("Assessment", invoker => new(invoker), Form.Facts)
{
    /// <summary>Starts an Assessment of a test's own.</summary>
    public static Task<(ServiceProcess Process, GrpcChannel Channel)> StartAsync(string database, string? cache, EnrolmentPeer enrolment) =>
        CaptureProcess.StartAsync("Assessment", database, cache, enrolment);

    /// <summary>Sends rows as one stream.</summary>
    public static async Task<List<ImportVerdict>> ImportAsync(AssessmentService.AssessmentServiceClient client, params SubmitRecordRequest[] rows)
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
