using System.Buffers.Binary;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Npgsql;

namespace Equecel.Enrolment.Tests.Rpcs;

/// <summary>DigestJournal, ListJournalHashes, GetJournalStatus and ExportTrail.</summary>
public sealed class ProofRpcsTests(EnrolmentHost enrolment) : IClassFixture<EnrolmentHost>
{
    [Fact]
    public async Task A_digest_is_the_number_of_the_hashes_and_the_sum_of_their_first_eight_bytes()
    {
        await enrolment.Site01.SubmitRecordAsync(Form.Submit(await enrolment.EnrolAsync(), Form.FollowUp()));
        var ((hashes, digest), count) = await enrolment.OfOneMomentAsync(
            async () => (await HashesAsync(new ListJournalHashesRequest()), await enrolment.StudyTeam.DigestJournalAsync(new DigestJournalRequest())));

        Assert.Equal(count, hashes.Count);
        Assert.Equal((hashes.Count, Sum(hashes)), (digest.VersionCount, digest.HashSum));
        Assert.Equal(hashes.OrderBy(hash => hash.SaveTime.ToDateTime()).Select(hash => hash.SaveTime), hashes.Select(hash => hash.SaveTime));
    }

    [Fact]
    public async Task A_digest_is_settled_up_to_the_oldest_save_that_is_still_open()
    {
        await enrolment.EnrolAsync();
        var before = await enrolment.AskAsync<DateTime>("select clock_timestamp()");
        Assert.InRange((await DigestAsync(null, null)).SettledTime.ToDateTime(), before, DateTime.UtcNow.AddMinutes(1));

        // As every save does, before it reads the clock.
        await using var connection = await enrolment.ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var save = new NpgsqlCommand("lock table journal in row exclusive mode; select xact_start from pg_stat_activity where pid = pg_backend_pid()", connection);
        var start = (DateTime)(await save.ExecuteScalarAsync())!;
        Assert.Equal(start, (await DigestAsync(null, null)).SettledTime.ToDateTime());

        await transaction.CommitAsync();
        Assert.True((await DigestAsync(null, null)).SettledTime.ToDateTime() > start);
    }

    [Fact]
    public async Task A_range_has_its_start_and_not_its_end_and_two_halves_make_a_whole()
    {
        var participant = await enrolment.EnrolAsync();
        for (var i = 0; i < 3; i++)
        {
            await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.FollowUp()));
        }

        var ((all, middle, before, after, late), _) = await enrolment.OfOneMomentAsync(async () =>
        {
            var hashes = await HashesAsync(new ListJournalHashesRequest());
            var time = hashes[^2].SaveTime;
            return (hashes, time, await DigestAsync(null, time), await DigestAsync(time, null), await HashesAsync(new ListJournalHashesRequest { FromTime = time }));
        });

        // Versions of one batch may have been saved at the same time.
        var (early, expected) = (all.TakeWhile(hash => hash.SaveTime < middle).ToList(), all.SkipWhile(hash => hash.SaveTime < middle).ToList());
        Assert.True(early.Count > 0 && expected.Count >= 2);
        Assert.Equal((early.Count, Sum(early)), (before.VersionCount, before.HashSum));
        Assert.Equal((expected.Count, Sum(expected)), (after.VersionCount, after.HashSum));
        Assert.Equal(expected, late);
        Assert.Equal((0L, 0UL), await DigestAsync(Form.At("2200-01-01T00:00:00Z").ToDateTime().AddSeconds(-1).ToTimestamp(), null) is { } none ? (none.VersionCount, none.HashSum) : default);
    }

    [Fact]
    public async Task A_range_that_ends_before_it_begins_or_lies_outside_time_is_refused()
    {
        var now = Form.At("2024-01-01T00:00:00Z");
        Assert.Equal(["to_time"], (await Problem.OfAsync(() => DigestAsync(now, now))).Fields);
        Assert.Equal(["to_time"], (await Problem.OfAsync(() => HashesAsync(new ListJournalHashesRequest { FromTime = now, ToTime = now }))).Fields);
        Assert.Equal(["F02 from_time"], (await Problem.OfAsync(() => DigestAsync(new Timestamp { Seconds = long.MaxValue }, null))).Fields);
    }

    [Fact]
    public async Task The_journals_status_counts_what_is_there_and_what_was_not_published()
    {
        var participant = await enrolment.EnrolAsync();
        await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.FollowUp()));
        // Once the newest is certain: another transaction of the server may hold it back for a moment.
        var ((status, _), count) = await Eventually.GetAsync(
            () => enrolment.OfOneMomentAsync(async () => (
                Status: await enrolment.Safety.GetJournalStatusAsync(new GetJournalStatusRequest()),
                Newest: await enrolment.AskAsync<DateTime>("select save_time from journal order by xid desc, seq desc limit 1"))),
            seen => seen.Answer.Status.NewestSaveTime?.ToDateTime() == seen.Answer.Newest);

        Assert.Equal(count, status.VersionCount);
        Assert.Matches("^[0-9a-f]+[.][0-9a-f]+$", status.NewestPosition);
        Assert.InRange(status.DatabaseSizeBytes, 1_000_000, 1_000_000_000);
        Assert.Equal(6, status.SchemaVersion);
        Assert.InRange(status.HorizonAgeSeconds, 0, 60);

        // Nobody answers at this host's broker.
        Assert.Equal(("", status.VersionCount, false), (status.Relay.Position, status.Relay.UnpublishedCount, status.Relay.Leads));
        Assert.Equal(await enrolment.AskAsync<DateTime>("select min(save_time) from journal"), status.Relay.OldestUnpublishedTime.ToDateTime());
        Assert.NotEqual("", status.Relay.LastFailure);
    }

    [Fact]
    public async Task A_trail_tells_people_and_machines_who_did_what_when_and_why()
    {
        var participant = await enrolment.EnrolAsync();
        var record = await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.FollowUp()));
        await enrolment.Site01.SubmitRecordAsync(Form.Amend(record, amend => amend.FollowUp.LastKnownAliveDate = "2024-05-31"));
        await enrolment.Site01.RetractRecordAsync(new RetractRecordRequest
        {
            RequestId = Guid.NewGuid().ToString(),
            RecordId = record.Header.RecordId,
            ExpectedVersion = 2,
            Reason = "Another person's",
        });

        var trail = await SentAsync(enrolment.Site01);
        Assert.Equal(["participation 1", "follow_up 1", "follow_up 2", "follow_up 3"], trail.Select(entry => $"{entry.Header.Kind} {entry.Header.Version}"));
        Assert.Equal(trail, await SentAsync(enrolment.StudyTeam));

        Assert.Contains(trail[1].Changes, change => change is { Field: "last_known_alive_date", HasOldValue: false, NewValue: "\"2024-06-01\"" });
        Assert.Equal(["last_known_alive_date \"2024-06-01\" \"2024-05-31\""], trail[2].Changes.Select(change => $"{change.Field} {change.OldValue} {change.NewValue}"));
        Assert.Contains("\"last_known_alive_date\": \"2024-05-31\"", trail[2].FormJson, StringComparison.Ordinal);
        var lines = trail[2].Text.Split('\n');
        Assert.EndsWith($"UTC  follow_up {record.Header.RecordId} version 2  amended by site-01 (client site-01): Typed wrong", lines[0], StringComparison.Ordinal);
        Assert.Equal("  last_known_alive_date: \"2024-06-01\" → \"2024-05-31\"", lines[1]);
        Assert.Contains("retracted by site-01 (client site-01): Another person's", trail[3].Text, StringComparison.Ordinal);
        Assert.Empty(trail[3].Changes);

        // What the service asks about them comes a moment later.
        async Task<List<TrailEntry>> SentAsync(EnrolmentService.EnrolmentServiceClient client) =>
            [.. (await TrailAsync(client, participant)).Where(entry => entry.Header.Kind != "data_query")];
    }

    [Fact]
    public async Task A_trail_of_another_site_is_refused_and_one_of_nobody_is_empty()
    {
        var participant = await enrolment.EnrolAsync("02");

        Assert.Equal("PermissionDenied OTHER_SITE", (await Problem.OfAsync(() => TrailAsync(enrolment.Site01, participant))).Why);
        Assert.Equal("PermissionDenied OTHER_SITE", (await Problem.OfAsync(() => TrailAsync(enrolment.Site01, "02"))).Why);
        Assert.Empty(await TrailAsync(enrolment.Site01, "01-9999999"));
        Assert.Equal(["site"], (await TrailAsync(enrolment.Site01, "01")).Select(entry => entry.Header.Kind));
        foreach (var bad in (string[])["", "x", "1", "01-1", "01-0001'"])
        {
            Assert.Equal(["participant"], (await Problem.OfAsync(() => TrailAsync(enrolment.Site01, bad))).Fields);
        }
    }

    private static ulong Sum(IEnumerable<JournalHash> hashes) =>
        hashes.Aggregate(0UL, (sum, hash) => unchecked(sum + BinaryPrimitives.ReadUInt64BigEndian(hash.Hash.Span)));

    private async Task<JournalDigest> DigestAsync(Timestamp? from, Timestamp? to) =>
        await enrolment.StudyTeam.DigestJournalAsync(new DigestJournalRequest { FromTime = from, ToTime = to });

    private async Task<List<JournalHash>> HashesAsync(ListJournalHashesRequest request)
    {
        using var call = enrolment.Safety.ListJournalHashes(request);
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }

    private static async Task<List<TrailEntry>> TrailAsync(EnrolmentService.EnrolmentServiceClient client, string participant)
    {
        using var call = client.ExportTrail(new ExportTrailRequest { Participant = participant });
        return await call.ResponseStream.ReadAllAsync().Where(entry => entry.Header.Kind != "baseline_profile").ToListAsync();
    }
}
