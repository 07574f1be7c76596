using System.Data;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Ingestion;
using Npgsql;

namespace Equecel.Analytics.Dossiers;

/// <summary>Opens the stored versions for reading the dossiers of the study, now or as of an instant.</summary>
internal sealed class DossierReader(NpgsqlDataSource database, IEnumerable<CaptureService> services)
{
    private readonly DossierRows rows = new(services);

    /// <summary>Opens them as they are now: what is read belongs together, whatever is taken in meanwhile.</summary>
    /// <param name="asOf">What the platform knew at this instant; null for now.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async Task<DossierMoment> OpenAsync(DateTimeOffset? asOf, CancellationToken cancellation)
    {
        var connection = await database.OpenUnlimitedAsync(cancellation);
        try
        {
            // Ends with the connection: it only reads. However slowly its caller takes what was read, nothing waits for it.
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            await using var command = new NpgsqlCommand("set transaction read only; set local idle_in_transaction_session_timeout = 0", connection);
            await command.ExecuteNonQueryAsync(cancellation);
            return new DossierMoment(connection, rows, asOf, await StoredCohort.ReadPositionAsync(connection, asOf, cancellation));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the dossiers of some participants as they are now. Who has no version has no dossier.</summary>
    /// <param name="participants">Their codes.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async Task<List<Dossier>> ReadAsync(IReadOnlyCollection<string> participants, CancellationToken cancellation)
    {
        await using var command = SelectOf(participants, "true");
        return await rows.ReadAsync(command, cancellation).ToListAsync(cancellation);
    }

    /// <summary>
    /// Reads the dossiers of some participants as they are now, without data queries about them, as <see cref="DossierMoment"/> does.
    /// Who has no record that counts has an empty one.
    /// </summary>
    /// <param name="participants">Their codes.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async Task<List<Dossier>> ReadWithoutQueriesAsync(IReadOnlyCollection<string> participants, CancellationToken cancellation)
    {
        await using var command = SelectOf(participants, "kind <> 'data_query'");
        return await rows.ReadAllAsync(command, cancellation).ToListAsync(cancellation);
    }

    private NpgsqlCommand SelectOf(IReadOnlyCollection<string> participants, string condition)
    {
        var command = database.CreateCommand(DossierRows.Select($"""participant collate "C" = any($1) and {condition}"""));
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. participants] });
        return command;
    }
}
