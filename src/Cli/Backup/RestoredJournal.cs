using System.Text.Json.Serialization;

namespace Equecel.Cli.Backup;

/// <summary>What was restored of one journal, and what was done to it.</summary>
/// <param name="Database">Name of its database.</param>
/// <param name="VersionCount">Versions in it.</param>
/// <param name="LastSaveTime">When the last of them was saved; null when it is empty.</param>
/// <param name="IsCurrentStateGood">Whether the current state followed from the journal; if not it was emptied, and the service makes it anew when it starts.</param>
/// <param name="End">Where it ends.</param>
internal sealed record RestoredJournal(
    string Database, long VersionCount, DateTimeOffset? LastSaveTime, bool IsCurrentStateGood, [property: JsonIgnore] JournalEnd End)
{
    // The form is left to the service, which can read what the journal holds.
    private const string DifferenceSql = """
        select exists (
            select from (select distinct on (record_id) * from journal order by record_id, version desc) j full join records r using (record_id)
            where (j.version, j.kind, j.participant, j.site, j.origin, j.state, j.natural_key, j.hash, j.save_time)
                is distinct from (r.version, r.kind, r.participant, r.site, r.origin, r.state, r.natural_key, r.hash, r.save_time))
        """;

    /// <summary>Readies a restored journal for the platform.</summary>
    public static async Task<RestoredJournal> ReadyAsync(Databases databases, string database, CancellationToken cancellation)
    {
        // What the broker has or has not by now is not known. What is published twice does no harm, so everything is published again.
        await databases.DoAsync(database, "delete from relay_positions", cancellation);
        var differs = await databases.AskAsync<bool>(database, DifferenceSql, cancellation);
        if (differs)
        {
            await databases.DoAsync(database, "truncate records", cancellation);
        }

        var count = await databases.CountAsync(database, cancellation);
        return new RestoredJournal(database, count.VersionCount, count.LastSaveTime, !differs, await JournalEnd.FindAsync(databases, database, cancellation));
    }
}
