using System.Text.Json.Nodes;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Grpc.Core;

namespace Equecel.Enrolment.Tests.Rpcs;

public sealed class WatchRecordsTests(EnrolmentHost enrolment) : IClassFixture<EnrolmentHost>
{
    [Fact]
    public async Task A_feed_until_caught_up_gives_everything_and_ends()
    {
        var record = await enrolment.Site01.SubmitRecordAsync(Form.Submit(await enrolment.EnrolAsync(), Form.FollowUp()));
        var changes = await ContainingAsync(enrolment.StudyTeam, record);

        Assert.True(changes[^1].CaughtUp);
        Assert.Null(changes[^1].Record);
        Assert.All(changes.SkipLast(1), change => Assert.False(change.CaughtUp));
        Assert.Contains(changes, change => change.Record?.Header.Site == "02");
    }

    [Fact]
    public async Task Every_token_resumes_after_its_change()
    {
        var record = await enrolment.Site01.SubmitRecordAsync(Form.Submit(await enrolment.EnrolAsync(), Form.FollowUp()));
        var changes = (await ContainingAsync(enrolment.StudyTeam, record)).Where(change => change.Record is not null).ToList();
        for (var i = 0; i < changes.Count; i++)
        {
            var resumed = await WatchAsync(enrolment.StudyTeam, changes[i].ResumeToken);
            Assert.Equal(changes.Skip(i + 1), resumed.Where(change => change.Record is not null));
        }
    }

    [Fact]
    public async Task What_is_saved_later_is_pushed()
    {
        var participant = await enrolment.EnrolAsync();
        using var ending = new CancellationTokenSource();
        using var call = enrolment.Site01.WatchRecords(new WatchRecordsRequest(), cancellationToken: ending.Token);
        while (await call.ResponseStream.MoveNext(CancellationToken.None) && !call.ResponseStream.Current.CaughtUp)
        {
            // Everything so far.
        }

        for (var i = 0; i < 3; i++)
        {
            var saved = await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.FollowUp()));
            EnrolmentRecord? pushed;
            do
            {
                Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
                pushed = call.ResponseStream.Current.Record;
            }
            while (pushed is null || pushed.Header.RecordId != saved.Header.RecordId);
            Assert.Equal(saved, pushed);
        }

        await ending.CancelAsync();
    }

    [Fact]
    public async Task A_site_is_sent_its_own_records_alone()
    {
        await enrolment.EnrolAsync("02");
        var own = await enrolment.Site01.SubmitRecordAsync(Form.Submit(await enrolment.EnrolAsync(), Form.FollowUp()));

        var changes = await ContainingAsync(enrolment.Site01, own);
        Assert.All(changes.Where(change => change.Record is not null), change => Assert.Equal("01", change.Record.Header.Site));
        var all = await ContainingAsync(enrolment.StudyTeam, own);
        Assert.Equal(all.Where(change => change.Record?.Header.Site == "01").Select(change => change.Record), changes.Select(change => change.Record).OfType<EnrolmentRecord>());
        Assert.True(changes[^1].CaughtUp);
        Assert.DoesNotContain(await WatchAsync(enrolment.Site01, changes[^1].ResumeToken), change => change.Record is not null);
    }

    [Fact]
    public async Task A_feed_of_some_kinds_tells_these_alone_and_its_token_is_past_the_others()
    {
        var participant = await enrolment.EnrolAsync();
        var followUp = await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.FollowUp()));
        var all = await ContainingAsync(enrolment.StudyTeam, followUp);
        var some = await WatchAsync(enrolment.StudyTeam, kinds: ["participation", "infusion"]);

        Assert.Equal(
            all.Select(change => change.Record).OfType<EnrolmentRecord>().Where(record => record.Header.Kind is "participation" or "infusion"),
            some.Select(change => change.Record).OfType<EnrolmentRecord>().Take(all.Count(change => change.Record?.Header.Kind is "participation" or "infusion")));
        Assert.True(some[^1].CaughtUp);
        Assert.DoesNotContain(await WatchAsync(enrolment.StudyTeam, some[^1].ResumeToken), change => followUp.Equals(change.Record));
        Assert.Equal(["kinds"], (await Problem.OfAsync(() => WatchAsync(enrolment.Site01, kinds: ["adverse_event"]))).Fields);
    }

    [Fact]
    public async Task A_token_is_taken_back_from_nobody_who_sees_other_sites()
    {
        var record = await enrolment.Site01.SubmitRecordAsync(Form.Submit(await enrolment.EnrolAsync(), Form.FollowUp()));
        var (all, own) = ((await ContainingAsync(enrolment.StudyTeam, record))[^1].ResumeToken, (await ContainingAsync(enrolment.Site01, record))[^1].ResumeToken);

        foreach (var (client, token) in ((EnrolmentService.EnrolmentServiceClient, string)[])[(enrolment.Site01, all), (enrolment.StudyTeam, own), (enrolment.Site02, own)])
        {
            var problem = await Problem.OfAsync(() => WatchAsync(client, token));
            Assert.Equal(["resume_token"], problem.Fields);
            Assert.Contains("given to a caller who may see other sites", problem.Details.Message, StringComparison.Ordinal);
        }

        Assert.NotEmpty(await WatchAsync(enrolment.Safety, all));
    }

    [Fact]
    public async Task A_feed_ends_with_the_token_that_it_was_asked_for_with()
    {
        var token = enrolment.Issuer.Token(claims =>
        {
            claims["client_id"] = "study-team";
            claims["scope"] = new JsonArray("equecel.study");
            claims["exp"] = DateTimeOffset.UtcNow.AddSeconds(2).ToUnixTimeSeconds();
            claims.Remove("site");
        });
        using var call = enrolment.With(token).WatchRecords(new WatchRecordsRequest());
        var problem = await Problem.OfAsync(async () => await call.ResponseStream.ReadAllAsync().ToListAsync());

        Assert.Equal("Unauthenticated TOKEN_NOT_ACCEPTED", problem.Why);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("1.-1")]
    public async Task What_is_no_token_is_refused(string token) =>
        Assert.Equal(["resume_token"], (await Problem.OfAsync(() => WatchAsync(enrolment.Site01, token))).Fields);

    private static async Task<List<EnrolmentRecordChange>> WatchAsync(EnrolmentService.EnrolmentServiceClient client, string token = "", params string[] kinds)
    {
        using var call = client.WatchRecords(new WatchRecordsRequest { ResumeToken = token, UntilCaughtUp = true, Kinds = { kinds } });
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }

    /// <summary>The feed once a record is certain: another transaction of the server may hold it back for a moment.</summary>
    private async Task<List<EnrolmentRecordChange>> ContainingAsync(EnrolmentService.EnrolmentServiceClient client, EnrolmentRecord record)
    {
        await enrolment.SettledAsync();
        return await Eventually.GetAsync(() => WatchAsync(client), changes => changes.Exists(change => record.Equals(change.Record)));
    }
}
