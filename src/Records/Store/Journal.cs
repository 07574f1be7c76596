using Equecel.Audit;
using Equecel.Records.Verbs;
using Equecel.ServiceDefaults;
using Grpc.Core;
using Npgsql;
using NpgsqlTypes;

namespace Equecel.Records.Store;

/// <summary>What became of an entry: it is <see cref="Stored"/> now or was before, or it was refused.</summary>
/// <param name="Stored">The version as stored; null when refused.</param>
/// <param name="Repeated">Whether the same request had saved it before.</param>
/// <param name="Refusal">Why it was refused; null when stored.</param>
internal readonly record struct SaveOutcome(StoredVersion? Stored, bool Repeated, RpcException? Refusal)
{
    /// <summary>Neither stored nor refused, since the records by which it was judged have changed: it must be judged again.</summary>
    public bool Outdated { get; init; }
}

/// <summary>Adds versions to the journal and moves the current state on: one statement, one transaction, one round trip.</summary>
internal sealed class Journal(RecordDatabase database, RecordContract contract, JournalSeal seal)
{
    // Of two saves that were judged by the same records, the second begins its statement after the first has committed, and sees what it saved.
    private const string TakeTurnsSql = "select pg_advisory_xact_lock(hashtextextended(participant, 0)) from unnest($1) as participant";

    // The limits in the laterals leave the planner no other way than a look into an index for each row: a plan made while
    // the tables are small would read them whole, and be kept.
    // "on conflict do nothing" covers all three keys: the record's version, the request id and the natural key.
    // What was not saved is explained by a second look, since this statement's snapshot can be older than the row it met.
    internal const string SaveSql = """
        with clock as materialized (select clock_timestamp() as save_time),
        input as (
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
            as t(record_id, version, kind, participant, site, origin, state, natural_key, content, form, findings,
                 actor, client, request_id, request_hash, reason, salt, content_hash, seal, judged_at)
        ), j as (
            insert into journal (record_id, version, kind, participant, site, origin, state, natural_key, content, findings,
                actor, client, request_id, request_hash, reason, salt, content_hash, seal, save_time, previous_hash, hash)
            select i.record_id, i.version, i.kind, i.participant, i.site, i.origin, i.state, i.natural_key, i.content, i.findings,
                i.actor, i.client, i.request_id, i.request_hash, i.reason, i.salt, i.content_hash, i.seal, clock.save_time, coalesce(r.hash, ''),
                sha256(coalesce(r.hash, '') || i.content_hash || int8send((extract(epoch from clock.save_time) * 1000000)::bigint))
            from clock, input i left join lateral (
                select * from records where i.version > 1 and record_id = i.record_id limit 1) r on true
            where (i.version = 1 or (r.version = i.version - 1 and r.kind = i.kind and r.participant = i.participant
                and r.site = i.site and r.origin = i.origin and r.natural_key is not distinct from i.natural_key))
                and (i.judged_at is null or i.judged_at = (
                    select coalesce(sum(version), 0) from records where site = i.site and participant = i.participant and kind = any($21)))
            on conflict do nothing
            returning record_id, version, kind, participant, site, origin, state, natural_key, save_time, previous_hash, hash
        ), current as (
            insert into records as r (record_id, version, kind, participant, site, origin, state, natural_key, form, hash, save_time)
            select j.record_id, j.version, j.kind, j.participant, j.site, j.origin, j.state, j.natural_key, i.form, j.hash, j.save_time
            from j join input i using (record_id, version)
            on conflict (record_id) do update
            set version = excluded.version, state = excluded.state, form = excluded.form, hash = excluded.hash, save_time = excluded.save_time
        )
        select record_id, save_time, previous_hash, hash from j
        """;

    /// <summary>Saves entries that do not share a record or a request id. Answers for each, in their order.</summary>
    /// <exception cref="NpgsqlException">Nothing is known of the outcome; the same entries can be saved again.</exception>
    public async Task<SaveOutcome[]> SaveAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var outcomes = new SaveOutcome[entries.Count];
        var open = Enumerable.Range(0, entries.Count).ToList();

        // An entry that waited for another one which then rolled back is free to be saved by the next attempt.
        for (var attempt = 0; open.Count > 0 && attempt < 5; attempt++)
        {
            var saved = await InsertAsync(connection, [.. open.Select(index => entries[index])], cancellation);
            open.RemoveAll(index => saved.Remove(entries[index].RecordId, out var version)
                && (outcomes[index] = new SaveOutcome(version, Repeated: false, Refusal: null)).Stored is not null);
            if (open.Count > 0)
            {
                await ExplainAsync(connection, entries, open, outcomes, cancellation);
                open.RemoveAll(index => entries[index].JudgedAt is not null && (outcomes[index] = new SaveOutcome { Outdated = true }).Outdated);
            }
        }

        foreach (var index in open)
        {
            outcomes[index] = new SaveOutcome(null, false, RecordDatabase.Down());
        }

        return outcomes;
    }

    /// <summary>What requests of a client saved before, by request id.</summary>
    /// <exception cref="RpcException">UNAVAILABLE: the database cannot be reached.</exception>
    public async Task<Dictionary<(string Client, Guid RequestId), StoredVersion>> FindRequestsAsync(
        IReadOnlyList<(string Client, Guid RequestId)> requests, CancellationToken cancellation)
    {
        try
        {
            // Of the client's own requests, whatever sites it sent them for.
            await using var connection = await database.OpenReaderAsync(cancellation);
            return await FindRequestsAsync(connection, requests, cancellation);
        }
        catch (Exception e) when (DatabaseFailure.IsTransient(e))
        {
            throw RecordDatabase.Down();
        }
    }

    /// <summary>What would become of entries, without saving them: neither stored nor refused when nothing stands in their way.</summary>
    /// <exception cref="RpcException">UNAVAILABLE: the database cannot be reached.</exception>
    public async Task<SaveOutcome[]> ForeseeAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellation)
    {
        try
        {
            var outcomes = new SaveOutcome[entries.Count];
            await using var connection = await database.OpenAsync(cancellation);
            await ExplainAsync(connection, entries, [.. Enumerable.Range(0, entries.Count)], outcomes, cancellation);
            return outcomes;
        }
        catch (Exception e) when (DatabaseFailure.IsTransient(e))
        {
            throw RecordDatabase.Down();
        }
    }

    private static async Task<Dictionary<(string, Guid), StoredVersion>> FindRequestsAsync(
        NpgsqlConnection connection, IReadOnlyList<(string Client, Guid RequestId)> requests, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select {StoredVersion.Columns} from unnest($1, $2) as q(client, request_id)
            cross join lateral (select * from journal where client = q.client and request_id = q.request_id limit 1) j
            """, connection)
        {
            Parameters =
            {
                new() { Value = requests.Select(request => request.Client).ToArray() },
                new() { Value = requests.Select(request => request.RequestId).ToArray() },
            },
        };
        var found = new Dictionary<(string, Guid), StoredVersion>();
        await foreach (var version in ReadAsync(command, cancellation))
        {
            found[(version.Header.Client, Guid.Parse(version.Header.RequestId))] = version;
        }

        return found;
    }

    private async Task<Dictionary<Guid, StoredVersion>> InsertAsync(
        NpgsqlConnection connection, JournalEntry[] entries, CancellationToken cancellation)
    {
        var contentHashes = Array.ConvertAll(entries, entry => entry.ContentHash());
        var save = new NpgsqlBatchCommand(SaveSql)
        {
            Parameters =
            {
                Column(entries, entry => entry.RecordId),
                Column(entries, entry => entry.Version),
                Column(entries, entry => entry.Kind),
                Column(entries, entry => entry.Participant),
                Column(entries, entry => entry.Site),
                Column(entries, entry => (short)entry.Origin),
                Column(entries, entry => (short)entry.State),
                Column(entries, entry => entry.NaturalKey),
                Column(entries, entry => entry.Content),
                new() { Value = Array.ConvertAll(entries, entry => entry.FormJson), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
                Column(entries, entry => entry.Findings),
                Column(entries, entry => entry.Actor),
                Column(entries, entry => entry.Client),
                Column(entries, entry => entry.RequestId),
                Column(entries, entry => entry.RequestHash),
                Column(entries, entry => entry.Reason),
                Column(entries, entry => entry.Salt),
                new NpgsqlParameter<byte[][]> { TypedValue = contentHashes },
                new NpgsqlParameter<byte[][]> { TypedValue = Array.ConvertAll(contentHashes, seal.Of) },
                Column(entries, entry => entry.JudgedAt),
                new NpgsqlParameter<string[]> { TypedValue = [.. contract.Forms.HistoryKinds] },
            },
        };
        var asked = entries.ToDictionary(entry => entry.RecordId);
        var saved = new Dictionary<Guid, StoredVersion>(entries.Length);
        // Whose rows these are was judged before; the database holds the statement to it.
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { SiteSettings.Command(entries.Select(entry => entry.Site)) } };
        // Everybody takes turns in the same order, so that no two wait for each other.
        var judged = entries.Where(entry => entry.JudgedAt is not null).Select(entry => entry.Participant).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (judged.Length > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(TakeTurnsSql) { Parameters = { new NpgsqlParameter<string[]> { TypedValue = judged } } });
        }

        batch.BatchCommands.Add(save);
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        for (var before = 1; before < batch.BatchCommands.Count; before++)
        {
            await row.NextResultAsync(cancellation);
        }

        while (await row.ReadAsync(cancellation))
        {
            var recordId = row.GetGuid(0);
            saved[recordId] = StoredVersion.Of(asked[recordId], row.GetDateTime(1), row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(3));
        }

        return saved;
    }

    /// <summary>Finds out why entries were not saved; leaves open those that nothing stands in the way of any more.</summary>
    private async Task ExplainAsync(
        NpgsqlConnection connection, IReadOnlyList<JournalEntry> entries, List<int> open, SaveOutcome[] outcomes, CancellationToken cancellation)
    {
        await using var reader = await database.OpenReaderAsync(cancellation);
        var repeats = await FindRequestsAsync(
            reader, [.. open.Select(index => (entries[index].Client, entries[index].RequestId))], cancellation);
        var obstacles = new Dictionary<string, StoredVersion>();
        foreach (var current in await new SiteSession(connection, [.. open.Select(index => entries[index].Site)]).ReadVersionsAsync(
            $"""
            select {StoredVersion.Columns} from (
                select unnest($1) union
                select first.record_id from unnest($2) as q(natural_key) cross join lateral (
                    select record_id from journal where version = 1 and natural_key = q.natural_key limit 1) first) q(record_id)
            cross join lateral (select version from records where record_id = q.record_id limit 1) r
            cross join lateral (select * from journal where record_id = q.record_id and version = r.version limit 1) j
            """,
            [
                new() { Value = open.Select(index => entries[index].RecordId).ToArray() },
                new() { Value = open.Select(index => entries[index].NaturalKey).OfType<string>().ToArray() },
            ],
            cancellation))
        {
            obstacles[current.Header.RecordId] = current;
            obstacles[current.NaturalKey ?? ""] = current;
        }

        open.RemoveAll(index =>
        {
            var entry = entries[index];
            outcomes[index] = repeats.TryGetValue((entry.Client, entry.RequestId), out var stored)
                ? Repeat(entry, stored)
                : new SaveOutcome(null, false, Refusal(entry, obstacles));
            return outcomes[index] is not { Stored: null, Refusal: null };
        });
    }

    /// <summary>The answer to a request id that was used before.</summary>
    public static SaveOutcome Repeat(JournalEntry entry, StoredVersion stored) => stored.RequestHash.AsSpan().SequenceEqual(entry.RequestHash)
        ? new SaveOutcome(stored, Repeated: true, null)
        : new SaveOutcome(null, false, RpcError.RequestIdReused(entry.RequestId.ToString()));

    private static RpcException? Refusal(JournalEntry entry, Dictionary<string, StoredVersion> obstacles)
    {
        if (entry.Version == 1)
        {
            return entry.NaturalKey is { } key && obstacles.TryGetValue(key, out var holder)
                ? RpcError.RecordExists(key, holder.Header.RecordId, holder.Header.Version)
                : null;
        }

        // A record of another site is answered like one that is not there.
        if (!obstacles.TryGetValue(entry.RecordId.ToString(), out var current) || current.Header.Site != entry.Site)
        {
            return RpcError.RecordNotFound(entry.RecordId.ToString());
        }

        if (current.Header.Version != entry.Version - 1)
        {
            return RpcError.VersionConflict(entry.RecordId.ToString(), current.Header.Version);
        }

        return current.Header.Kind != entry.Kind ? Immutable("form", $"the form is {current.Header.Kind}")
            : current.Header.Participant != entry.Participant ? Immutable("header.participant", $"the participant is {current.Header.Participant}")
            : current.Header.Origin != entry.Origin ? Immutable("header.origin", "the origin is the other one")
            : current.NaturalKey != entry.NaturalKey ? Immutable("form", $"it is the {current.NaturalKey}")
            : null;
    }

    private static RpcException Immutable(string field, string current) =>
        RpcError.InvalidField(field, $"This cannot be amended: {current}. Retract the record and send a new one.");

    private static NpgsqlParameter<T[]> Column<T>(JournalEntry[] entries, Converter<JournalEntry, T> value) =>
        new() { TypedValue = Array.ConvertAll(entries, value) };

    private static async IAsyncEnumerable<StoredVersion> ReadAsync(
        NpgsqlCommand command, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            yield return StoredVersion.Read(reader);
        }
    }
}
