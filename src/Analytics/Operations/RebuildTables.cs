using Equecel.Analytics.Ingestion;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace Equecel.Analytics.Operations;

/// <summary>The tables of a rebuild, in a schema of their own until they take the place of those that serve.</summary>
internal sealed class RebuildTables(NpgsqlDataSource database)
{
    /// <summary>The schema that holds a rebuild while it runs.</summary>
    public const string Schema = "rebuild";

    private const string Columns =
        "record_id, version, service, kind, participant, site, origin, state, save_time, take_time, hash, content";

    /// <summary>Begins a rebuild, or finds the one that was begun and did not end.</summary>
    /// <param name="expectedCount">Versions that there are now.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<(long Id, DateTimeOffset Start, long ExpectedCount, long ReadCount)> BeginAsync(long expectedCount, CancellationToken cancellation)
    {
        var script = await AnalyticsDatabase.ReadScriptAsync("Versions.sql");
        await using var connection = await database.OpenUnlimitedAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var create = new NpgsqlCommand($"create schema if not exists {Schema}; set local search_path to {Schema}; {script} set local search_path to public", connection))
        {
            await create.ExecuteNonQueryAsync(cancellation);
        }

        await using var begin = new NpgsqlCommand(
            $"""
            with running as (select * from rebuilds where end_time is null),
            begun as (insert into rebuilds (expected_count) select $1 where not exists (select from running) returning *)
            select rebuild_id, start_time, expected_count, (select count(*) from {Schema}.record_versions)
            from (select * from running union all select * from begun) as one
            """,
            connection)
        {
            CommandTimeout = 0,
            Parameters = { new NpgsqlParameter<long> { TypedValue = expectedCount } },
        };
        await using (var rows = await begin.ExecuteReaderAsync(cancellation))
        {
            await rows.ReadAsync(cancellation);
            var one = (rows.GetInt64(0), rows.GetFieldValue<DateTimeOffset>(1), rows.GetInt64(2), rows.GetInt64(3));
            await rows.DisposeAsync();
            await transaction.CommitAsync(cancellation);
            return one;
        }
    }

    /// <summary>Whether a rebuild was begun and did not end.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task<bool> IsBegunAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select exists (select from rebuilds where end_time is null)");
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
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

    /// <summary>Gives what was read the times at which it was taken in first.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task KeepTakeTimesAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenUnlimitedAsync(cancellation);
        await using var command = new NpgsqlCommand(
            $"""
            update {Schema}.record_versions as new set take_time = old.take_time
            from public.record_versions as old
            where new.record_id = old.record_id and new.version = old.version and new.take_time <> old.take_time
            """,
            connection);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// Puts what was read in the place of what was there, all or nothing. What only the old tables have is kept: it came after the
    /// feeds were read, or its owner has lost it, and that is for a person to judge. So is a version with another hash.
    /// </summary>
    /// <param name="id">The rebuild.</param>
    public async Task SwapAsync(long id)
    {
        await using var connection = await database.OpenUnlimitedAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var swap = new NpgsqlCommand(
            $"""
            set local lock_timeout = '60s';
            lock table public.record_versions, public.feed_positions in access exclusive mode;

            update rebuilds set read_count = (select count(*) from {Schema}.record_versions) where rebuild_id = {id};
            with different as (
                delete from {Schema}.record_versions as new using public.record_versions as old
                where new.record_id = old.record_id and new.version = old.version and new.hash <> old.hash
                returning 1)
            update rebuilds set different_count = (select count(*) from different) where rebuild_id = {id};
            with carried as (
                insert into {Schema}.record_versions ({Columns}) select {Columns} from public.record_versions
                on conflict do nothing returning 1)
            update rebuilds set carried_count = (select count(*) from carried) - different_count, end_time = clock_timestamp() where rebuild_id = {id};

            drop schema if exists {AnalyticsDatabase.Before} cascade;
            create schema {AnalyticsDatabase.Before};
            alter table public.record_versions set schema {AnalyticsDatabase.Before};
            alter table public.feed_positions set schema {AnalyticsDatabase.Before};
            alter table {Schema}.record_versions set schema public;
            alter table {Schema}.feed_positions set schema public;
            drop schema {Schema};
            insert into cross_check_due (participant)
            select participant from public.record_versions where participant <> '' group by participant order by participant collate "C"
            on conflict (participant) do update set last_time = clock_timestamp();
            """,
            connection)
        {
            CommandTimeout = 0,
        };
        await swap.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }
}
