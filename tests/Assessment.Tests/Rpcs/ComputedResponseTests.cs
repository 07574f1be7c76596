using Equecel.Assessment.V1;
using Equecel.Records.V1;
using Grpc.Core;
using static Equecel.Assessment.V1.ComputedResponse.Types;

namespace Equecel.Assessment.Tests.Rpcs;

/// <summary>The responses that the service computes and stores beside what the site said.</summary>
public sealed class ComputedResponseTests(AssessmentHost assessment) : IClassFixture<AssessmentHost>
{
    [Fact]
    public async Task A_response_is_computed_for_every_assessment_after_the_infusion()
    {
        var participant = assessment.Enrol();
        await SubmitAsync(participant, Form.Baseline());
        var week4 = await SubmitAsync(participant, Form.Week4());
        var week8 = await SubmitAsync(participant, Form.Week8());

        var computed = await ComputedAsync(participant, "VGPR/SD sCR/VGPR");

        var first = computed[0];
        Assert.Equal((week4.Header.RecordId, "2024-03-29", Track.Serum, Agreement.Same), (first.ComputedResponse.AssessmentRecordId, first.ComputedResponse.ResponseDate, first.ComputedResponse.Track, first.ComputedResponse.Agreement));
        Assert.Equal("serum M-protein 3 g/L, baseline 38 g/L: fell by 92.1 %; asked for 90 %", first.ComputedResponse.Deciding[0].Text);
        Assert.Equal(["serum_immunofixation", "serum_m_protein_g_per_l", "marrow_plasma_cells_percent"], first.ComputedResponse.Preventing.Select(reason => reason.Field));
        Assert.Equal("IMWG2016/RWS-1", first.ComputedResponse.RuleSet);
        Assert.Equal(week8.Header.RecordId, computed[1].ComputedResponse.AssessmentRecordId);
        Assert.All(computed, record => Assert.Equal(
            ("computed_response", "assessment-service", "assessment IMWG2016/RWS-1", 0), (record.Header.Kind, record.Header.Client, record.Header.Actor, record.Header.Findings.Count)));
    }

    [Fact]
    public async Task An_amendment_of_an_earlier_assessment_computes_the_later_ones_anew_and_the_question_closes_with_the_data()
    {
        var participant = assessment.Enrol();
        await SubmitAsync(participant, Form.Baseline());
        var week4 = await SubmitAsync(participant, Form.Week4());
        var week8 = await SubmitAsync(participant, Form.Week8());
        var before = await ComputedAsync(participant, "VGPR/SD sCR/VGPR");

        // 20 of 38 g/L is a fall by 47 %.
        var wrong = await assessment.Site01.SubmitRecordAsync(Form.Amend(week4, form => form.SerumMProteinGPerL = 20));
        var meanwhile = await ComputedAsync(participant, "MR/SD sCR/MR");

        Assert.Equal("A12? investigator_response", wrong.Header.Findings.Brief());
        Assert.Equal(["A12? investigator_response", ""], meanwhile.Select(record => record.Header.Findings.Brief()));
        Assert.Contains("serum M-protein 20 g/L, baseline 38 g/L: fell by 47.36 %; asked for 90 %", meanwhile[0].Header.Findings[0].Message, StringComparison.Ordinal);
        Assert.Contains("血清M蛋白20 g/L", meanwhile[0].Header.Findings[0].MessageZh, StringComparison.Ordinal);
        Assert.Equal([2, 2], meanwhile.Select(record => record.Header.Version));
        Assert.All(meanwhile, record => Assert.Equal($"Computed anew: disease_assessment {week4.Header.RecordId} version 2 was saved.", record.Header.Reason));
        Assert.Equal(week8, await assessment.Site01.GetRecordAsync(new GetRecordRequest { RecordId = week8.Header.RecordId }));

        await assessment.Site01.SubmitRecordAsync(Form.Amend(wrong, form => form.SerumMProteinGPerL = 3));
        var after = await ComputedAsync(participant, "VGPR/SD sCR/VGPR");

        Assert.All(after, record => Assert.Empty(record.Header.Findings));
        var versions = (await assessment.Site01.ListVersionsAsync(new ListVersionsRequest { RecordId = after[0].Header.RecordId })).Versions;
        Assert.Equal([before[0], meanwhile[0], after[0]], versions);
        var past = await assessment.StudyTeam.GetRecordAsync(new GetRecordRequest { RecordId = after[0].Header.RecordId, AsOfTime = meanwhile[0].Header.SaveTime });
        Assert.Equal(meanwhile[0], past);
    }

    [Fact]
    public async Task What_is_computed_goes_and_comes_back_with_its_assessment()
    {
        var participant = assessment.Enrol();
        await SubmitAsync(participant, Form.Baseline());
        var week4 = await SubmitAsync(participant, Form.Week4());
        await SubmitAsync(participant, Form.Week8());
        await ComputedAsync(participant, "VGPR/SD sCR/VGPR");

        var retracted = await assessment.Site01.RetractRecordAsync(Retraction(week4));
        await ComputedAsync(participant, "sCR/SD");

        await assessment.Site01.SubmitRecordAsync(Form.Amend(retracted, _ => { }));
        var back = await ComputedAsync(participant, "VGPR/SD sCR/VGPR");
        Assert.Equal(3, back[0].Header.Version);
    }

    [Fact]
    public async Task Nobody_retracts_what_is_computed()
    {
        var participant = assessment.Enrol();
        await SubmitAsync(participant, Form.Baseline());
        await SubmitAsync(participant, Form.Week4());
        var computed = await ComputedAsync(participant, "VGPR/SD");

        var problem = await Problem.OfAsync(async () => await assessment.Site01.RetractRecordAsync(Retraction(computed[0])));

        Assert.Equal("FailedPrecondition RECORD_STATE", problem.Why);
    }

    [Fact]
    public async Task An_import_in_any_order_gives_the_same_responses()
    {
        DiseaseAssessment[] forms = [Form.Baseline(), Form.Week4(), Form.Week8()];
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        var rendered = new List<string>();
        foreach (var order in orders)
        {
            var participant = assessment.Enrol();
            var verdicts = await AssessmentHost.ImportAsync(assessment.Site01, [.. order.Select(n => Form.Submit(participant, forms[n]))]);
            Assert.All(verdicts, verdict => Assert.Equal(ImportOutcome.Saved, verdict.Outcome));

            var computed = await ComputedAsync(participant, "VGPR/SD sCR/VGPR");
            rendered.Add(string.Join('\n', computed.Select(record =>
            {
                var form = record.ComputedResponse.Clone();
                form.AssessmentRecordId = "";
                return form.ToString();
            })));
        }

        Assert.Single(rendered.Distinct());
    }

    [Fact]
    public async Task Two_instances_on_one_database_compute_each_response_once()
    {
        await using var process = (await AssessmentHost.StartAsync(assessment.Database, cache: null, assessment.Enrolment)).Process;
        var participants = Enumerable.Range(0, 20).Select(_ => assessment.Enrol()).ToList();
        var rows = participants.SelectMany(participant => new[] { Form.Submit(participant, Form.Baseline()), Form.Submit(participant, Form.Week4()), Form.Submit(participant, Form.Week8()) });
        await AssessmentHost.ImportAsync(assessment.Site01, [.. rows]);

        foreach (var participant in participants)
        {
            await ComputedAsync(participant, "VGPR/SD sCR/VGPR");
        }

        Assert.DoesNotContain("Defect", process.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_feed_brings_what_is_computed_and_the_journal_proves_it()
    {
        var participant = assessment.Enrol();
        await SubmitAsync(participant, Form.Baseline());
        await SubmitAsync(participant, Form.Week4());
        var computed = (await ComputedAsync(participant, "VGPR/SD"))[0];

        var changes = await Eventually.GetAsync(WatchAsync, changes => changes.Exists(change => computed.Equals(change.Record)));
        using var call = assessment.StudyTeam.VerifyJournal(new VerifyJournalRequest());
        var proof = await call.ResponseStream.ReadAllAsync().ToListAsync();

        Assert.Single(changes, change => computed.Equals(change.Record));
        Assert.All(proof, version => Assert.Equal("", version.Fault));
        Assert.Contains(proof, version => version.RecordId == computed.Header.RecordId);

        async Task<List<AssessmentRecordChange>> WatchAsync()
        {
            using var watch = assessment.Site01.WatchRecords(new WatchRecordsRequest { UntilCaughtUp = true });
            return await watch.ResponseStream.ReadAllAsync().ToListAsync();
        }
    }

    private static RetractRecordRequest Retraction(AssessmentRecord record) =>
        new() { RecordId = record.Header.RecordId, ExpectedVersion = 1, RequestId = Guid.NewGuid().ToString(), Reason = "Other person" };

    private async Task<AssessmentRecord> SubmitAsync(string participant, DiseaseAssessment form) =>
        await assessment.Site01.SubmitRecordAsync(Form.Submit(participant, form));

    /// <summary>What is computed of a participant, by date, once it is as expected: response and confirmed response of each.</summary>
    private async Task<List<AssessmentRecord>> ComputedAsync(string participant, string expected)
    {
        var request = new ListRecordsRequest { Participant = participant, Kinds = { "computed_response" } };
        var found = new List<AssessmentRecord>();
        await Eventually.GetAsync(
            async () =>
            {
                found = [.. (await assessment.Site01.ListRecordsAsync(request)).Records.OrderBy(record => record.ComputedResponse.ResponseDate, StringComparer.Ordinal)];
                return string.Join(' ', found.Select(record => $"{Short(record.ComputedResponse.Response)}/{Short(record.ComputedResponse.ConfirmedResponse)}"));
            },
            levels => levels == expected);
        return found;
    }

    private static string Short(Response response) => response switch
    {
        Response.StringentComplete => "sCR",
        Response.VeryGoodPartial => "VGPR",
        Response.Minimal => "MR",
        Response.StableDisease => "SD",
        _ => $"{response}",
    };
}
