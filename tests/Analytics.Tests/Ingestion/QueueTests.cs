using Equecel.Analytics.Tests.Support;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Equecel.Testing;
using Google.Protobuf;

namespace Equecel.Analytics.Tests.Ingestion;

[Collection(IngestionServers.Name)]
public sealed class QueueTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task What_is_published_moves_the_endpoint()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();

        await platform.Broker.PublishAsync(
            Sent.Site("01"), Sent.Participation("01-0001"), Sent.Infusion("01-0001", "2024-01-15"), Sent.Death("01-0001", "2024-01-25"),
            Sent.Participation("01-0002"));

        var curve = await analytics.CurveOfAsync(5);
        var all = Assert.Single(curve.Strata);
        Assert.Equal((1, 1, 0), (all.ParticipantCount, all.EventCount, all.CensoredCount));
        Assert.Equal(11, Assert.Single(all.Points).Days);
        Assert.Equal("not infused 1", string.Join(", ", curve.Exclusions.Select(e => $"{e.Reason} {e.ParticipantCount}")));
    }

    [Fact]
    public async Task Assessments_and_what_is_computed_from_them_are_kept_and_change_no_curve()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();

        await platform.Broker.PublishAsync([Sent.Participation("01-0001"), Sent.Infusion("01-0001", "2024-01-15"), Sent.Death("01-0001", "2024-01-25"), .. Sent.Assessed("01-0001")]);

        var all = Assert.Single((await analytics.CurveOfAsync(5)).Strata);
        Assert.Equal((1, 1, 0), (all.ParticipantCount, all.EventCount, all.CensoredCount));
        Assert.Equal(["computed_response", "disease_assessment"], await analytics.QueryAsync<string>("select kind from record_versions where service = 'assessment' order by kind"));
    }

    [Fact]
    public async Task Repeats_and_versions_out_of_order_do_no_harm()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        var infusion = Sent.Infusion("01-0001", "2024-01-15");
        var followUp = Sent.FollowUp("01-0001", "2024-01-25");
        var amended = followUp.Next(record => record.FollowUp.LastKnownAliveDate = "2024-02-04");

        await platform.Broker.PublishAsync(amended, infusion, infusion, followUp, amended, infusion);
        await platform.Broker.PublishAsync(followUp);
        await platform.Broker.PublishAsync(Sent.Participation("01-0001"));

        var curve = await analytics.CurveOfAsync(4);
        Assert.Equal(21, Assert.Single(curve.Strata.Single().Points).Days);
        Assert.Equal([1, 2], await analytics.QueryAsync<int>("select version from record_versions where kind = 'follow_up' order by version"));
        Assert.Empty(await analytics.QueryAsync<string>("select reason from parked_messages"));
    }

    [Fact]
    public async Task A_retracted_death_is_no_event_until_an_amendment_brings_it_back()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        var death = Sent.Death("01-0001", "2024-01-25");
        var retracted = death.Next(record => record.Header.State = RecordState.Retracted);
        var again = retracted.Next(record =>
        {
            record.Header.State = RecordState.Active;
            record.Death.DeathDate = "2024-02";
        });

        await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"), death, retracted);
        Assert.Equal(0, (await analytics.CurveOfAsync(3)).Strata.Single().EventCount);

        await platform.Broker.PublishAsync(again);
        Assert.Equal(32, Assert.Single((await analytics.CurveOfAsync(4)).Strata.Single().Points).Days);
    }

    [Fact]
    public async Task What_cannot_be_used_is_parked_with_its_reason_and_the_healthy_ones_pass()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        var infusion = Sent.Infusion("01-0001", "2024-01-15");
        var altered = infusion.Clone();
        altered.Header.Hash = ByteString.CopyFrom(new byte[32]);
        var noDate = Sent.Infusion("01-0002", "2024-01-15").Next(record => record.Infusion.StartTime.Nanos = -1);
        var noForm = Sent.Participation("01-0003").Next(record => record.ClearForm());
        var otherSite = Sent.Participation("01-0004").Next(record => record.Header.Site = "02");
        var unknownState = Sent.Participation("01-0005").Next(record => record.Header.State = (RecordState)9);

        await platform.Broker.PublishAsync(infusion);
        await analytics.CurveOfAsync(1);
        await platform.Broker.PublishAsync([0xff, 0xff, 0xff]);
        await platform.Broker.PublishAsync(Array.Empty<byte>());
        await platform.Broker.PublishAsync(new SafetyRecordChanges { Changes = { new SafetyRecordChange() } }.ToByteArray());
        await platform.Broker.PublishAsync(Broker.Message(infusion).ToByteArray(), sender: "nobody");
        await platform.Broker.PublishAsync(Broker.Message(infusion).ToByteArray(), type: "equecel.enrolment.v1.EnrolmentRecord");
        await platform.Broker.PublishAsync(altered, noDate, noForm, otherSite, unknownState);
        await platform.Broker.PublishAsync(Sent.FollowUp("01-0001", "2024-01-25"));

        await analytics.CurveOfAsync(2);
        Assert.Equal(
            [
                "an instant is missing or out of range",
                "no changes",
                "no form, or one that is not known",
                "no record, or one without a header",
                "not from a service that is known",
                "not of the service's type",
                "not protobuf",
                "other hash than the version that is stored",
                "the participant's code is not one of the site's",
                "unknown state",
            ],
            await analytics.QueryAsync<string>("select reason from parked_messages order by reason collate \"C\""));
        Assert.Equal(0u, (await platform.Broker.DeadAsync()).MessageCount);
    }

    [Fact]
    public async Task A_change_that_is_spoilt_does_not_spoil_those_beside_it()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        var spoilt = new SafetyRecordChange { Record = Sent.Death("01-0001", "2024-01-25") };
        spoilt.Record.Header.SaveTime = null;
        var message = new SafetyRecordChanges
        {
            Changes = { new SafetyRecordChange { Record = Sent.Death("01-0002", "2024-01-25") }, spoilt, new SafetyRecordChange { Record = Sent.Death("01-0003", "2024-01-25") } },
        };

        await platform.Broker.PublishAsync(message.ToByteArray());

        await AnalyticsHost.UntilAsync(async () => (await analytics.QueryAsync<long>("select count(*) from record_versions")) is [2]);
        Assert.Equal(spoilt.ToByteArray(), (await analytics.QueryAsync<byte[]>("select body from parked_messages")).Single());
        Assert.Equal(["equecel.safety.v1.SafetyRecordChange"], await analytics.QueryAsync<string>("select properties ->> 'type' from parked_messages"));
    }

    [Fact]
    public async Task A_parked_message_keeps_what_is_needed_to_use_it_later()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();

        await platform.Broker.PublishAsync([0xff, 0x00], id: "some/1");
        await platform.Broker.PublishAsync([0xff, 0x00], id: "some/1");
        await AnalyticsHost.UntilAsync(async () => (await analytics.QueryAsync<int>("select attempts from parked_messages")) is [2]);

        Assert.Equal([0xff, 0x00], (await analytics.QueryAsync<byte[]>("select body from parked_messages")).Single());
        Assert.Equal(
            "analytics.records.v1 safety some/1 safety.death equecel.safety.v1.SafetyRecordChanges",
            (await analytics.QueryAsync<string>(
                """
                select concat_ws(' ', source, properties ->> 'app_id', properties ->> 'message_id', properties ->> 'routing_key', properties ->> 'type')
                from parked_messages
                """)).Single());
    }

    [Fact]
    public async Task A_restart_goes_on_from_what_is_stored()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using (var before = await platform.StartAnalyticsAsync())
        {
            await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"), Sent.FollowUp("01-0001", "2024-01-20"));
            await before.CurveOfAsync(2);
        }

        await platform.Broker.PublishAsync(Sent.Death("01-0001", "2024-01-25"));
        await using var analytics = await platform.StartAnalyticsAsync();

        var all = (await analytics.CurveOfAsync(3)).Strata.Single();
        Assert.Equal((1, 1), (all.ParticipantCount, all.EventCount));
    }

    [Fact]
    public async Task A_broker_that_refuses_the_login_is_told_as_an_error_and_tried_again()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await AnalyticsHost.StartAsync(
            platform.Database, platform.BrokerUri.Replace("guest:guest", "late:hunter2", StringComparison.Ordinal), platform.Capture.Address, platform.Issuer, platform.Log);
        await AnalyticsHost.UntilAsync(() => Task.FromResult(
            Logged("Error analytics.records.v1 cannot be consumed: the broker refuses the user or the password in ConnectionStrings__messaging")));
        Assert.Equal(0, (await analytics.CurveAsync()).Position.VersionCount);

        await rabbit.AddUserAsync(platform.BrokerUri, "late", "hunter2");
        await AnalyticsHost.UntilAsync(async () => await platform.Broker.ConsumersAsync() > 0);
        await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"));
        await analytics.CurveOfAsync(1);
        Assert.False(Logged("hunter2"));

        bool Logged(string text)
        {
            lock (platform.Log)
            {
                return platform.Log.Exists(line => line.Contains(text, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task Nothing_of_a_form_reaches_the_log()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using (var analytics = await platform.StartAnalyticsAsync())
        {
            var death = Sent.Death("01-0001", "2024-01-25").Next(record => record.Death.CauseText = "MARKER");
            var wrong = Sent.Death("01-0002", "MARKER");
            await platform.Broker.PublishAsync(death, wrong);
            await analytics.CurveOfAsync(1);
        }

        Assert.NotEmpty(platform.Log);
        Assert.DoesNotContain(platform.Log, line => line.Contains("MARKER", StringComparison.Ordinal) || line.Contains("2024-01-25", StringComparison.Ordinal));
    }
}
