using Equecel.Records.Verbs;
using Google.Protobuf;
using Npgsql;
using NpgsqlTypes;

namespace Equecel.Records.Store;

/// <summary>Makes the current state anew from the journal, which is the backup of everything else.</summary>
internal static class CurrentState
{
    private const int PageSize = 1000;

    private const string InsertSql = """
        insert into records (record_id, version, kind, participant, site, origin, state, natural_key, form, hash, save_time)
        select j.record_id, j.version, j.kind, j.participant, j.site, j.origin, j.state, j.natural_key, f.form, j.hash, j.save_time
        from unnest($1, $2, $3) as f(record_id, version, form) join journal j using (record_id, version)
        """;

    /// <summary>Fills the current state if it is empty and the journal is not.</summary>
    /// <param name="connection">A connection of the migration role, in a transaction.</param>
    /// <param name="contract">How the service's records are laid out.</param>
    /// <param name="cancellation">Ends it; nothing is changed then.</param>
    /// <returns>Number of records that were made.</returns>
    public static async Task<long> RebuildAsync(NpgsqlConnection connection, RecordContract contract, CancellationToken cancellation)
    {
        await using (var ask = new NpgsqlCommand("select exists (select from journal) and not exists (select from records)", connection))
        {
            if (await ask.ExecuteScalarAsync(cancellation) is not true)
            {
                return 0;
            }
        }

        var (count, last) = (0L, Guid.Empty);
        while (await ReadPageAsync(connection, last, contract, cancellation) is { Count: > 0 } page)
        {
            await InsertAsync(connection, page, cancellation);
            count += page.Count;
            last = page[^1].RecordId;
        }

        return count;
    }

    private static async Task<List<(Guid RecordId, int Version, string Form)>> ReadPageAsync(
        NpgsqlConnection connection, Guid after, RecordContract contract, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"select distinct on (record_id) record_id, version, content from journal where record_id > $1 order by record_id, version desc limit {PageSize}", connection)
        {
            Parameters = { new() { Value = after } },
            CommandTimeout = 0,
        };
        var page = new List<(Guid, int, string)>(PageSize);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            page.Add((row.GetGuid(0), row.GetInt32(1), FormJson(row.GetFieldValue<byte[]>(2), contract)));
        }

        return page;
    }

    private static async Task InsertAsync(NpgsqlConnection connection, List<(Guid RecordId, int Version, string Form)> page, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(InsertSql, connection)
        {
            Parameters =
            {
                new() { Value = page.ConvertAll(record => record.RecordId).ToArray() },
                new() { Value = page.ConvertAll(record => record.Version).ToArray() },
                new() { Value = page.ConvertAll(record => record.Form).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
            },
            CommandTimeout = 0,
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static string FormJson(byte[] content, RecordContract contract)
    {
        try
        {
            return contract.FormJsonOf(ByteString.CopyFrom(content));
        }
        catch (InvalidProtocolBufferException)
        {
            // Somebody altered it, as the verification of the journal says. The others are not to wait for it.
            return "{}";
        }
    }
}
