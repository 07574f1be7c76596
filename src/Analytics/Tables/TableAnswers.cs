using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Snapshots;
using Equecel.ServiceDefaults;
using Grpc.Core;

namespace Equecel.Analytics.Tables;

/// <summary>
/// Answers questions for tables, and who is behind their cells, in one pass over the stored dossiers. What is asked again of the
/// same data is not computed again.
/// </summary>
internal sealed class TableAnswers(DossierReader dossiers, LiveCohort live, Moments moments, TimeProvider time) : IDisposable
{
    private readonly AnswerCache<V1.Table> cache = new();

    /// <summary>Makes a table.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RpcException">
    /// INVALID_ARGUMENT naming every field at fault; UNAVAILABLE while the cohort is not loaded or the database is down;
    /// RESOURCE_EXHAUSTED when the table is too large to send; NOT_FOUND and FAILED_PRECONDITION as <see cref="Moments.FindAsync"/> has them.
    /// </exception>
    public async Task<V1.Table> GetAsync(V1.GetTableRequest request, CancellationToken cancellation)
    {
        var question = TableQuestion.Parse(request, time.GetUtcNow());

        // Versions that come late belong to past instants as well, so every change of the live cohort makes old answers old.
        var now = Revision();
        if (cache.Find(now, question.Bytes) is { } known)
        {
            return known;
        }

        question = question with { AsOf = await moments.FindAsync(question.AsOf, request.Snapshot, cancellation) };
        var pass = await PassAsync(question, asked: null, cancellation);
        var table = TableAnswer.Compute(pass.Topic, question, pass.Sheet, pass.Exclusions(), pass.Position, time.GetUtcNow());
        return cache.Keep(now, question.Bytes, table, "without groups, or for fewer sites");
    }

    /// <summary>Lists who is behind a cell.</summary>
    /// <param name="request">The cell.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RpcException">As for a table; INVALID_ARGUMENT also when the table has no such cell.</exception>
    public async Task<V1.ListContributorsResponse> ListContributorsAsync(V1.ListContributorsRequest request, CancellationToken cancellation)
    {
        var faults = Contributors.Faults(request).ToList();
        if (faults.Count > 0)
        {
            throw RpcError.InvalidFields(faults);
        }

        var cell = request.Cell;
        var question = TableQuestion.Parse(cell.Table, time.GetUtcNow(), "cell.table.");
        Revision();
        question = question with { AsOf = await moments.FindAsync(question.AsOf, cell.Table.Snapshot, cancellation) };
        var pass = await PassAsync(question, cell, cancellation);
        if (!pass.Sheet.Rows.Any(row => row.Definition.Key == cell.Row))
        {
            throw RpcError.InvalidField("cell.row", "The table has no such row. Take a key of one of its rows.");
        }

        if (!pass.Sheet.Columns.Any(column => column.Key == cell.Column))
        {
            throw RpcError.InvalidField("cell.column", "The table has no such column. Take a key of one of its columns, or leave it empty for everybody.");
        }

        return Contributors.Page(pass.Sheet.Contributions, request, pass.Position.ToV1(question.AsOf, time.GetUtcNow()));
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private CohortRevision Revision() => live.Revision ?? throw RpcError.DependencyDown("The study's cohort", TimeSpan.FromSeconds(1));

    private Task<TablePass> PassAsync(TableQuestion question, V1.TableCell? asked, CancellationToken cancellation) => AnalyticsDatabase.AskAsync(async () =>
    {
        await using var moment = await dossiers.OpenAsync(question.AsOf, cancellation);
        var pass = new TablePass(question, asked, moment.Position);
        await foreach (var dossier in pass.Topic.NeedsHistory ? moment.ReadWithHistoryAsync(question.Population.Sites, cancellation) : moment.ReadAsync(question.Population.Sites, cancellation))
        {
            pass.Add(dossier);
        }

        pass.Finish();
        return pass;
    });
}
