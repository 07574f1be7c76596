using Equecel.Audit;
using Equecel.Records.Store;
using Equecel.Records.Verbs;
using Equecel.ServiceDefaults;
using Equecel.StudyRules;
using NpgsqlTypes;

namespace Equecel.Records.Schedule;

/// <summary>Reads the visits that a site's records belong to, in one read.</summary>
internal sealed class RecordedVisits(RecordDatabase database, RecordContract contract)
{
    /// <summary>The visits by participant and kind of expected form.</summary>
    /// <param name="scope">What the caller sees.</param>
    /// <param name="site">The site.</param>
    /// <param name="participant">The only participant; null for all of the site.</param>
    /// <param name="forms">The expected forms.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database cannot be reached.</exception>
    public async Task<ILookup<(string Participant, string Kind), (string RecordId, RecordedVisit Visit)>> ReadAsync(
        SiteScope scope, string site, string? participant, IReadOnlyList<ScheduledForm> forms, CancellationToken cancellation)
    {
        try
        {
            await using var session = await database.OpenAsync(scope, cancellation);
            await using var row = await session.ReadAsync(
                """
                select r.participant, r.record_id, j.content from records r
                cross join lateral (select content from journal where record_id = r.record_id and version = r.version limit 1) j
                where r.site = $1 and ($2::text is null or r.participant = $2) and r.state = 1 and r.kind = any($3)
                """,
                [
                    new() { Value = site },
                    new() { Value = (object?)participant ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                    new() { Value = contract.Forms.SentKinds.ToArray() },
                ],
                cancellation);
            var visits = new List<((string Participant, string Kind) Key, (string, RecordedVisit) Visit)>();
            while (await row.ReadAsync(cancellation))
            {
                var (code, recordId) = (row.GetString(0), row.GetGuid(1).ToString());
                var form = contract.FormIn(row.GetFieldValue<byte[]>(2));
                visits.AddRange(forms.Select(expected => (expected.Kind, Visit: expected.Read(form)))
                    .Where(read => read.Visit is not null).Select(read => ((code, read.Kind), (recordId, read.Visit!.Value))));
            }

            return visits.ToLookup(visit => visit.Key, visit => visit.Visit);
        }
        catch (Exception e) when (DatabaseFailure.IsTransient(e))
        {
            throw RecordDatabase.Down();
        }
    }
}
