using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Report.Markup;
using Equecel.Analytics.Snapshots;
using Equecel.ServiceDefaults;
using Google.Protobuf;

namespace Equecel.Analytics.Report;

/// <summary>Makes the study report in one pass over the dossiers of one moment.</summary>
internal sealed class ReportAnswers(DossierReader dossiers, LiveCohort live, Moments moments, TimeProvider time)
{
    private const int MaxPartBytes = 64 * 1024;

    /// <summary>Makes one and sends it piece by piece.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="send">Sends a piece.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Grpc.Core.RpcException">
    /// INVALID_ARGUMENT naming every field at fault; UNAVAILABLE while the cohort is not loaded or the database is down;
    /// NOT_FOUND and FAILED_PRECONDITION as <see cref="Moments.FindAsync"/> has them.
    /// </exception>
    public async Task SendAsync(V1.GetReportRequest request, Func<V1.ReportPart, CancellationToken, Task> send, CancellationToken cancellation)
    {
        var question = ReportQuestion.Parse(request, time.GetUtcNow());
        _ = live.Revision ?? throw RpcError.DependencyDown("The study's cohort", TimeSpan.FromSeconds(1));

        // A report of now is not kept waiting for what is on its way.
        if (await moments.FindAsync(request.AsOfTime?.ToDateTimeOffset(), request.Snapshot, cancellation) is { } asOf)
        {
            question = question.At(asOf);
        }

        var findings = await FindAsync(question, cancellation);
        var content = HtmlWriter.Write(ReportPage.Compose(findings, question.Words));
        for (var start = 0; start < content.Length; start += MaxPartBytes)
        {
            var piece = content.AsMemory(start, Math.Min(MaxPartBytes, content.Length - start));
            await send(new V1.ReportPart { Content = UnsafeByteOperations.UnsafeWrap(piece), Position = start == 0 ? findings.Position : null }, cancellation);
        }
    }

    private Task<Findings> FindAsync(ReportQuestion question, CancellationToken cancellation) => AnalyticsDatabase.AskAsync(async () =>
    {
        await using var moment = await dossiers.OpenAsync(question.AsOf, cancellation);
        var pass = new ReportPass(question, moment.Position);
        await foreach (var dossier in moment.ReadWithHistoryAsync(question.Sites, cancellation))
        {
            pass.Add(dossier);
        }

        return pass.Finish();
    });
}
