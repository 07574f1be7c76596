using Equecel.Common.V1;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Safety.Tests.Rpcs;

/// <summary>The clocks that the service keeps of adverse events, and the list of what is due.</summary>
public sealed class DueReportsTests(SafetyHost safety) : IClassFixture<SafetyHost>
{
    [Fact]
    public async Task A_serious_reaction_is_due_until_it_is_reported()
    {
        var participant = safety.Enrol();
        var saved = await safety.Site01.SubmitRecordAsync(Form.SubmitForm(participant, Reaction(DateTimeOffset.UtcNow.AddHours(-2))));

        var due = await DueAsync(participant, "C1 DueSoon, C5 Open");
        Assert.All(due, report => Assert.Equal(
            (saved.Header.RecordId, participant, "01", DataOrigin.Prospective), (report.AdverseEventRecordId, report.Participant, report.Site, report.Origin)));
        var clock = await safety.StudyTeam.GetRecordAsync(new GetRecordRequest { RecordId = due[0].RecordId });
        Assert.Equal(("reporting_clock", "POSTMARKET/1", "safety POSTMARKET/1"), (clock.Header.Kind, clock.ReportingClock.RuleSet, clock.Header.Actor));
        Assert.All(clock.ReportingClock.Timers, timer => Assert.Equal(ReportingTimerState.Open, timer.State));

        var amended = await safety.Site01.SubmitRecordAsync(Form.AmendForm(saved, saved.AdverseEvent, form => form.Reports.Add(
            new SubmittedReport { Rules = { ReportingRule.C1 }, SubmitTime = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddHours(-1)) })));
        await DueAsync(participant, "C5 Open");
        await DueAsync(participant, "C1 Closed", ReportingTimerState.Closed);

        await safety.Site01.RetractRecordAsync(new RetractRecordRequest
        {
            RequestId = Guid.NewGuid().ToString(),
            RecordId = saved.Header.RecordId,
            ExpectedVersion = amended.Header.Version,
            Reason = "Other person",
        });
        await DueAsync(participant, "");
    }

    [Fact]
    public async Task A_change_of_seriousness_opens_timers_and_keeps_the_old_one()
    {
        var participant = safety.Enrol();
        var light = Reaction(DateTimeOffset.UtcNow.AddDays(-5));
        light.Serious = false;
        light.SeriousnessCriteria.Clear();
        var saved = await safety.Site01.SubmitRecordAsync(Form.SubmitForm(participant, light));
        await DueAsync(participant, "C7 Open");

        await safety.Site01.SubmitRecordAsync(Form.AmendForm(saved, saved.AdverseEvent, form =>
        {
            form.Serious = true;
            form.SeriousnessCriteria.Add(SeriousnessCriterion.Disability);
        }));

        await DueAsync(participant, "C1 DueSoon, C5 Open, C7 Open");
    }

    [Fact]
    public async Task A_late_entry_is_asked_about_and_the_question_closes_with_its_reason()
    {
        var participant = safety.Enrol();
        var saved = await safety.Site01.SubmitRecordAsync(Form.SubmitForm(participant, Reaction(DateTimeOffset.UtcNow.AddDays(-2))));
        var due = await DueAsync(participant, "C1 Overdue, C5 Open");
        Assert.Equal("S24? awareness_time", await FindingsAsync(due[0].RecordId));

        await safety.Site01.SubmitRecordAsync(Form.AmendForm(saved, saved.AdverseEvent, form => form.LateEntryReason = "Holidays"));

        await Eventually.GetAsync(() => FindingsAsync(due[0].RecordId), findings => findings.Length == 0);
    }

    [Fact]
    public async Task The_list_is_paged_by_due_time_filtered_and_confined()
    {
        var (one, two) = (safety.Enrol("02"), safety.Enrol("02"));
        await safety.Site02.SubmitRecordAsync(Form.SubmitForm(one, Reaction(DateTimeOffset.UtcNow.AddHours(-3))));
        await safety.Site02.SubmitRecordAsync(Form.SubmitForm(two, Reaction(DateTimeOffset.UtcNow.AddHours(-40))));
        await Eventually.GetAsync(
            async () => (await safety.Site02.ListDueReportsAsync(new ListDueReportsRequest())).Reports.Count, count => count == 4);

        var found = new List<DueReport>();
        for (var token = ""; found.Count == 0 || token.Length > 0;)
        {
            var page = await safety.StudyTeam.ListDueReportsAsync(new ListDueReportsRequest { Site = "02", PageSize = 1, PageToken = token });
            found.Add(Assert.Single(page.Reports));
            token = page.NextPageToken;
        }

        Assert.Equal(["C1", "C1", "C5", "C5"], found.Select(report => $"{report.Timer.Rule}"));
        Assert.Equal([two, one], found.Take(2).Select(report => report.Participant));
        Assert.Equal(found.Select(report => report.DueTime).Order(), found.Select(report => report.DueTime));
        Assert.Equal([two], (await safety.Site02.ListDueReportsAsync(new ListDueReportsRequest { States = { ReportingTimerState.Overdue } })).Reports.Select(report => report.Participant));
        Assert.Equal(2, (await safety.Site02.ListDueReportsAsync(new ListDueReportsRequest
        {
            DueBeforeTime = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddDays(2)),
        })).Reports.Count);
        Assert.All((await safety.Site01.ListDueReportsAsync(new ListDueReportsRequest { PageSize = 500 })).Reports, report => Assert.Equal("01", report.Site));
        Assert.Equal("PermissionDenied OTHER_SITE", (await Problem.OfAsync(async () => await safety.Site01.ListDueReportsAsync(new ListDueReportsRequest { Site = "02" }))).Why);
        Assert.Equal("PermissionDenied OTHER_SITE", (await Problem.OfAsync(async () => await safety.Site01.ListDueReportsAsync(new ListDueReportsRequest { Participant = one }))).Why);
    }

    [Fact]
    public async Task That_the_study_team_read_the_list_of_a_site_is_kept()
    {
        await safety.Site01.ListDueReportsAsync(new ListDueReportsRequest());
        await safety.StudyTeam.ListDueReportsAsync(new ListDueReportsRequest { Site = "07" });
        await safety.StudyTeam.ListDueReportsAsync(new ListDueReportsRequest { Site = "07" });

        var read = await Eventually.GetAsync(
            async () =>
            {
                using var call = safety.StudyTeam.ExportAuditEvents(new ExportAuditEventsRequest());
                return (await call.ResponseStream.ReadAllAsync().ToListAsync()).FindAll(told => told is { Subject: "07", Detail: "list" });
            },
            read => read.Sum(told => told.Count) == 2);
        Assert.All(read, told => Assert.Equal((AuditEventKind.Exported, "study-team", "/equecel.safety.v1.SafetyService/ListDueReports"), (told.Kind, told.Client, told.Method)));
    }

    [Fact]
    public async Task Every_wrong_field_is_named()
    {
        var problem = await Problem.OfAsync(async () => await safety.StudyTeam.ListDueReportsAsync(new ListDueReportsRequest
        {
            PageSize = -1,
            Site = "first",
            Participant = "somebody",
            States = { ReportingTimerState.Unspecified },
        }));
        var token = await Problem.OfAsync(async () => await safety.StudyTeam.ListDueReportsAsync(new ListDueReportsRequest { PageToken = "mine" }));

        Assert.Equal(["page_size", "participant", "site", "states"], problem.Fields.Select(field => field.Trim()));
        Assert.Equal("InvalidArgument INVALID_FIELDS", token.Why);
    }

    /// <summary>A related pneumonia of yesterday or earlier, serious and not over, of which the site learnt at an instant.</summary>
    private static AdverseEvent Reaction(DateTimeOffset awareness)
    {
        var form = Form.Serious();
        form.OnsetDate = "2024-06-01";
        (form.EndDate, form.Ongoing, form.Outcome) = ("", true, EventOutcome.NotRecovered);
        form.ClearEndDate();
        form.AwarenessTime = Timestamp.FromDateTimeOffset(awareness);
        return form;
    }

    private async Task<string> FindingsAsync(string recordId) =>
        (await safety.StudyTeam.GetRecordAsync(new GetRecordRequest { RecordId = recordId })).Header.Findings.Brief();

    /// <summary>What is due of a participant once it is as expected: rule and state of each.</summary>
    private async Task<List<DueReport>> DueAsync(string participant, string expected, params ReportingTimerState[] states)
    {
        var found = new List<DueReport>();
        await Eventually.GetAsync(
            async () =>
            {
                found = [.. (await safety.Site01.ListDueReportsAsync(new ListDueReportsRequest { Participant = participant, States = { states } })).Reports];
                return string.Join(", ", found.Select(report => $"{report.Timer.Rule} {report.Timer.State}"));
            },
            due => due == expected);
        return found;
    }
}
