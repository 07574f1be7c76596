using System.Globalization;
using System.Text.RegularExpressions;
using Equecel.Benchmarks.Running;
using Equecel.Records.Store;
using Npgsql;

namespace Equecel.Benchmarks.Figures;

/// <summary>What pgbench does in the place of the platform.</summary>
internal static partial class PgbenchScripts
{
    /// <summary>The table of <see cref="SingleRow"/>.</summary>
    public const string SingleRowTable = "create table one_row (id uuid primary key, value bigint not null)";

    /// <summary>Inserts one small row.</summary>
    public const string SingleRow = $"insert into one_row values ({NewId}, 1);";

    // In order of time, as the service makes them: random ones would scatter over the index.
    private const string NewId =
        "encode(overlay(uuid_send(gen_random_uuid()) placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 'hex')::uuid";

    /// <summary>Inserts one row into the journal and one into the records by the statement that the service itself saves with.</summary>
    /// <remarks>Its values are those of a follow-up that the service has saved; ids are new, and the hash of the content is given.</remarks>
    public static async Task<string> SaveAsync(PostgresServer postgres, CancellationToken cancellation)
    {
        await using var connection = await postgres.OpenAsync("enrolmentdb", cancellation);
        await using var command = new NpgsqlCommand(
            """
            select j.kind, j.participant, j.site, j.origin, j.state, j.content, convert_to(r.form::text, 'UTF8'), j.findings, j.actor, j.client,
                j.request_hash, j.salt, j.content_hash, j.seal
            from journal j join records r using (record_id, version) where j.kind = 'follow_up' order by j.seq desc limit 1
            """,
            connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);

        string Text(int column) => $"array['{row.GetString(column)}']";
        string Number(int column) => $"array[{row.GetInt16(column).ToString(CultureInfo.InvariantCulture)}::smallint]";
        string Hex(int column) => $"'\\x{Convert.ToHexString(row.GetFieldValue<byte[]>(column))}'";
        string Bytes(int column) => $"array[{Hex(column)}::bytea]";
        string[] values =
        [
            $"array[{NewId}]", "array[1]", Text(0), Text(1), Text(2), Number(3), Number(4), "array[null::text]", Bytes(5),
            $"array[convert_from({Hex(6)}, 'UTF8')::jsonb]", Bytes(7), Text(8), Text(9), $"array[{NewId}]", Bytes(10), "array['']", Bytes(11), Bytes(12), Bytes(13),
            // A follow-up is judged by others, which pgbench has no answer for: it only ever adds.
            "array[null::bigint]", "array['']",
        ];
        return Parameter().Replace(Journal.SaveSql, parameter => values[int.Parse(parameter.Groups[1].Value, CultureInfo.InvariantCulture) - 1]) + ";\n";
    }

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex Parameter();
}
