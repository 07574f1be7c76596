using System.Collections.Concurrent;
using Npgsql;

namespace Equecel.Analytics.Ingestion;

/// <summary>
/// Up to when everything that a service saved is known to have been taken in, for each service. What was proven once holds for ever, so
/// it is kept with the versions that it is about.
/// </summary>
internal sealed class CompleteTimes(NpgsqlDataSource database)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> known = new();

    /// <summary>Finds the instant before which nothing that a service saved is missing.</summary>
    /// <param name="service">Name of the service.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null when nothing is proven.</returns>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async Task<DateTimeOffset?> FindAsync(string service, CancellationToken cancellation)
    {
        if (known.TryGetValue(service, out var time))
        {
            return time;
        }

        await using var command = database.CreateCommand("select complete_time from complete_times where service = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = service });
        return await command.ExecuteScalarAsync(cancellation) is DateTime stored ? Remember(service, new DateTimeOffset(stored)) : null;
    }

    /// <summary>Keeps that nothing of a range is missing. It counts if what lies before the range is complete.</summary>
    /// <param name="service">Name of the service.</param>
    /// <param name="range">The range.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async Task KeepAsync(string service, SaveTimeRange range, CancellationToken cancellation)
    {
        var before = await FindAsync(service, cancellation);
        if (range.To <= before || (range.From is { } from && !(from <= before)))
        {
            return;
        }

        await using var command = database.CreateCommand(
            """
            insert into complete_times (service, complete_time) values ($1, $2)
            on conflict (service) do update set complete_time = greatest(complete_times.complete_time, excluded.complete_time)
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = service });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = range.To.UtcDateTime });
        await command.ExecuteNonQueryAsync(cancellation);
        Remember(service, range.To);
    }

    private DateTimeOffset Remember(string service, DateTimeOffset time) => known.AddOrUpdate(service, time, (_, other) => other > time ? other : time);
}
