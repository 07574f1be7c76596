using System.Diagnostics;
using System.Globalization;
using Equecel.Benchmarks.Running;
using Npgsql;

namespace Equecel.Benchmarks.Figures;

/// <summary>The fastest way for rows into PostgreSQL: binary COPY into the same two tables, with the same indexes and checks, in one connection.</summary>
internal static class CopyBaseline
{
    private const string Source = "enrolmentdb";
    private const string Scratch = "bench_copy";

    /// <summary>The last row of Enrolment's journal.</summary>
    public static async Task<long> LastSequenceAsync(PostgresServer postgres, CancellationToken cancellation)
    {
        await using var connection = await postgres.OpenAsync(Source, cancellation);
        await using var command = new NpgsqlCommand("select coalesce(max(seq), 0) from journal", connection);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Copies what Enrolment saved after a row of its journal, into empty tables each time.</summary>
    /// <param name="postgres">The server.</param>
    /// <param name="after">The row.</param>
    /// <param name="repetitions">How often.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Rows a second, a row being one of the journal and one of the records.</returns>
    public static async Task<IReadOnlyList<double>> MeasureAsync(PostgresServer postgres, long after, int repetitions, CancellationToken cancellation)
    {
        var (journal, records) = (Path.GetTempFileName(), Path.GetTempFileName());
        try
        {
            var from = after.ToString(CultureInfo.InvariantCulture);
            var rows = await LastSequenceAsync(postgres, cancellation) - after;
            await ExportAsync(postgres, $"select * from journal where seq > {from} order by seq", journal, cancellation);
            await ExportAsync(postgres, $"select r.* from records r join journal j using (record_id, version) where j.seq > {from} order by j.seq", records, cancellation);

            var rates = new List<double>();
            for (var i = 0; i < repetitions; i++)
            {
                await postgres.CreateAsync(Scratch, cancellation);
                await postgres.ExecuteAsync(Scratch, RecordTables.Schema, cancellation);
                await using var connection = await postgres.OpenAsync(Scratch, cancellation);
                var clock = Stopwatch.StartNew();
                await CopyAsync(connection, "journal", journal, cancellation);
                await CopyAsync(connection, "records", records, cancellation);
                rates.Add(rows / clock.Elapsed.TotalSeconds);
            }

            await postgres.DropAsync(Scratch, cancellation);
            return rates;
        }
        finally
        {
            File.Delete(journal);
            File.Delete(records);
        }
    }

    private static async Task ExportAsync(PostgresServer postgres, string query, string file, CancellationToken cancellation)
    {
        await using var connection = await postgres.OpenAsync(Source, cancellation);
        await using var rows = await connection.BeginRawBinaryCopyAsync($"copy ({query}) to stdout (format binary)", cancellation);
        await using var output = File.Create(file);
        await rows.CopyToAsync(output, cancellation);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string table, string file, CancellationToken cancellation)
    {
        await using var input = File.OpenRead(file);
        await using var rows = await connection.BeginRawBinaryCopyAsync($"copy {table} from stdin (format binary)", cancellation);
        await input.CopyToAsync(rows, 1 << 20, cancellation);
    }
}
