using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.Schedule;
using Equecel.Records.V1;
using Equecel.StudyRules;

namespace Equecel.Records.Tests.Schedule;

/// <summary>Infused on 1 March 2024; week 4 is 29 March (26 March to 1 April), week 8 is 26 April (19 April to 3 May).</summary>
public sealed class ExpectedFormsTests
{
    private static readonly ScheduledForm Tests = Expect(VisitSchedule.Questionnaires);

    [Theory]
    [InlineData("2024-02-29", "Baseline Due, Week4 Upcoming, Week8 Upcoming, Week12 Upcoming, Week24 Upcoming")]
    [InlineData("2024-03-01", "Baseline Overdue, Week4 Upcoming, Week8 Upcoming, Week12 Upcoming, Week24 Upcoming")]
    [InlineData("2024-03-14", "Baseline Missed, Week4 Upcoming, Week8 Upcoming, Week12 Upcoming, Week24 Upcoming")]
    [InlineData("2024-03-26", "Baseline Missed, Week4 Due, Week8 Upcoming, Week12 Upcoming, Week24 Upcoming")]
    [InlineData("2024-04-01", "Baseline Missed, Week4 Due, Week8 Upcoming, Week12 Upcoming, Week24 Upcoming")]
    [InlineData("2024-04-02", "Baseline Missed, Week4 Overdue, Week8 Upcoming, Week12 Upcoming, Week24 Upcoming")]
    [InlineData("2024-04-10", "Baseline Missed, Week4 Overdue, Week8 Upcoming, Week12 Upcoming, Week24 Upcoming")]
    [InlineData("2024-04-11", "Baseline Missed, Week4 Missed, Week8 Upcoming, Week12 Upcoming, Week24 Upcoming")]
    [InlineData("2025-06-01", "Baseline Missed, Week4 Missed, Week8 Missed, Week12 Missed, Week24 Overdue")]
    public void Without_a_record_the_day_decides(string today, string expected) => Assert.Equal(expected, States(today));

    [Theory]
    [InlineData("2024-04-02", "Baseline Missed, Week4 Missed, Week8 Upcoming, Week12 Upcoming, Week24 Upcoming")]
    [InlineData("2024-03-29", "Baseline Missed, Week4 Due, Week8 Upcoming, Week12 Upcoming, Week24 Upcoming")]
    public void A_participant_from_an_archive_has_nothing_overdue(string today, string expected) =>
        Assert.Equal(expected, States(today, facts => facts.Origin = DataOrigin.Retrospective));

    [Theory]
    [InlineData(Visit.Week4, "2024-03-29", "Week4 Done, Week8 Due")]
    [InlineData(Visit.Week4, "2024-04-20", "Week4 Done, Week8 Due")]
    [InlineData(Visit.Unscheduled, "2024-03-29", "Week4 Done, Week8 Due")]
    [InlineData(Visit.Unspecified, "2024-04-19", "Week4 Missed, Week8 Done")]
    [InlineData(Visit.Unscheduled, "2024-04-02", "Week4 Missed, Week8 Due")]
    [InlineData(Visit.Later, "2024-03-29", "Week4 Missed, Week8 Due")]
    public void A_record_is_that_of_its_stated_visit_or_of_the_window_in_which_it_lies(Visit stated, string date, string expected) =>
        Assert.Equal($"Baseline Missed, {expected}, Week12 Upcoming, Week24 Upcoming", States("2024-04-19", recorded: new RecordedVisit(stated, Day(date))));

    [Fact]
    public void What_was_not_done_is_missed_until_it_is_there_after_all()
    {
        var notDone = new RecordedVisit(Visit.Week4, Day("2024-03-29"), IsDone: false);

        Assert.Contains("Week4 Missed", States("2024-03-29", recorded: notDone), StringComparison.Ordinal);
        Assert.Contains("Week4 Done", States("2024-03-29", recorded: [notDone, new RecordedVisit(Visit.Week4, Day("2024-03-30"))]), StringComparison.Ordinal);
    }

    [Fact]
    public void Before_the_infusion_is_known_only_the_visits_before_it_are_expected_and_without_dates()
    {
        Assert.Equal("Baseline Due", States("2024-02-01", facts => facts.ClearInfusionDate()));
        Assert.Equal("Baseline Done", States("2024-02-01", facts => facts.ClearInfusionDate(), new RecordedVisit(Visit.Baseline, Day("2024-01-31"))));

        var due = ExpectedForms.Of(Tests, Facts(facts => facts.ClearInfusionDate()), [], Day("2024-02-01")).Single();
        Assert.Equal((-10, false, false, false), (due.TargetDay, due.HasTargetDate, due.HasWindowOpenDate, due.HasWindowCloseDate));
    }

    [Theory]
    [InlineData("2024-03-20", "2024-04-19", "Baseline Missed")]
    [InlineData("2024-04-18", "2024-04-19", "Baseline Missed, Week4 Missed")]
    [InlineData("2024-04-19", "2024-04-19", "Baseline Missed, Week4 Missed, Week8 Due")]
    [InlineData("2024-04-01", "2024-04-02", "Baseline Missed, Week4 Missed")]
    public void What_would_come_after_the_end_of_collection_is_not_expected(string end, string today, string expected) =>
        Assert.Equal(expected, States(today, facts => facts.CollectionEndDate = end));

    [Theory]
    [InlineData("2024-04-01", "Baseline Missed, Week4 Missed")]
    [InlineData("2024-04", "Baseline Missed, Week4 Missed, Week8 Due")]
    public void Nothing_is_expected_after_death(string death, string expected) =>
        Assert.Equal(expected, States("2024-04-22", facts => facts.DeathDate = death));

    [Fact]
    public void A_form_tells_its_days()
    {
        var due = ExpectedForms.Of(Tests, Facts(), [("r1", new RecordedVisit(Visit.Week8, Day("2024-04-27")))], Day("2024-05-02")).ToList();

        Assert.Equal(
            new DueForm
            {
                Participant = "01-0001",
                Site = "01",
                Kind = "tests",
                Visit = Visit.Week4,
                State = DueState.Missed,
                TargetDay = 28,
                TargetDate = "2024-03-29",
                WindowOpenDate = "2024-03-26",
                WindowCloseDate = "2024-04-01",
                DaysLate = 31,
            },
            due[1]);
        Assert.Equal(("r1", "2024-04-27", 0), (due[2].RecordId, due[2].RecordDate, due[2].DaysLate));
    }

    [Fact]
    public void Only_the_visits_of_the_form_are_expected() => Assert.Equal(
        [Visit.Baseline, Visit.Week2, Visit.Week4, Visit.Week8, Visit.Week12, Visit.Week16, Visit.Week20, Visit.Week24],
        ExpectedForms.Of(Expect(VisitSchedule.ResponseTests), Facts(), [], Day("2024-03-01")).Select(form => form.Visit));

    [Fact]
    public void Places_are_ordered_by_date_participant_kind_and_visit_and_read_back_from_their_tokens()
    {
        DuePlace[] places =
        [
            new("", "02-0001", "b", Visit.Baseline), new("2024-03-29", "01-0001", "b", Visit.Week8), new("2024-03-29", "01-0002", "a", Visit.Week4),
            new("2024-03-29", "01-0002", "b", Visit.Week4), new("2024-03-29", "01-0002", "b", Visit.Week8), new("2024-03-30", "01-0001", "a", Visit.Week1),
        ];

        Assert.Equal(places, places.Reverse().Order());
        Assert.Equal(places, places.Select(place => DuePlace.Find(place.ToString())).OfType<DuePlace>());
        Assert.Null(DuePlace.Find("something else"));
    }

    private static string States(string today, Action<ParticipantFacts>? change = null, params RecordedVisit[] recorded) => string.Join(
        ", ",
        ExpectedForms.Of(Tests, Facts(change), [.. recorded.Select((visit, i) => ($"r{i}", visit))], Day(today)).Select(form => $"{form.Visit} {form.State}"));

    private static ScheduledForm Expect(IReadOnlyList<Visit> visits) => new("tests", visits, _ => null, CollectionEnd.Of);

    private static ParticipantFacts Facts(Action<ParticipantFacts>? change = null)
    {
        var facts = new ParticipantFacts { Participant = "01-0001", Site = "01", Origin = DataOrigin.Prospective, InfusionDate = "2024-03-01" };
        change?.Invoke(facts);
        return facts;
    }

    private static DateOnly Day(string text) => CivilDate.Find(text)!.Value;
}
