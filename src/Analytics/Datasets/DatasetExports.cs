using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Snapshots;
using Equecel.DatasetJson;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Npgsql;

namespace Equecel.Analytics.Datasets;

/// <summary>
/// Exports datasets out of one moment of the stored versions. A first pass counts the rows, which the files tell before them; then each
/// dataset takes a pass that writes participant after participant. Memory is that of one participant and a piece.
/// </summary>
internal sealed class DatasetExports(DossierReader dossiers, LiveCohort live, Moments moments, ReaderTurns turns, TimeProvider time)
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>Exports them.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="send">Sends a part of the answer.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Grpc.Core.RpcException">
    /// INVALID_ARGUMENT naming every field at fault; UNAVAILABLE while the cohort is not loaded or the database is down;
    /// NOT_FOUND and FAILED_PRECONDITION as <see cref="Moments.FindAsync"/> has them.
    /// </exception>
    public async Task ExportAsync(
        V1.ExportDatasetsRequest request, Func<V1.ExportDatasetsResponse, CancellationToken, Task> send, CancellationToken cancellation)
    {
        var question = DatasetQuestion.Parse(request, time.GetUtcNow());
        if (live.Revision is null)
        {
            throw RpcError.DependencyDown("The study's cohort", TimeSpan.FromSeconds(1));
        }

        question = question with { AsOf = await moments.FindAsync(question.AsOf, request.Snapshot, cancellation) };
        using var turn = await turns.TakeAsync(cancellation);
        try
        {
            await using var moment = await dossiers.OpenAsync(question.AsOf, cancellation);
            var counts = question.Datasets.ToDictionary(dataset => dataset, _ => new DatasetCount());
            await foreach (var subject in SubjectsAsync(moment, question, cancellation))
            {
                foreach (var dataset in question.Datasets)
                {
                    counts[dataset].Add(dataset, subject);
                }
            }

            var position = moment.Position.ToV1(question.AsOf, time.GetUtcNow());
            foreach (var dataset in question.Datasets)
            {
                await send(new V1.ExportDatasetsResponse { Start = counts[dataset].Start(dataset, question.Carrier, position) }, cancellation);
                var header = DatasetHeaders.Of(dataset, counts[dataset].RowCount, question, moment.Position);
                await WriteAsync(dataset, header, question, SubjectsAsync(moment, question, cancellation), send, cancellation);
            }
        }
        catch (NpgsqlException)
        {
            throw RpcError.DependencyDown("The database of Analytics", TimeSpan.FromSeconds(1));
        }
    }

    private static async IAsyncEnumerable<DatasetSubject> SubjectsAsync(
        DossierMoment moment, DatasetQuestion question, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var dossier in moment.ReadAsync(question.Population.Sites, cancellation))
        {
            var subject = new DatasetSubject(dossier, question.Cutoff);
            if (subject.IsIncluded && question.Population.Includes(subject.Subject))
            {
                yield return subject;
            }
        }
    }

    private static async Task WriteAsync(
        StudyDataset dataset, DatasetHeader header, DatasetQuestion question, IAsyncEnumerable<DatasetSubject> subjects,
        Func<V1.ExportDatasetsResponse, CancellationToken, Task> send, CancellationToken cancellation)
    {
        using var written = new MemoryStream();
        using var writer = new DatasetWriter(written, question.Carrier);
        var rows = 0L;
        writer.WriteHeader(header);
        await foreach (var subject in subjects)
        {
            foreach (var row in dataset.Rows(subject))
            {
                writer.WriteRow(row);
                rows++;
                if (written.Length >= PieceBytes)
                {
                    await SendAsync();
                }
            }
        }

        writer.Finish();
        await SendAsync();

        async Task SendAsync()
        {
            var content = ByteString.CopyFrom(written.GetBuffer(), 0, (int)written.Length);
            written.SetLength(0);
            await send(new V1.ExportDatasetsResponse { Piece = new() { Content = content, RowCount = rows } }, cancellation);
        }
    }
}
