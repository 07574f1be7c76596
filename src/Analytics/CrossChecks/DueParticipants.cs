using Npgsql;

namespace Equecel.Analytics.CrossChecks;

/// <summary>Participants of whom something was taken in since they were last looked at. A crash forgets none.</summary>
internal sealed class DueParticipants(NpgsqlDataSource database)
{
    /// <summary>Most participants at once.</summary>
    public const int BatchSize = 100;

    /// <summary>Marks participants, in the transaction that takes in what there is of them.</summary>
    /// <param name="connection">The connection, in that transaction.</param>
    /// <param name="participants">Their codes; the empty code of forms about sites is passed over.</param>
    public static async Task MarkAsync(NpgsqlConnection connection, IEnumerable<string> participants)
    {
        // In one order everywhere, so that nobody waits in a circle.
        string[] codes = [.. participants.Where(code => code.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        if (codes.Length == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            """
            insert into cross_check_due (participant) select * from unnest($1)
            on conflict (participant) do update set last_time = clock_timestamp()
            """,
            connection)
        {
            Parameters = { new NpgsqlParameter<string[]> { TypedValue = codes } },
        };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// Those that nothing was heard of for a second, so that a history that is imported is looked at once; or that wait for ten seconds.
    /// </summary>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async Task<List<DueParticipant>> FindAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"""
            select participant, last_time from cross_check_due
            where last_time < clock_timestamp() - interval '1 second' or first_time < clock_timestamp() - interval '10 seconds'
            order by last_time limit {BatchSize}
            """);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var due = new List<DueParticipant>();
        while (await rows.ReadAsync(cancellation))
        {
            due.Add(new DueParticipant(rows.GetString(0), rows.GetDateTime(1)));
        }

        return due;
    }

    /// <summary>Takes participants off the list, unless something was taken in of them meanwhile.</summary>
    /// <param name="done">The participants, as they were found.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public Task FinishAsync(IReadOnlyCollection<DueParticipant> done, CancellationToken cancellation) =>
        ChangeAsync("delete from cross_check_due as due using seen where due.participant = seen.participant", done, cancellation);

    /// <summary>Puts participants at the end of the list, since a service could not be told.</summary>
    /// <param name="failed">The participants, as they were found.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public Task PostponeAsync(IReadOnlyCollection<DueParticipant> failed, CancellationToken cancellation) =>
        ChangeAsync(
            "update cross_check_due as due set first_time = clock_timestamp(), last_time = clock_timestamp() from seen where due.participant = seen.participant",
            failed,
            cancellation);

    private async Task ChangeAsync(string change, IReadOnlyCollection<DueParticipant> participants, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"""
            with seen as materialized (
                select due.participant
                from unnest($1, $2) as found (participant, last_time) join cross_check_due as due using (participant)
                where due.last_time = found.last_time
                order by due.participant collate "C" for update of due)
            {change}
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. participants.Select(one => one.Participant)] });
        command.Parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = [.. participants.Select(one => one.LastTime)] });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <summary>A participant to be looked at.</summary>
/// <param name="Participant">Code.</param>
/// <param name="LastTime">When something of the participant was taken in last, to the microsecond.</param>
internal readonly record struct DueParticipant(string Participant, DateTime LastTime);
