using System.Globalization;
using Equecel.Analytics.Cohort;
using Equecel.Benchmarks.Report;
using Equecel.Benchmarks.Running;

namespace Equecel.Benchmarks.Figures;

/// <summary>What a participant takes: in the memory of Analytics, and in each service's database.</summary>
internal sealed class BytesFigure() : Figure("bytes", "bytes a participant takes in the cohort in memory, and in each database for a whole synthetic study")
{
    private static readonly int[] Sizes = [1_000, 10_000, 100_000, 1_000_000];

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation)
    {
        Progress.Say("  in memory");
        var inMemory = Sizes.Select(size => (Size: (double)size, Cost: (double)Measure(size))).ToList();
        var rows = new List<ResultRow>
        {
            new("cohort in memory, three records each, a participant",
                string.Join(", ", inMemory.Select(one => FormattableString.Invariant($"{one.Size:0e0}: {one.Cost / one.Size:0} B"))), "", Growth.Text(inMemory)),
        };

        var platform = await bench.GetWholeStudyAsync(cancellation);
        var postgres = await platform.GetPostgresAsync(cancellation);
        foreach (var (database, versions) in PostgresServer.Versions)
        {
            rows.Add(await MeasureAsync(postgres, database, versions, bench.Plan.StudyParticipants, cancellation));
        }

        return rows;
    }

    private static long Measure(int size)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var table = Make(size);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(table);
        return bytes;
    }

    // What the table was made with must be gone when its memory is read.
    private static ParticipantTable Make(int size) => new MadeCohort(size).Table;

    private static async Task<ResultRow> MeasureAsync(
        PostgresServer postgres, string database, string versions, int participants, CancellationToken cancellation)
    {
        await using var connection = await postgres.OpenAsync(database, cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            select (select count(*) from {versions}),
                sum(pg_total_relation_size(relid))::bigint,
                (select sum(pg_indexes_size(relid))::bigint from pg_stat_user_tables)
            from pg_stat_user_tables
            """;
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        var (count, bytes, ofIndexes) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
        return new ResultRow(
            $"stored in {database}",
            string.Create(CultureInfo.InvariantCulture, $"{bytes / Math.Max(1, count):N0} B a version, {bytes / participants:N0} B a participant"), "",
            string.Create(CultureInfo.InvariantCulture, $"{count:N0} versions of {participants:N0} participants; {100.0 * ofIndexes / bytes:0} % are indexes"));
    }
}
