using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Equecel.Records.Forms;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.Records.Verbs;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using NpgsqlTypes;

namespace Equecel.Records.Proof;

/// <summary>Everything that was ever saved about a participant or a site, for people and machines. Read page by page, so that a slow reader holds no connection.</summary>
internal sealed class Trail(RecordDatabase database, RecordContract contract)
{
    /// <summary>Versions that are read at once.</summary>
    public int PageSize { get; init; } = 200;

    /// <summary>Its entries, in the order in which they were saved.</summary>
    /// <param name="scope">What the caller sees.</param>
    /// <param name="code">Code of the participant or the site.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async IAsyncEnumerable<TrailEntry> ReadAsync(SiteScope scope, string code, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var before = new Dictionary<string, (IMessage Record, RecordState State)>();
        var page = new List<StoredVersion>();
        do
        {
            page = await ReadPageAsync(scope, code, page.Count == 0 ? null : page[^1], cancellation);
            foreach (var version in page)
            {
                var known = before.TryGetValue(version.Header.RecordId, out var previous);
                var record = contract.WithoutHeader(version);
                yield return Entry(version.Header, known ? previous.Record : null, record, known ? previous.State : RecordState.Unspecified);
                before[version.Header.RecordId] = (record, version.Header.State);
            }
        }
        while (page.Count == PageSize);
    }

    private async Task<List<StoredVersion>> ReadPageAsync(SiteScope scope, string code, StoredVersion? after, CancellationToken cancellation)
    {
        var site = ParticipantCode.FindSite(code);
        await using var session = await database.OpenAsync(scope, cancellation);
        return await session.ReadVersionsAsync(
            $"""
            select {StoredVersion.Columns} from records r join journal j using (record_id)
            where r.site = $1 and r.participant = $2 and (j.save_time, j.seq) > (coalesce($3::timestamptz, '-infinity'), $4)
            order by j.save_time, j.seq limit $5
            """,
            [
                new() { Value = site ?? code },
                new() { Value = site is null ? "" : code },
                new() { Value = (object?)after?.Header.SaveTime.ToDateTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new() { Value = after?.Cursor.Seq ?? 0 },
                new() { Value = PageSize },
            ],
            cancellation);
    }

    private TrailEntry Entry(RecordHeader header, IMessage? before, IMessage record, RecordState stateBefore)
    {
        var entry = new TrailEntry { Header = header };
        if (header.Redaction is null)
        {
            entry.FormJson = RecordContract.ToJson(contract.FormIn(record));
            // Every field of the form lies in the field of its kind.
            entry.Changes.AddRange(FieldChanges.Between(before, record).Select(change =>
            {
                change.Field = change.Field.StartsWith(header.Kind + ".", StringComparison.Ordinal) ? change.Field[(header.Kind.Length + 1)..] : change.Field;
                return change;
            }));
        }

        entry.Text = Describe(header, entry.Changes, stateBefore);
        return entry;
    }

    private static string Describe(RecordHeader header, IEnumerable<FieldChange> changes, RecordState stateBefore)
    {
        var done = header.Version == 1 ? "saved"
            : header.State == RecordState.Retracted ? "retracted"
            : stateBefore == RecordState.Retracted ? "brought back"
            : "amended";
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{header.SaveTime.ToDateTime():yyyy-MM-dd HH:mm:ss.ffffff} UTC  {header.Kind} {header.RecordId} version {header.Version}  {done} by {header.Actor} (client {header.Client})");
        text.Append(header.Reason.Length > 0 ? $": {header.Reason}" : "");
        if (header.Redaction is { } redaction)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n  taken away {redaction.RedactTime.ToDateTime():yyyy-MM-dd HH:mm:ss} UTC by {redaction.Actor} (client {redaction.Client}): {redaction.Reason}");
        }

        foreach (var change in changes)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {change.Field}: {(change.HasOldValue ? change.OldValue : "—")} → {(change.HasNewValue ? change.NewValue : "—")}");
        }

        return text.ToString();
    }
}
