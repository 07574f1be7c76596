using Equecel.Records.V1;
using Equecel.Safety.V1;
using Grpc.Core;
using Grpc.Net.Client;
using ImportRecordsRequest = Equecel.Safety.V1.ImportRecordsRequest;
using SubmitRecordRequest = Equecel.Safety.V1.SubmitRecordRequest;

namespace Equecel.Safety.Tests;

/// <summary>Safety as it is shipped, with a database, a cache and an Enrolment of its own.</summary>
public sealed class SafetyHost() : CaptureHost<SafetyService.SafetyServiceClient>("Safety", invoker => new(invoker), Form.Facts)
{
    /// <summary>Starts a Safety of a test's own.</summary>
    public static Task<(ServiceProcess Process, GrpcChannel Channel)> StartAsync(string database, string? cache, EnrolmentPeer enrolment) =>
        CaptureProcess.StartAsync("Safety", database, cache, enrolment);

    public static SafetyService.SafetyServiceClient On(GrpcChannel channel, string token) => new(CaptureProcess.With(channel, token));

    /// <summary>Sends rows as one stream.</summary>
    public static async Task<List<ImportVerdict>> ImportAsync(SafetyService.SafetyServiceClient client, params SubmitRecordRequest[] rows)
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
