using Equecel.Records.V1;
using Equecel.Safety.V1;
using Grpc.Core;
using static Equecel.Records.V1.DataQuery.Types;

namespace Equecel.Safety.Tests.Rpcs;

/// <summary>SetCrossChecks over a real channel.</summary>
public sealed class CrossCheckRpcTests(SafetyHost safety) : IClassFixture<SafetyHost>
{
    private SafetyService.SafetyServiceClient Analytics => safety.As("analytics-service", "equecel.feed");

    [Fact]
    public async Task What_Analytics_asks_becomes_a_query_of_the_site_which_answers_it_and_closes_when_it_is_asked_no_more()
    {
        var death = await safety.Site01.SubmitRecordAsync(Form.Submit(safety.Enrol()));
        var answer = await Analytics.SetCrossChecksAsync(Ask(death));
        Assert.Equal((0, 0), (answer.UnknownRecordIds.Count, answer.OutdatedRecordIds.Count));

        var opened = await QueryOfAsync(death);
        Assert.Equal(
            ("S23", "primary_cause", "death", 1, Source.CrossCheck, State.Open, true),
            (opened.DataQuery.Code, opened.DataQuery.Field, opened.DataQuery.SubjectKind, opened.DataQuery.SubjectVersion, opened.DataQuery.Source,
                opened.DataQuery.State, opened.DataQuery.AcrossServices));
        Assert.Equal(("data_query", death.Header.Participant, "analytics-service"), (opened.Header.Kind, opened.Header.Participant, opened.Header.Client));

        var answered = await safety.Site01.AnswerQueryAsync(new AnswerQueryRequest
        {
            RequestId = $"{Guid.NewGuid()}",
            RecordId = opened.Header.RecordId,
            ExpectedVersion = 1,
            Answer = "Progression was seen elsewhere.",
        });
        await Analytics.SetCrossChecksAsync(Ask(death));
        Assert.Equal(answered, await QueryOfAsync(death));

        await Analytics.SetCrossChecksAsync(new SetCrossChecksRequest { Participants = { new ParticipantCrossChecks { Participant = death.Header.Participant } } });
        Assert.Equal(Closure.ByData, (await QueryOfAsync(death)).DataQuery.Closure);
    }

    [Fact]
    public async Task Every_fault_is_told_at_once()
    {
        var request = new SetCrossChecksRequest
        {
            Participants =
            {
                new ParticipantCrossChecks { Participant = "01-0001", Questions = { new CrossCheckQuestion { RecordId = "1", Field = new string('f', 201) } } },
                new ParticipantCrossChecks { Participant = "01-0001" },
                new ParticipantCrossChecks { Participant = "one" },
            },
        };

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await Analytics.SetCrossChecksAsync(request));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal(
            [
                "participants[0].questions[0].code", "participants[0].questions[0].field", "participants[0].questions[0].message",
                "participants[0].questions[0].message_zh", "participants[0].questions[0].record_id", "participants[0].questions[0].version",
                "participants[1].participant", "participants[2].participant",
            ],
            refused.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations.Select(violation => violation.Field).Order(StringComparer.Ordinal));
        Assert.Equal(
            StatusCode.InvalidArgument,
            (await Assert.ThrowsAsync<RpcException>(async () => await Analytics.SetCrossChecksAsync(new SetCrossChecksRequest()))).StatusCode);
    }

    [Theory]
    [InlineData("equecel.capture", "01")]
    [InlineData("equecel.study", null)]
    public async Task Nobody_else_may_ask_so(string scope, string? site)
    {
        var death = await safety.Site01.SubmitRecordAsync(Form.Submit(safety.Enrol()));
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await safety.As("somebody", scope, site).SetCrossChecksAsync(Ask(death)));
        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
    }

    private static SetCrossChecksRequest Ask(SafetyRecord record) => new()
    {
        Participants =
        {
            new ParticipantCrossChecks
            {
                Participant = record.Header.Participant,
                Questions =
                {
                    new CrossCheckQuestion
                    {
                        RecordId = record.Header.RecordId, Version = record.Header.Version, Field = "primary_cause", Code = "S23",
                        Message = "Death from progression without recorded progression.", MessageZh = "死因为疾病进展但无进展记录。",
                    },
                },
            },
        },
    };

    private async Task<SafetyRecord> QueryOfAsync(SafetyRecord record) => Assert.Single(
        (await safety.Site01.ListQueriesAsync(new ListQueriesRequest { Participant = record.Header.Participant })).Records, query => query.DataQuery.AcrossServices);
}
