using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Derivation;

/// <summary>Ends are written as day after infusion, outcome and reason.</summary>
public sealed class TimeToEventTests
{
    [Theory]
    [InlineData("28 SD, 56 PR", "56 Event Response")]
    [InlineData("28 SD, 56 PD", "56 CompetingEvent Progression")]
    [InlineData("28 SD, 56 PD, 84 PR", "56 CompetingEvent Progression")]
    [InlineData("28 SD, 40 death", "40 CompetingEvent Death")]
    [InlineData("28 SD, 40 therapy, 56 PR", "40 CompetingEvent NewTherapy")]
    [InlineData("28 SD, 40 therapy, 35 PD", "35 CompetingEvent Progression")]
    [InlineData("28 PR, 28 death", "28 Event Response")]
    [InlineData("28 SD, 56 MR, 60 NE", "56 Censored LastAssessment")]
    [InlineData("56 NE", "0 Censored NoAssessment")]
    [InlineData("224 PR", "224 Event Response")]
    public void Time_to_response_ends_with_the_first_recorded_one(string records, string expected) =>
        Same(expected, TimeToResponse.Derive(Courses.Of(records), ResponseCategory.PartialResponse));

    [Theory]
    [InlineData("28 CR, 56 PR, 84 CR, 112 CR", "84 Event Response")]
    [InlineData("28 CR, 56 PR", "56 Censored LastAssessment")]
    [InlineData("28 CR, 56 PD, 84 CR, 112 CR", "84 Event Response")]
    public void Confirmed_response_dates_from_the_first_of_its_two_assessments(string records, string expected) =>
        Same(expected, TimeToResponse.Derive(Courses.Of(records), ResponseCategory.CompleteResponse, ResponseRule.Confirmed));

    [Fact]
    public void Time_to_a_computed_response_is_not_defined() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => TimeToResponse.Derive(Courses.Of("28 PR"), ResponseCategory.PartialResponse, ResponseRule.Computed));

    [Theory]
    [InlineData("28 PR, 56 PD, 84 PD", "56 Event Progression")]
    [InlineData("28 PR, 56 PD, 84 PR", "84 Censored LastAssessment")]
    [InlineData("28 PR, 56 PD!, 84 PR", "56 Event Progression")]
    [InlineData("28 PR, 56 PD, 70 NE", "56 Event Progression")]
    [InlineData("28 PR, 56 PD, 56 CR, 84 PD", "56 Event Progression")]
    [InlineData("28 PR, 100 death", "100 Event Death")]
    [InlineData("28 PR, 56 PD, 56 death", "56 Event Progression")]
    [InlineData("10 death", "10 Event Death")]
    [InlineData("28 PR, 90 alive", "28 Censored LastAssessment")]
    [InlineData("28 NE, 90 alive", "0 Censored NoAssessment")]
    [InlineData("28 PR, 40 therapy, 56 PD", "56 Event Progression")]
    public void Progression_free_survival_ends_with_progression_or_death(string records, string expected) =>
        Same(expected, ProgressionFreeSurvival.Derive(Courses.Of(records)));

    [Theory]
    [InlineData("28 PR, 40 therapy, 56 PD", "28 Censored NewTherapy")]
    [InlineData("28 PR, 56 therapy, 56 PD", "56 Event Progression")]
    [InlineData("28 PR, 40 therapy, 56 PR", "28 Censored NewTherapy")]
    [InlineData("28 PR, 56 PD, 84 PD, 100 therapy", "56 Event Progression")]
    [InlineData("20 therapy, 28 PR", "0 Censored NewTherapy")]
    [InlineData("-9 therapy, 28 PR, 56 PD", "56 Event Progression")]
    public void New_therapy_censors_at_the_last_assessment_before_it_when_asked(string records, string expected) =>
        Same(expected, ProgressionFreeSurvival.Derive(Courses.Of(records), PfsCensoring.NewTherapy));

    // Of the study's schedule, day 56 within 49 to 63 and day 84 within 77 to 91.
    [Theory]
    [InlineData("28 PR, 92 PD", "28 Censored MissedAssessments")]
    [InlineData("28 PR, 91 PD", "91 Event Progression")]
    [InlineData("49 PR, 92 PD", "92 Event Progression")]
    [InlineData("28 PR, 92 death", "28 Censored MissedAssessments")]
    [InlineData("28 PR, 92 SD, 92 death", "92 Event Death")]
    [InlineData("64 death", "0 Censored MissedAssessments")]
    [InlineData("63 death", "63 Event Death")]
    [InlineData("28 PR, 120 PR", "120 Censored LastAssessment")]
    public void Two_missed_assessments_before_the_event_censor_when_asked(string records, string expected) =>
        Same(expected, ProgressionFreeSurvival.Derive(Courses.Of(records), PfsCensoring.MissedAssessments));

    [Fact]
    public void New_therapy_comes_before_missed_assessments() =>
        Same(
            "28 Censored NewTherapy",
            ProgressionFreeSurvival.Derive(
                Courses.Of("28 PR, 60 therapy, 130 PD"),
                PfsCensoring.NewTherapy | PfsCensoring.MissedAssessments));

    [Theory]
    [InlineData("100 death, 90 alive", null, "100 Event Death")]
    [InlineData("100 death", 100, "100 Event Death")]
    [InlineData("100 death", 99, "99 Censored DataCutoff")]
    [InlineData("90 alive, 40 alive", null, "90 Censored LastKnownAlive")]
    [InlineData("90 alive", 80, "80 Censored DataCutoff")]
    [InlineData("28 PR, 56 NE", null, "56 Censored LastKnownAlive")]
    [InlineData("", null, "0 Censored LastKnownAlive")]
    [InlineData("-5 alive", null, "0 Censored LastKnownAlive")]
    [InlineData("20 therapy, 90 alive", null, "90 Censored LastKnownAlive")]
    public void Overall_survival_ends_with_death_alone(string records, int? cutoff, string expected) =>
        Same(expected, TimeToDeath.Derive(Courses.Of(records, cutoff)));

    [Fact]
    public void Month_of_death_is_completed_from_the_last_contact()
    {
        var records = Courses.Parse("125 alive") with { Death = PartialDate.Find("2024-05") };
        var course = new ClinicalCourse(records, cutoff: null);

        Assert.True(course.IsDeathDateCompleted);
        Assert.Equal(new DateOnly(2024, 5, 20), course.DeathDate);
    }

    [Theory]
    [InlineData("28 PR, 56 PR, 84 PD", 57, true)]
    [InlineData("28 SD, 56 PR, 84 PR", 29, false)]
    [InlineData("28 SD, 56 SD", null, null)]
    public void Duration_of_response_starts_with_the_response(string records, int? days, bool? isEvent)
    {
        var duration = DurationOfResponse.Derive(Courses.Of(records));

        Assert.Equal((days, isEvent), (duration?.Days, duration?.IsEvent));
    }

    [Fact]
    public void Participants_without_an_analysis_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Courses.Of("28 PR", cutoff: -1));
        Assert.Throws<ArgumentException>(() => Courses.Of("-1 death"));
    }

    private static void Same(string expected, TimeToEvent actual)
    {
        var days = actual.Date.DayNumber - Courses.Infusion.DayNumber;
        Assert.Equal(expected, $"{days} {actual.Outcome} {actual.Reason}");
        Assert.Equal(days + 1, actual.Days);
        Assert.Equal(actual.Outcome == CompetingOutcome.Event, actual.IsEvent);
    }
}
