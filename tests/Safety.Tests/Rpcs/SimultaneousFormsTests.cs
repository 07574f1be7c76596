using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf;
using Grpc.Core;
using Npgsql;

namespace Equecel.Safety.Tests.Rpcs;

/// <summary>Rules across a participant's records, when forms come at the same time: as if they came one after the other.</summary>
public sealed class SimultaneousFormsTests(SafetyHost safety) : IClassFixture<SafetyHost>
{
    private const int Count = 32;

    [Fact]
    public async Task Of_thirty_two_records_of_a_day_one_is_saved_and_the_others_are_told_the_rule()
    {
        var participant = safety.Enrol();
        var refusals = await SubmitAsync(participant, Form.ToxicityDay(), safety.Site01);

        Assert.Equal(Count - 1, refusals.Count);
        await AssertAsOneAfterTheOtherAsync(participant, Form.ToxicityDay(), refusals);
    }

    [Fact]
    public async Task Of_an_import_beside_single_forms_one_index_stay_is_saved()
    {
        var participant = safety.Enrol();
        var imports = Enumerable.Range(0, 4).Select(_ => Task.Run(() => SafetyHost.ImportAsync(
            safety.Site01, [.. Enumerable.Range(0, Count / 4).Select(_ => Form.SubmitForm(participant, Form.Stay()))]))).ToList();
        var refusals = await SubmitAsync(participant, Form.Stay(), safety.Site01);
        var verdicts = (await Task.WhenAll(imports)).SelectMany(verdicts => verdicts).ToList();

        Assert.Equal((2 * Count) - 1, refusals.Count + verdicts.Count(verdict => verdict.Outcome == ImportOutcome.Refused));
        Assert.Equal(Count, verdicts.Count);
        await AssertAsOneAfterTheOtherAsync(participant, Form.Stay(), refusals);
        Assert.All(
            verdicts.Where(verdict => verdict.Outcome != ImportOutcome.Saved),
            verdict => Assert.Equal(("INVALID_FIELDS", "F10! kind"), (verdict.ErrorReason, verdict.Findings.Brief())));
    }

    [Fact]
    public async Task Two_services_on_one_database_save_one_record_of_a_day_and_all_of_different_days()
    {
        var (process, channel) = await SafetyHost.StartAsync(safety.Database, cache: null, safety.Enrolment);
        await using var one = process;
        using var two = channel;
        var other = SafetyHost.On(channel, safety.Token("site-01", "equecel.capture", "01"));
        for (var round = 0; round < 5; round++)
        {
            var participant = safety.Enrol();
            var refusals = await SubmitAsync(participant, Form.ToxicityDay(), safety.Site01, other);

            Assert.Equal(Count - 1, refusals.Count);
            await AssertAsOneAfterTheOtherAsync(participant, Form.ToxicityDay(), refusals);
        }

        var days = Enumerable.Range(1, 20).Select(day =>
        {
            var form = Form.ToxicityDay();
            form.Date = $"2024-03-{day:00}";
            return form;
        }).ToList();
        var somebody = safety.Enrol();
        var import = Task.Run(() => SafetyHost.ImportAsync(other, [.. days.Take(10).Select(day => Form.SubmitForm(somebody, day))]));
        await Task.WhenAll(days.Skip(10).Select(day => safety.Site01.SubmitRecordAsync(Form.SubmitForm(somebody, day)).ResponseAsync));

        Assert.All(await import, verdict => Assert.Equal(ImportOutcome.Saved, verdict.Outcome));
        Assert.Equal(days.Count, await CountAsync(somebody, "toxicity_day"));
    }

    [Fact]
    public async Task A_form_that_is_only_checked_waits_for_nobody_and_others_not_for_ever()
    {
        var (participant, another) = (safety.Enrol(), safety.Enrol());
        await using var connection = new NpgsqlConnection(safety.Database);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand($"select pg_advisory_xact_lock(hashtextextended('{participant}', 0))", connection);
        await hold.ExecuteNonQueryAsync();

        var first = Problem.OfAsync(async () => await safety.Site01.SubmitRecordAsync(Form.SubmitForm(participant, Form.ToxicityDay())));
        var second = Problem.OfAsync(async () => await safety.Site01.SubmitRecordAsync(Form.SubmitForm(participant, Form.ToxicityDay())));
        var check = Form.SubmitForm(participant, Form.ToxicityDay());
        check.Header.ValidateOnly = true;
        Assert.Equal("", (await safety.Site01.SubmitRecordAsync(check)).Header.RecordId);
        Assert.Equal([ImportOutcome.WouldSave], (await SafetyHost.ImportAsync(safety.Site01, check)).Select(verdict => verdict.Outcome));
        await safety.Site01.SubmitRecordAsync(Form.SubmitForm(another, Form.ToxicityDay()));
        Assert.False(first.IsCompleted || second.IsCompleted);

        foreach (var problem in await Task.WhenAll(first, second))
        {
            Assert.Equal("Unavailable DEPENDENCY_DOWN", problem.Why);
            Assert.Equal("1000", problem.Trailers.GetValue("grpc-retry-pushback-ms"));
        }

        await transaction.RollbackAsync();
        await safety.Site01.SubmitRecordAsync(Form.SubmitForm(participant, Form.ToxicityDay()));
        Assert.Equal(1, await CountAsync(participant, "toxicity_day"));
    }

    /// <summary>Sends a form many times at once, each time as a new one. Returns how it was refused.</summary>
    private static async Task<List<Problem>> SubmitAsync(string participant, IMessage form, params SafetyService.SafetyServiceClient[] clients)
    {
        var refusals = await Task.WhenAll(Enumerable.Range(0, Count).Select(i => Task.Run(async () =>
        {
            try
            {
                await clients[i % clients.Length].SubmitRecordAsync(Form.SubmitForm(participant, form));
                return null;
            }
            catch (RpcException e)
            {
                return Problem.Of(e);
            }
        })));
        return [.. refusals.OfType<Problem>()];
    }

    private async Task AssertAsOneAfterTheOtherAsync(string participant, IMessage form, List<Problem> refusals)
    {
        var after = await Problem.OfAsync(async () => await safety.Site01.SubmitRecordAsync(Form.SubmitForm(participant, form)));
        Assert.StartsWith("F10 ", Assert.Single(after.Fields), StringComparison.Ordinal);
        Assert.All(refusals, refusal => Assert.Equal((after.Why, after.Details), (refusal.Why, refusal.Details)));
        Assert.Equal(1, await CountAsync(participant, form.Descriptor == ToxicityDay.Descriptor ? "toxicity_day" : "hospital_stay"));
    }

    private async Task<int> CountAsync(string participant, string kind) => (await safety.Site01.ListRecordsAsync(
        new ListRecordsRequest { Participant = participant, Kinds = { kind } })).Records.Count;
}
