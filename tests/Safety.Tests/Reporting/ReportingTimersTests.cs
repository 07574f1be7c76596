using System.Globalization;
using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Safety.Reporting;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Safety.Tests.Reporting;

/// <summary>
/// Timers in short, such as <c>C5 03-10..03-26</c>: day 0 and the day (UTC+8) before whose first minute it is due; of 24 hours the hour as
/// well. A completion follows after a slash. A plus marks one that is submitted, a cross one that was restarted.
/// </summary>
public sealed class ReportingTimersTests
{
    private static readonly DateTimeOffset Saved = new(2024, 3, 10, 4, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string, Action<AdverseEvent>> Events => new()
    {
        // Serious and related; the platform knew at the first save.
        { "C1 03-10..03-11T09, C5 03-10..03-26", "C1 03-10..03-11T09, C3 03-10..03-26", _ => { } },
        { "C1 03-10..03-11T09, C5 03-12..03-28", "C1 03-10..03-11T09, C3 03-12..03-28", form => form.SponsorAwarenessTime = Form.At("2024-03-12T23:59:00+08:00") },
        { "C1 03-10..03-11T09", "C1 03-10..03-11T09", form => form.Causes[0].Causality = Causality.Unlikely },
        { "C1 03-10..03-11T09, C5 03-10..03-26", "C1 03-10..03-11T09, C3 03-10..03-26", form => form.Causes[0].Causality = Causality.NotAssessable },
        // Either of the two is enough.
        { "C1 03-10..03-11T09, C5 03-10..03-26", "C1 03-10..03-11T09, C3 03-10..03-26", form => (form.Causes[0].Causality, form.SponsorCausality) = (Causality.Unrelated, Causality.Possible) },
        { "C1 03-10..03-11T09, C5 03-10..03-26", "C1 03-10..03-11T09", form => form.Expectedness = Expectedness.Expected },
        { "C1 03-10..03-11T09, C5 03-10..03-26", "C1 03-10..03-11T09, C2 03-10..03-18/03-26", form => form.SeriousnessCriteria.Add(SeriousnessCriterion.LifeThreatening) },
        { "C1 03-10..03-11T09, C6 03-10..03-11T12/03-26", "C1 03-10..03-11T09, C2 03-10..03-18/03-26", form => (form.Grade, form.Outcome) = (5, EventOutcome.Fatal) },
        { "C7 03-10..04-10", "", form => Light(form) },
        { "", "", form => { Light(form); form.Causes.Clear(); } },
        { "C1 03-10..03-11T09, C7 03-10..04-10", "C1 03-10..03-11T09", form => { Light(form); form.SpecialInterest = SpecialInterest.Icans; } },
        { "", "", form => { Light(form); form.Causes[0].Causality = Causality.Unlikely; form.SpecialInterest = SpecialInterest.Icans; } },
        // A cause other than the eque-cel starts nothing but the site's own duty.
        { "C1 03-10..03-11T09", "C1 03-10..03-11T09", form => form.Causes[0].Cause = Cause.Lymphodepletion },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_opens_the_timers_of_the_rules_that_it_meets(string postmarket, string trial, Action<AdverseEvent> change)
    {
        var form = Form.Serious();
        change(form);

        Assert.Equal(postmarket, Brief(ReportingRules.Postmarket, Version(1, 0, form)));
        Assert.Equal(trial, Brief(ReportingRules.Trial, Version(1, 0, form)));
    }

    [Fact]
    public void An_archive_has_no_site_clock_and_its_others_begin_when_the_platform_learns_of_it() =>
        Assert.Equal("C5 03-10..03-26", Brief(ReportingRules.Postmarket, Version(1, 0, Form.Serious(), DataOrigin.Retrospective)));

    public static TheoryData<string, Action<AdverseEvent>, Action<AdverseEvent>> Changes => new()
    {
        { "C7 03-10..04-10, C1 03-13..03-14T12, C5 03-13..03-29", Light, Serious },
        { "C7 03-10..04-10, C1 03-12..03-13T08, C5 03-12..03-28", Light, form => { Serious(form); form.ChangeAwarenessTime = Form.At("2024-03-12T08:00:00+08:00"); } },
        // What is not serious any more stays due, beside the new duty.
        { "C1 03-10..03-11T09, C5 03-10..03-26, C7 03-13..04-13", _ => { }, Light },
        { "C1 03-10..03-11T09, C5 03-13..03-29", form => form.Causes[0].Causality = Causality.Unrelated, form => form.Causes[0].Causality = Causality.Probable },
        { "C1 03-10..03-11T09, C5 03-10..03-26", _ => { }, form => form.Causes[0].Causality = Causality.Probable },
        { "C1 03-10..03-11T09, C5 03-10..03-26, C6 03-13..03-14T12/03-29", _ => { }, form => (form.Grade, form.Outcome) = (5, EventOutcome.Fatal) },
        // Another awareness restarts; the old timer stays.
        { "C1 03-10..03-11T09 x, C5 03-10..03-26, C1 03-11..03-12T09", _ => { }, form => form.AwarenessTime = Form.At("2024-03-11T09:00:00+08:00") },
        { "C1 03-10..03-11T09, C5 03-10..03-26 x, C5 03-11..03-27", _ => { }, form => form.SponsorAwarenessTime = Form.At("2024-03-11T09:00:00+08:00") },
        { "C1 03-10..03-11T09, C5 03-10..03-26", _ => { }, form => form.Narrative = "More of it" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_opens_new_timers_and_leaves_the_old_ones(string expected, Action<AdverseEvent> first, Action<AdverseEvent> second)
    {
        var (one, two) = (Form.Serious(), Form.Serious());
        first(one);
        first(two);
        second(two);

        Assert.Equal(expected, Brief(ReportingRules.Postmarket, Version(1, 0, one), Version(2, 3, two)));
    }

    [Theory]
    [InlineData("C5", "2024-03-20T10:00:00+08:00", false, "C1 03-10..03-11T09, C5 03-10..03-26 +")]
    [InlineData("C1", "2024-03-10T10:00:00+08:00", false, "C1 03-10..03-11T09 +, C5 03-10..03-26")]
    [InlineData("C7", "2024-03-20T10:00:00+08:00", false, "C1 03-10..03-11T09, C5 03-10..03-26")]
    public void A_report_closes_the_timers_of_its_rules(string rule, string time, bool followUp, string expected)
    {
        var form = Form.Serious();
        form.Reports.Add(Report(rule, time, followUp));

        Assert.Equal(expected, Brief(ReportingRules.Postmarket, Version(1, 0, form)));
    }

    [Fact]
    public void Of_a_death_the_completion_closes()
    {
        var form = Form.Serious();
        (form.Grade, form.Outcome) = (5, EventOutcome.Fatal);
        form.Reports.Add(Report("C6", "2024-03-10T14:00:00+08:00"));
        Assert.Equal("C1 03-10..03-11T09, C6 03-10..03-11T12/03-26", Brief(ReportingRules.Postmarket, Version(1, 0, form)));

        form.Reports.Add(Report("C6", "2024-03-20T14:00:00+08:00", followUp: true));
        Assert.Equal("C1 03-10..03-11T09, C6 03-10..03-11T12/03-26 +", Brief(ReportingRules.Postmarket, Version(1, 0, form)));
    }

    [Fact]
    public void A_restart_after_the_report_keeps_that_it_was_submitted()
    {
        var one = Form.Serious();
        one.Reports.Add(Report("C5", "2024-03-11T10:00:00+08:00"));
        var two = one.Clone();
        two.SponsorAwarenessTime = Form.At("2024-03-11T09:00:00+08:00");

        Assert.Equal("C1 03-10..03-11T09, C5 03-10..03-26 +, C5 03-11..03-27 +", Brief(ReportingRules.Postmarket, Version(1, 0, one), Version(2, 3, two)));
    }

    [Fact]
    public void Something_new_about_what_a_trial_reported_is_reported_again()
    {
        var one = Form.Serious();
        var two = one.Clone();
        two.Reports.Add(Report("C3", "2024-03-11T10:00:00+08:00"));
        var three = two.Clone();
        three.Grade = 4;

        var versions = new[] { Version(1, 0, one), Version(2, 2, two), Version(3, 5, three) };
        Assert.Equal("C1 03-10..03-11T09, C3 03-10..03-26 +, C4 03-15..03-31", Brief(ReportingRules.Trial, versions));
        Assert.Equal("C1 03-10..03-11T09, C3 03-10..03-26 +", Brief(ReportingRules.Trial, versions[..2]));
    }

    [Theory]
    [InlineData("2024-03-23T15:59:59Z", ReportingTimerState.Open)]
    [InlineData("2024-03-23T16:00:00Z", ReportingTimerState.DueSoon)]
    [InlineData("2024-03-25T15:59:59Z", ReportingTimerState.DueSoon)]
    [InlineData("2024-03-25T16:00:00Z", ReportingTimerState.Overdue)]
    [InlineData("2030-01-01T00:00:00Z", ReportingTimerState.Overdue)]
    public void The_state_depends_on_now(string now, ReportingTimerState expected)
    {
        var timer = ReportingTimers.Compute([Version(1, 0, Form.Serious())], ReportingRules.Postmarket)[1];

        Assert.Equal((ReportingTimerState.Open, expected), (timer.State, ReportingTimers.StateOf(timer, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture))));
    }

    [Theory]
    [InlineData(21.0, "", "")]
    [InlineData(20.9, "", "S24? awareness_time")]
    [InlineData(20.9, "Holidays", "")]
    public void An_entry_more_than_24_hours_late_is_asked_about(double hour, string reason, string expected)
    {
        // Saved on 11 March at 21:00 in China.
        var form = Form.Serious();
        form.AwarenessTime = Form.At("2024-03-10T00:00:00+08:00");
        form.AwarenessTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(form.AwarenessTime.ToDateTimeOffset().AddHours(hour));
        form.LateEntryReason = reason;
        var saved = new SavedVersion(1, new DateTimeOffset(2024, 3, 11, 13, 0, 0, TimeSpan.Zero), DataOrigin.Prospective, Counts: true, form);

        Assert.Equal(expected, ReportingDerivation.LateEntry(Form.Record(Form.EventId, form, saved)).Brief());
        Assert.Equal("", ReportingDerivation.LateEntry(Form.Record(Form.EventId, form, saved with { Origin = DataOrigin.Retrospective })).Brief());
    }

    [Fact]
    public void Only_events_that_need_reporting_have_a_clock()
    {
        var (light, serious) = (Form.AdverseEvent(), Form.Serious());
        var derived = ReportingDerivation.By(ReportingRules.Trial)(Form.Facts(),
        [
            Form.Record(Form.EventId, light, Version(1, 0, light).Version), Form.Record(Form.OtherId, serious, Version(1, 0, serious).Version),
        ]).Single();

        Assert.Equal((Form.OtherId, "TRIAL/1", 2), (derived.SourceRecordId, ((ReportingClock)derived.Form).RuleSet, ((ReportingClock)derived.Form).Timers.Count));
    }

    [Fact]
    public void The_study_chooses_its_rules_by_name()
    {
        Assert.Same(ReportingRules.Postmarket, ReportingRules.Parse(null));
        Assert.Same(ReportingRules.Trial, ReportingRules.Parse("TRIAL"));
        Assert.Throws<InvalidOperationException>(() => ReportingRules.Parse("trial-ish"));
    }

    private static void Light(AdverseEvent form)
    {
        form.Serious = false;
        form.SeriousnessCriteria.Clear();
    }

    private static void Serious(AdverseEvent form)
    {
        form.Serious = true;
        form.SeriousnessCriteria.Add(SeriousnessCriterion.ImportantMedical);
    }

    private static SubmittedReport Report(string rule, string time, bool followUp = false) =>
        new() { Rules = { Enum.Parse<ReportingRule>(rule) }, SubmitTime = Form.At(time), FollowUp = followUp };

    private static ReportableVersion Version(int number, int daysLater, AdverseEvent form, DataOrigin origin = DataOrigin.Prospective) =>
        new(new SavedVersion(number, Saved.AddDays(daysLater), origin, Counts: true, form), form);

    private static string Brief(ReportingRules rules, params ReportableVersion[] versions) => string.Join(", ",
        ReportingTimers.Compute(versions, rules).Select(timer =>
            $"{timer.Rule} {timer.Day0Date[5..]}..{Day(timer.DueTime)}{(timer.FollowUpDueTime is null ? "" : $"/{Day(timer.FollowUpDueTime)}")}{Mark(timer)}"));

    private static string Mark(ReportingTimer timer) => timer.End switch
    {
        ReportingTimerEnd.Submitted => " +",
        ReportingTimerEnd.Restarted => " x",
        _ => "",
    };

    private static string Day(Google.Protobuf.WellKnownTypes.Timestamp time)
    {
        var local = time.ToDateTimeOffset().ToOffset(TimeSpan.FromHours(8));
        return local.ToString(local.Hour == 0 ? "MM-dd" : "MM-dd'T'HH", CultureInfo.InvariantCulture);
    }
}
