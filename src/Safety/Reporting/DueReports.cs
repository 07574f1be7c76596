using System.Globalization;
using Equecel.Audit;
using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.Store;
using Equecel.Records.Verbs;
using Equecel.Safety.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Npgsql;
using NpgsqlTypes;
using static Equecel.Records.Verbs.RequestChecks;

namespace Equecel.Safety.Reporting;

/// <summary>Lists what is to be reported, by when it is due. How a timer stands depends on now, and is computed here.</summary>
internal sealed class DueReports(RecordDatabase database, SealedTokens tokens, AuditLog audit, TimeProvider time)
{
    private const string Sql = """
        select record_id, participant, site, origin, event, ordinal, timer, due from (
            select r.record_id, r.participant, r.site, r.origin, r.form ->> 'adverse_event_record_id' as event, t.ordinal, t.timer,
                t.timer ->> 'state' = 'REPORTING_TIMER_STATE_CLOSED' as closed,
                case when t.timer ? 'submit_time' and t.timer ? 'follow_up_due_time'
                    then (t.timer ->> 'follow_up_due_time')::timestamptz else (t.timer ->> 'due_time')::timestamptz end as due
            from records r cross join lateral jsonb_array_elements(r.form -> 'timers') with ordinality as t (timer, ordinal)
            where r.kind = 'reporting_clock' and r.state = 1 and ($1::text is null or r.site = $1) and ($2::text is null or r.participant = $2)
        ) timers
        where (due, record_id, ordinal) > ($3, $4, $5) and ($6::timestamptz is null or due < $6)
            and case when closed then $7 when due <= $8 then $9 when due <= $8 + interval '48 hours' then $10 else $11 end
        order by due, record_id, ordinal limit $12
        """;

    private static readonly ReportingTimerState[] NotClosed = [ReportingTimerState.Open, ReportingTimerState.DueSoon, ReportingTimerState.Overdue];

    /// <summary>Lists a page.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <exception cref="RpcException">The request is wrong, or asks for another site.</exception>
    public async Task<ListDueReportsResponse> ListAsync(ListDueReportsRequest request, ServerCallContext context)
    {
        var sites = Caller.Of(context).Sites;
        Refuse(Listed(sites, request, request.PageSize, request.Participant, request.Site)
            .Concat(If(request.States.Contains(ReportingTimerState.Unspecified), "states", "OPEN, DUE_SOON, OVERDUE or CLOSED.")));
        var site = ParticipantCode.FindSite(request.Participant) ?? (request.Site.Length > 0 ? request.Site : null);
        var place = Place.Find(tokens.Open("page_token", sites, request.PageToken))
            ?? throw RpcError.InvalidField("page_token", "Not a page token of this call. Take next_page_token of the page before.");
        var size = PageSize(request.PageSize);
        var found = await ReadAsync(sites, site, request, place, size + 1, context.CancellationToken);
        audit.NoteList(context, request.Participant, request.Site);
        var response = new ListDueReportsResponse { Reports = { found.Take(size).Select(one => one.Report) } };
        response.NextPageToken = found.Count > size ? tokens.Seal("page_token", sites, found[size - 1].Place.ToString()) : "";
        return response;
    }

    private async Task<List<(DueReport Report, Place Place)>> ReadAsync(
        SiteScope sites, string? site, ListDueReportsRequest request, Place after, int limit, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var states = request.States.Count == 0 ? NotClosed : [.. request.States];
        try
        {
            await using var session = await database.OpenAsync(sites, cancellation);
            await using var row = await session.ReadAsync(
                Sql,
                [
                    Text(site ?? sites.Site), Text(request.Participant.Length > 0 ? request.Participant : null),
                    Instant(after.Due), new() { Value = after.RecordId }, new() { Value = after.Ordinal }, Instant(request.DueBeforeTime?.ToDateTime()),
                    new() { Value = states.Contains(ReportingTimerState.Closed) }, Instant(now.UtcDateTime),
                    new() { Value = states.Contains(ReportingTimerState.Overdue) }, new() { Value = states.Contains(ReportingTimerState.DueSoon) },
                    new() { Value = states.Contains(ReportingTimerState.Open) }, new() { Value = limit },
                ],
                cancellation);
            var found = new List<(DueReport, Place)>();
            while (await row.ReadAsync(cancellation))
            {
                found.Add(Read(row, now));
            }

            return found;
        }
        catch (Exception e) when (DatabaseFailure.IsTransient(e))
        {
            throw RecordDatabase.Down();
        }
    }

    private static (DueReport, Place) Read(NpgsqlDataReader row, DateTimeOffset now)
    {
        var timer = JsonParser.Default.Parse<ReportingTimer>(row.GetString(6));
        timer.State = ReportingTimers.StateOf(timer, now);
        var report = new DueReport
        {
            RecordId = row.GetGuid(0).ToString(),
            Participant = row.GetString(1),
            Site = row.GetString(2),
            Origin = (DataOrigin)row.GetInt16(3),
            AdverseEventRecordId = row.GetString(4),
            Timer = timer,
            DueTime = Timestamp.FromDateTime(row.GetDateTime(7)),
        };
        return (report, new Place(row.GetDateTime(7), row.GetGuid(0), row.GetInt64(5)));
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Instant(DateTime? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    /// <summary>A place in the order of due time, record and timer.</summary>
    private readonly record struct Place(DateTime Due, Guid RecordId, long Ordinal)
    {
        private static readonly Place Start = new(DateTime.UnixEpoch.AddYears(-100), Guid.Empty, 0);

        public override string ToString() => $"{Due.Ticks} {RecordId:N} {Ordinal}";

        public static Place? Find(string? token) => token is null ? Start
            : token.Split(' ') is [var due, var id, var ordinal]
                && long.TryParse(due, NumberStyles.None, null, out var ticks) && ticks <= DateTime.MaxValue.Ticks
                && Guid.TryParseExact(id, "N", out var record) && long.TryParse(ordinal, NumberStyles.None, null, out var number)
            ? new Place(new DateTime(ticks, DateTimeKind.Utc), record, number)
            : null;
    }
}
