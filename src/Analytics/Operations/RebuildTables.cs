using Equecel.Analytics.CrossChecks;
using Equecel.Analytics.Ingestion;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace Equecel.Analytics.Operations;

/// <summary>The tables of a rebuild, in a schema of their own until they take the place of those that serve.</summary>
internal sealed class RebuildTables(NpgsqlDataSource database)
{
    /// <summary>The schema that holds a rebuild while it runs.</summary>
    public const string Schema = "rebuild";

    private const int PageSize = 1_000;

    // A save that has begun is seen or has failed by then; the server ends its statements sooner.
    private static readonly TimeSpan LongestSave = TimeSpan.FromMinutes(1);

    private const string Columns =
        "record_id, version, service, kind, participant, site, origin, state, save_time, take_time, hash, content";

    /// <summary>Begins a rebuild, or finds the one that was begun and did not end.</summary>
    /// <param name="expectedCount">Versions that there are now.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<RunningRebuild> BeginAsync(long expectedCount, CancellationToken cancellation)
    {
        if (await FindRunningAsync(cancellation) is { } running)
        {
            return running;
        }

        var script = await AnalyticsDatabase.ReadScriptAsync("Versions.sql");
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var create = new NpgsqlCommand(
            $"create schema if not exists {Schema}; set local search_path to {Schema}; {script} set local search_path to public; insert into rebuilds (expected_count) values ({expectedCount})",
            connection);
        await create.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (await FindRunningAsync(cancellation))!;
    }

    /// <summary>The rebuild that was begun and did not end, or null.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task<RunningRebuild?> FindRunningAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select rebuild_id, start_time, expected_count, swap_time is not null from rebuilds where end_time is null");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        return await rows.ReadAsync(cancellation)
            ? new RunningRebuild(rows.GetInt64(0), rows.GetFieldValue<DateTimeOffset>(1), rows.GetInt64(2), rows.GetBoolean(3))
            : null;
    }

    /// <summary>How many versions the new tables hold.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task<long> CountAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenUnlimitedAsync(cancellation);
        await using var count = new NpgsqlCommand($"select count(*) from {Schema}.record_versions", connection) { CommandTimeout = 0 };
        return (long)(await count.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>The last rebuild that ended, or null.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task<V1.RebuildProgress?> FindLastAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select start_time, expected_count, read_count, carried_count, different_count from rebuilds where end_time is not null order by rebuild_id desc limit 1");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        return await rows.ReadAsync(cancellation)
            ? new V1.RebuildProgress
            {
                State = V1.RebuildProgress.Types.State.Done,
                StartTime = rows.GetFieldValue<DateTimeOffset>(0).ToTimestamp(),
                ExpectedCount = rows.GetInt64(1),
                ReadCount = rows.GetInt64(2),
                CarriedCount = rows.GetInt64(3),
                DifferentCount = rows.GetInt64(4),
            }
            : null;
    }

    /// <summary>
    /// Carries over what only the old tables have: it came after the feeds were read, or its owner has lost it, and that is for a person to
    /// judge. So is a version with another hash. What was read gets the times at which it was taken in first. A page at a time, since
    /// nobody on the server can be certain of what came after a transaction that is open. What is done twice is counted once.
    /// </summary>
    /// <param name="id">The rebuild.</param>
    /// <param name="readCount">Versions that were read; those that a cut-off run carried over are among them.</param>
    /// <param name="cancellation">Ends it; what is done stays done.</param>
    /// <returns>What was taken in before this instant has been carried over.</returns>
    public async Task<DateTime> CarryAsync(long id, long readCount, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var begin = new NpgsqlCommand(
            "update rebuilds set read_count = $2 - carried_count where rebuild_id = $1 returning clock_timestamp() - $3", connection)
        {
            Parameters = { new() { Value = id }, new() { Value = readCount }, new() { Value = LongestSave } },
        };
        var since = (DateTime)(await begin.ExecuteScalarAsync(cancellation))!;
        var after = (RecordId: Guid.Empty, Version: 0);
        while (true)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var page = await ReadPageAsync(connection, after, cancellation);
            await CarryAsync(connection, id, page, cancellation);
            await transaction.CommitAsync(cancellation);
            if (page.Count < PageSize)
            {
                return since;
            }

            after = page[^1];
        }
    }

    /// <summary>Puts the new tables in the place of the old ones, all or nothing, with what was taken in meanwhile.</summary>
    /// <param name="id">The rebuild.</param>
    /// <param name="since">What was taken in before has been carried over.</param>
    public async Task SwapAsync(long id, DateTime since)
    {
        await using var connection = await database.OpenUnlimitedAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var close = new NpgsqlCommand("set local lock_timeout = '60s'; lock table public.record_versions, public.feed_positions in access exclusive mode", connection);
        await close.ExecuteNonQueryAsync();
        await CarryAsync(connection, id, await ReadLateAsync(connection, since), CancellationToken.None);
        await using var swap = new NpgsqlCommand(
            $"""
            drop schema if exists {AnalyticsDatabase.Before} cascade;
            create schema {AnalyticsDatabase.Before};
            alter table public.record_versions set schema {AnalyticsDatabase.Before};
            alter table public.feed_positions set schema {AnalyticsDatabase.Before};
            alter table {Schema}.record_versions set schema public;
            alter table {Schema}.feed_positions set schema public;
            drop schema {Schema};
            update rebuilds set swap_time = clock_timestamp() where rebuild_id = {id};
            """,
            connection)
        {
            CommandTimeout = 0,
        };
        await swap.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    /// <summary>Has every participant looked at over the records of several services, since theirs may have changed, and ends the rebuild.</summary>
    /// <param name="id">The rebuild, after the swap.</param>
    /// <param name="cancellation">Ends it; it can be done again.</param>
    public async Task EndAsync(long id, CancellationToken cancellation)
    {
        await using (var connection = await database.OpenUnlimitedAsync(cancellation))
        {
            foreach (var page in (await ReadParticipantsAsync(connection, cancellation)).Chunk(PageSize))
            {
                cancellation.ThrowIfCancellationRequested();
                await DueParticipants.MarkAsync(connection, page);
            }
        }

        await using var end = database.CreateCommand("update rebuilds set end_time = clock_timestamp() where rebuild_id = $1");
        end.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        await end.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<List<(Guid RecordId, int Version)>> ReadPageAsync(
        NpgsqlConnection connection, (Guid RecordId, int Version) after, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"select record_id, version from public.record_versions where (record_id, version) > ($1, $2) order by record_id, version limit {PageSize}", connection)
        {
            Parameters = { new() { Value = after.RecordId }, new() { Value = after.Version } },
        };
        return await ReadKeysAsync(command, cancellation);
    }

    private static async Task<List<(Guid RecordId, int Version)>> ReadLateAsync(NpgsqlConnection connection, DateTime since)
    {
        await using var command = new NpgsqlCommand("select record_id, version from public.record_versions where take_time >= $1", connection)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = since } },
        };
        return await ReadKeysAsync(command, CancellationToken.None);
    }

    private static async Task<List<(Guid RecordId, int Version)>> ReadKeysAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var keys = new List<(Guid, int)>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            keys.Add((rows.GetGuid(0), rows.GetInt32(1)));
        }

        return keys;
    }

    // All at once: by pages, the planner would read what is left for each as long as nothing is counted of the new tables.
    private static async Task<List<string>> ReadParticipantsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select distinct participant from record_versions", connection) { CommandTimeout = 0 };
        var participants = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            participants.Add(rows.GetString(0));
        }

        return participants;
    }

    /// <summary>Carries some over, in the transaction of the connection.</summary>
    private static async Task CarryAsync(NpgsqlConnection connection, long id, List<(Guid RecordId, int Version)> keys, CancellationToken cancellation)
    {
        const string page = "unnest($1, $2) as page (record_id, version) join public.record_versions as old using (record_id, version)";
        const string same = "new.record_id = old.record_id and new.version = old.version";
        var different = await ChangeAsync($"delete from {Schema}.record_versions as new using {page} where {same} and new.hash <> old.hash");
        await ChangeAsync($"update {Schema}.record_versions as new set take_time = old.take_time from {page} where {same} and new.take_time <> old.take_time");
        var carried = await ChangeAsync($"insert into {Schema}.record_versions ({Columns}) select {Columns} from {page} on conflict do nothing") - different;
        if (different + carried > 0)
        {
            await using var count = new NpgsqlCommand(
                $"update rebuilds set carried_count = carried_count + {carried}, different_count = different_count + {different} where rebuild_id = {id}", connection);
            await count.ExecuteNonQueryAsync(cancellation);
        }

        async Task<int> ChangeAsync(string change)
        {
            await using var command = new NpgsqlCommand(change, connection)
            {
                CommandTimeout = 0,
                Parameters = { new() { Value = keys.ConvertAll(key => key.RecordId).ToArray() }, new() { Value = keys.ConvertAll(key => key.Version).ToArray() } },
            };
            return await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}

/// <summary>A rebuild that was begun and did not end.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Start">When it was begun.</param>
/// <param name="ExpectedCount">Versions that there were then.</param>
/// <param name="IsSwapped">Whether its tables serve already.</param>
internal sealed record RunningRebuild(long Id, DateTimeOffset Start, long ExpectedCount, bool IsSwapped);
