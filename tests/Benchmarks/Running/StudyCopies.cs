using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Equecel.Analytics.Ingestion;
using Npgsql;
using NpgsqlTypes;

namespace Equecel.Benchmarks.Running;

/// <summary>Databases of Analytics that hold the platform's study several times, the participants of each copy under codes of their own.</summary>
/// <remarks>
/// Everything is as the services saved it and derived it. In a copy the codes and the ids of records are others, of the same length, wherever they stand;
/// so are the links between records. The tables are not logged and the indexes are built at the end, which nobody who reads notices.
/// </remarks>
internal static partial class StudyCopies
{
    private const string Source = "analyticsdb";
    private const string Columns = "record_id, version, service, kind, participant, site, origin, state, save_time, take_time, hash, content";

    // Rarely a free number looks like an id. Then it is another number in each copy, which nothing asks about.
    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id { get; }

    /// <summary>Makes one, in the place of one of that name.</summary>
    /// <param name="postgres">The server, which the platform's study is on.</param>
    /// <param name="database">Name of the database.</param>
    /// <param name="copies">How often it holds the study.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task CreateAsync(PostgresServer postgres, string database, int copies, CancellationToken cancellation)
    {
        await postgres.CreateAsync(database, cancellation);
        await new AnalyticsSchema(postgres.ConnectionString(database)).CreateAsync(cancellation);
        var indexes = await ReadIndexesAsync(postgres, database, cancellation);
        var drops = string.Concat(indexes.Where(index => !index.IsKey).Select(index => $"drop index {index.Name};"));
        await postgres.ExecuteAsync(
            database, $"alter table record_versions drop constraint record_versions_pkey; {drops} alter table record_versions set unlogged", cancellation);
        await CopyAsync(postgres, database, copies, cancellation);
        foreach (var (_, definition, _) in indexes)
        {
            await postgres.ExecuteAsync(database, definition, cancellation);
        }

        await postgres.ExecuteAsync(database, "vacuum (analyze) record_versions", cancellation);
    }

    private static async Task<List<(string Name, string Definition, bool IsKey)>> ReadIndexesAsync(
        PostgresServer postgres, string database, CancellationToken cancellation)
    {
        await using var connection = await postgres.OpenAsync(database, cancellation);
        await using var command = new NpgsqlCommand("select indexname, indexdef from pg_indexes where tablename = 'record_versions'", connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var indexes = new List<(string, string, bool)>();
        while (await rows.ReadAsync(cancellation))
        {
            indexes.Add((rows.GetString(0), rows.GetString(1), rows.GetString(0) == "record_versions_pkey"));
        }

        return indexes;
    }

    // The study is read anew for each copy: memory is that of one row.
    private static async Task CopyAsync(PostgresServer postgres, string database, int copies, CancellationToken cancellation)
    {
        var step = await ReadCodesPerSiteAsync(postgres, cancellation);
        await using var from = await postgres.OpenAsync(Source, cancellation);
        await using var to = await postgres.OpenAsync(database, cancellation);
        await using var writer = await to.BeginBinaryImportAsync($"copy record_versions ({Columns}) from stdin (format binary)", cancellation);
        for (var copy = 0; copy < copies; copy++)
        {
            await using var command = new NpgsqlCommand($"select {Columns} from record_versions where $1 = 0 or participant <> '' order by take_time", from)
            {
                Parameters = { new NpgsqlParameter<int> { TypedValue = copy } },
            };
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                await WriteAsync(writer, rows, copy, step, cancellation);
            }
        }

        await writer.CompleteAsync(cancellation);
    }

    /// <returns>The largest number of a participant within a site.</returns>
    private static async Task<int> ReadCodesPerSiteAsync(PostgresServer postgres, CancellationToken cancellation)
    {
        await using var connection = await postgres.OpenAsync(Source, cancellation);
        await using var command = new NpgsqlCommand("select max(split_part(participant, '-', 2)::integer) from record_versions where participant <> ''", connection);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter writer, NpgsqlDataReader row, int copy, int step, CancellationToken cancellation)
    {
        var (recordId, participant, content) = (row.GetGuid(0), row.GetString(4), row.GetFieldValue<byte[]>(11));
        var code = CodeIn(copy, participant, step);
        await writer.StartRowAsync(cancellation);
        await writer.WriteAsync(Guid.Parse(IdIn(copy, $"{recordId}")), NpgsqlDbType.Uuid, cancellation);
        await writer.WriteAsync(row.GetInt32(1), NpgsqlDbType.Integer, cancellation);
        await writer.WriteAsync(row.GetString(2), NpgsqlDbType.Text, cancellation);
        await writer.WriteAsync(row.GetString(3), NpgsqlDbType.Text, cancellation);
        await writer.WriteAsync(code, NpgsqlDbType.Text, cancellation);
        await writer.WriteAsync(row.GetString(5), NpgsqlDbType.Text, cancellation);
        await writer.WriteAsync(row.GetInt16(6), NpgsqlDbType.Smallint, cancellation);
        await writer.WriteAsync(row.GetInt16(7), NpgsqlDbType.Smallint, cancellation);
        await writer.WriteAsync(row.GetDateTime(8), NpgsqlDbType.TimestampTz, cancellation);
        await writer.WriteAsync(row.GetDateTime(9), NpgsqlDbType.TimestampTz, cancellation);
        await writer.WriteAsync(row.GetFieldValue<byte[]>(10), NpgsqlDbType.Bytea, cancellation);
        await writer.WriteAsync(copy == 0 ? content : ContentIn(copy, content, participant, code), NpgsqlDbType.Bytea, cancellation);
    }

    // Latin-1 keeps every byte as it is.
    private static byte[] ContentIn(int copy, byte[] content, string participant, string code) => Encoding.Latin1.GetBytes(
        Id.Replace(Encoding.Latin1.GetString(content), id => IdIn(copy, id.Value)).Replace(participant, code, StringComparison.Ordinal));

    // The last digits are random, so that what is added to them makes no two alike.
    private static string IdIn(int copy, string id) =>
        id[..^6] + ((int.Parse(id[^6..], NumberStyles.HexNumber, CultureInfo.InvariantCulture) + copy) & 0xFFFFFF).ToString("x6", CultureInfo.InvariantCulture);

    /// <exception cref="InvalidOperationException">The number has no room in a code of the same length.</exception>
    private static string CodeIn(int copy, string participant, int step)
    {
        if (participant.Length == 0)
        {
            return participant;
        }

        var (site, number) = (participant[..participant.IndexOf('-', StringComparison.Ordinal)], participant[(participant.IndexOf('-', StringComparison.Ordinal) + 1)..]);
        var code = $"{site}-{(int.Parse(number, CultureInfo.InvariantCulture) + (copy * step)).ToString(CultureInfo.InvariantCulture).PadLeft(number.Length, '0')}";
        return code.Length == participant.Length ? code : throw new InvalidOperationException($"There is no copy {copy} of {participant}.");
    }
}
