using Equecel.Analytics.Cohort;
using Equecel.Analytics.CrossChecks;
using Npgsql;

namespace Equecel.Analytics.Ingestion;

/// <summary>Keeps every version in Analytics' own database, in whatever order it arrives, and what could not be used beside them.</summary>
internal sealed class VersionStore(NpgsqlDataSource database)
{
    /// <summary>Saves a batch and how far a feed has been read, all or nothing.</summary>
    /// <param name="arrivals">The batch.</param>
    /// <param name="position">The feed's position after the batch; null when it came from the queue.</param>
    /// <param name="recount">Whether to count all that is stored as well, which takes as long as that is large.</param>
    /// <exception cref="NpgsqlException">It could not be saved; or, if that happened while it was being committed, perhaps it was.</exception>
    public async Task<SavedBatch> SaveAsync(IReadOnlyList<Arrival> arrivals, FeedPosition? position, bool recount)
    {
        var (versions, parked) = Sort(arrivals);

        // Once begun it is finished whatever happens to the sender; the command time-out bounds it.
        await using var connection = await (recount ? database.OpenUnlimitedAsync() : database.OpenConnectionAsync().AsTask());
        await using var transaction = await connection.BeginTransactionAsync();

        var isNew = await InsertAsync(connection, versions);
        var repeats = versions.Where(version => !isNew.Contains(Key(version))).ToList();
        if (repeats.Count > 0)
        {
            var altered = await FindAlteredAsync(connection, repeats);
            repeats.RemoveAll(version => altered.Contains(Key(version)));
            parked.AddRange(versions
                .Where(version => altered.Contains(Key(version)))
                .Select(version => version with { Fault = "other hash than the version that is stored" }));
        }

        if (repeats.Exists(version => version.Version!.IsRedacted))
        {
            await RedactAsync(connection, repeats.FindAll(version => version.Version!.IsRedacted));
        }

        await DueParticipants.MarkAsync(
            connection, versions.Where(version => isNew.Contains(Key(version)) || version.Version!.IsRedacted).Select(version => version.Version!.Participant));

        if (parked.Count > 0)
        {
            await ParkedMessages.ParkAsync(connection, parked);
        }

        await ParkedCopies.TakeAwayAsync(connection, arrivals, parked);
        if (position is not null)
        {
            await StoreAsync(connection, position);
        }

        var counted = recount ? await StoredCohort.ReadPositionAsync(connection, asOf: null, CancellationToken.None) : null;
        await transaction.CommitAsync();

        return new SavedBatch(
            [.. versions.Where(version => isNew.Contains(Key(version))).Select(version => version.Version!)],
            [.. repeats.Select(version => version.Version!)],
            parked.Count,
            counted);
    }

    /// <summary>Fails unless batches can be saved.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">They cannot.</exception>
    public async Task ProbeAsync(CancellationToken cancellation)
    {
        // A full disk fails what makes a file longer; a row that is changed finds room in the page where it is. So it writes about as
        // much as a batch to new pages, which go with the transaction.
        await using var command = database.CreateCommand("create temporary table probe on commit drop as select generate_series(1, 30000)");
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>How far a service's feed has been read; empty for not at all.</summary>
    /// <param name="service">Name of the service.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<string> GetFeedPositionAsync(string service, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select resume_token from feed_positions where service = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = service });
        return await command.ExecuteScalarAsync(cancellation) as string ?? "";
    }

    /// <summary>Takes out what is twice in the batch: a repeat is dropped, or what it repeats when it was redacted meanwhile; other content under the same version is parked.</summary>
    private static (List<Arrival> Versions, List<Arrival> Parked) Sort(IReadOnlyList<Arrival> arrivals)
    {
        var versions = new Dictionary<(Guid, int), Arrival>(arrivals.Count);
        var parked = new List<Arrival>();
        foreach (var arrival in arrivals)
        {
            if (arrival.Fault is not null)
            {
                parked.Add(arrival);
            }
            else if (!versions.TryAdd(Key(arrival), arrival))
            {
                if (!arrival.Version!.Hash.AsSpan().SequenceEqual(versions[Key(arrival)].Version!.Hash))
                {
                    parked.Add(arrival with { Fault = "other hash than the same version beside it" });
                }
                else if (arrival.Version.IsRedacted)
                {
                    versions[Key(arrival)] = arrival;
                }
            }
        }

        return ([.. versions.Values], parked);
    }

    private static (Guid, int) Key(Arrival arrival) => (arrival.Version!.RecordId, arrival.Version.Version);

    private static async Task<HashSet<(Guid, int)>> InsertAsync(NpgsqlConnection connection, List<Arrival> arrivals)
    {
        var isNew = new HashSet<(Guid, int)>(arrivals.Count);
        if (arrivals.Count == 0)
        {
            return isNew;
        }

        await using var command = new NpgsqlCommand(
            """
            insert into record_versions (record_id, version, service, kind, participant, site, origin, state, save_time, hash, content)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict (record_id, version) do nothing
            returning record_id, version
            """,
            connection)
        {
            Parameters =
            {
                Column(arrivals, version => version.RecordId),
                Column(arrivals, version => version.Version),
                Column(arrivals, version => version.Service),
                Column(arrivals, version => version.Kind),
                Column(arrivals, version => version.Participant),
                Column(arrivals, version => version.Site),
                Column(arrivals, version => (short)version.Origin),
                Column(arrivals, version => (short)version.State),
                Column(arrivals, version => version.SaveTime.UtcDateTime),
                Column(arrivals, version => version.Hash),
                Column(arrivals, version => version.Content),
            },
        };
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            isNew.Add((rows.GetGuid(0), rows.GetInt32(1)));
        }

        return isNew;
    }

    private static async Task<HashSet<(Guid, int)>> FindAlteredAsync(NpgsqlConnection connection, List<Arrival> repeats)
    {
        await using var command = new NpgsqlCommand(
            """
            select record_id, version
            from unnest($1, $2, $3) as sent (record_id, version, hash)
            cross join lateral (
                select hash from record_versions where record_id = sent.record_id and version = sent.version limit 1) as stored
            where stored.hash <> sent.hash
            """,
            connection)
        {
            Parameters =
            {
                Column(repeats, version => version.RecordId),
                Column(repeats, version => version.Version),
                Column(repeats, version => version.Hash),
            },
        };
        await using var rows = await command.ExecuteReaderAsync();
        var altered = new HashSet<(Guid, int)>();
        while (await rows.ReadAsync())
        {
            altered.Add((rows.GetGuid(0), rows.GetInt32(1)));
        }

        return altered;
    }

    /// <summary>Takes away what stored versions say, as their service has.</summary>
    private static async Task RedactAsync(NpgsqlConnection connection, List<Arrival> redacted)
    {
        await using var command = new NpgsqlCommand(
            """
            update record_versions as stored set content = sent.content
            from unnest($1, $2, $3) as sent (record_id, version, content)
            where stored.record_id = sent.record_id and stored.version = sent.version and stored.content <> sent.content
            """,
            connection)
        {
            Parameters =
            {
                Column(redacted, version => version.RecordId),
                Column(redacted, version => version.Version),
                Column(redacted, version => version.Content),
            },
        };
        if (await command.ExecuteNonQueryAsync() > 0)
        {
            // What a rebuild replaced says it still.
            await using var drop = new NpgsqlCommand($"drop schema if exists {AnalyticsDatabase.Before} cascade", connection);
            await drop.ExecuteNonQueryAsync();
        }
    }

    private static async Task StoreAsync(NpgsqlConnection connection, FeedPosition position)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into feed_positions (service, resume_token) values ($1, $2)
            on conflict (service) do update set resume_token = excluded.resume_token
            """,
            connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = position.Service },
                new NpgsqlParameter<string> { TypedValue = position.ResumeToken },
            },
        };
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlParameter<T[]> Column<T>(List<Arrival> arrivals, Func<RecordVersion, T> value) =>
        new() { TypedValue = [.. arrivals.Select(arrival => value(arrival.Version!))] };
}

/// <summary>How far a service's feed has been read.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="ResumeToken">Its token.</param>
internal sealed record FeedPosition(string Service, string ResumeToken);

/// <summary>What became of a batch.</summary>
/// <param name="New">Versions that were not there before.</param>
/// <param name="Repeats">Versions that were there, with the same hash.</param>
/// <param name="ParkedCount">Messages that were parked.</param>
/// <param name="Counted">All that is stored; null when it was not counted.</param>
internal sealed record SavedBatch(IReadOnlyList<RecordVersion> New, IReadOnlyList<RecordVersion> Repeats, int ParkedCount, CohortPosition? Counted);
