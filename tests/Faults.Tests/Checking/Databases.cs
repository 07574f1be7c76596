using Equecel.Faults.Tests.Running;
using Npgsql;

namespace Equecel.Faults.Tests.Checking;

/// <summary>Reads what the services have stored, past the services.</summary>
/// <param name="postgres">The database server.</param>
internal sealed class Databases(PostgresPart postgres)
{
    /// <summary>The journals of all capture services, each in the order of its sequence.</summary>
    public async Task<List<JournalRow>> JournalsAsync()
    {
        var rows = new List<JournalRow>();
        foreach (var service in Platform.Capture)
        {
            rows.AddRange(await ReadAsync(
                service,
                """
                select xid, seq, record_id, version, kind, participant, site, origin, state, natural_key, content, findings, actor, client, request_id, reason,
                    save_time, salt, content_hash, previous_hash, hash
                from journal order by seq
                """,
                row => JournalRow(service, row)));
        }

        return rows;
    }

    /// <summary>The current state of all records.</summary>
    public async Task<List<CurrentRow>> CurrentAsync()
    {
        var rows = new List<CurrentRow>();
        foreach (var service in Platform.Capture)
        {
            rows.AddRange(await ReadAsync(
                service, "select record_id, version, state, participant, hash, form::text from records",
                row => new CurrentRow(service, row.GetGuid(0), row.GetInt32(1), row.GetInt16(2), row.GetString(3), row.GetFieldValue<byte[]>(4), row.GetString(5))));
        }

        return rows;
    }

    /// <summary>What Analytics holds.</summary>
    public Task<List<WitnessRow>> WitnessAsync() => ReadAsync(
        "analytics", "select service, record_id, version, hash, state, content from record_versions",
        row => new WitnessRow(row.GetString(0), row.GetGuid(1), row.GetInt32(2), row.GetFieldValue<byte[]>(3), row.GetInt16(4), row.GetFieldValue<byte[]>(5)));

    /// <summary>How far each service's relay says that it has published.</summary>
    public async Task<Dictionary<string, (ulong Xid, long Seq)>> PositionsAsync()
    {
        var positions = new Dictionary<string, (ulong, long)>();
        foreach (var service in Platform.Capture)
        {
            foreach (var position in await ReadAsync(service, "select xid, seq from relay_positions", row => (row.GetFieldValue<ulong>(0), row.GetInt64(1))))
            {
                positions[service] = position;
            }
        }

        return positions;
    }

    /// <summary>How many versions the journals hold, by service and site, and how many Analytics does.</summary>
    public async Task<(List<(string Service, string Site, long Count)> Journals, long Witness)> CountAsync()
    {
        var journals = new List<(string, string, long)>();
        foreach (var service in Platform.Capture)
        {
            journals.AddRange(await ReadAsync(
                service, "select site, count(*) from journal group by site", row => (service, row.GetString(0), row.GetInt64(1))));
        }

        return (journals, (await ReadAsync("analytics", "select count(*) from record_versions", row => row.GetInt64(0)))[0]);
    }

    /// <summary>Reasons of what Analytics has parked.</summary>
    public Task<List<(string Reason, byte[] Body)>> ParkedAsync() =>
        ReadAsync("analytics", "select reason, body from parked_messages", row => (row.GetString(0), row.GetFieldValue<byte[]>(1)));

    /// <summary>How many connections each program has open.</summary>
    public Task<List<(string Program, long Count)>> ConnectionsAsync() => ReadAsync(
        "analytics", "select application_name, count(*) from pg_stat_activity where datname is not null group by 1", row => (row.GetString(0), row.GetInt64(1)));

    private static JournalRow JournalRow(string service, NpgsqlDataReader row) => new()
    {
        Service = service,
        Xid = row.GetFieldValue<ulong>(0),
        Seq = row.GetInt64(1),
        RecordId = row.GetGuid(2),
        Version = row.GetInt32(3),
        Kind = row.GetString(4),
        Participant = row.GetString(5),
        Site = row.GetString(6),
        Origin = row.GetInt16(7),
        State = row.GetInt16(8),
        NaturalKey = row.IsDBNull(9) ? null : row.GetString(9),
        Content = row.GetFieldValue<byte[]>(10),
        Findings = row.GetFieldValue<byte[]>(11),
        Actor = row.GetString(12),
        Client = row.GetString(13),
        RequestId = row.GetGuid(14),
        Reason = row.GetString(15),
        SaveTime = row.GetDateTime(16),
        Salt = row.GetFieldValue<byte[]>(17),
        ContentHash = row.GetFieldValue<byte[]>(18),
        PreviousHash = row.GetFieldValue<byte[]>(19),
        Hash = row.GetFieldValue<byte[]>(20),
    };

    private async Task<List<T>> ReadAsync<T>(string service, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString($"{service}db"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var row = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await row.ReadAsync())
        {
            rows.Add(read(row));
        }

        return rows;
    }
}
