using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;

namespace Equecel.Analytics.Tests.Derivation;

public sealed class TreatmentJourneyTests
{
    private static readonly TreatmentJourney Complete = new()
    {
        Diagnosis = PartialDate.Find("2020-01-15"),
        Enrolment = new(2023, 11, 1),
        Leukaphereses = [new(new(2023, 11, 20), true)],
        Lymphodepletion = [new(2024, 1, 12), new(2024, 1, 10), new(2024, 1, 11)],
        Infusion = new(2024, 1, 15),
        Discharge = new(2024, 2, 5),
    };

    [Fact]
    public void Intervals_are_the_days_between_the_steps()
    {
        Assert.Equal(56, Complete.VeinToVeinDays);
        Assert.Equal(19, Complete.EnrolmentToCollectionDays);
        Assert.Equal(51, Complete.CollectionToLymphodepletionDays);
        Assert.Equal(5, Complete.LymphodepletionToInfusionDays);
        Assert.Equal(21, Complete.InfusionToDischargeDays);
        Assert.Equal(1461 / 30.4375, Complete.DiagnosisToInfusionMonths);
    }

    [Fact]
    public void Without_a_step_its_intervals_are_missing()
    {
        var journey = new TreatmentJourney { Infusion = new(2024, 1, 15) };

        Assert.Null(journey.VeinToVeinDays);
        Assert.Null(journey.EnrolmentToCollectionDays);
        Assert.Null(journey.CollectionToLymphodepletionDays);
        Assert.Null(journey.LymphodepletionToInfusionDays);
        Assert.Null(journey.InfusionToDischargeDays);
        Assert.Null(journey.DiagnosisToInfusionMonths);
    }

    [Fact]
    public void Steps_out_of_order_have_no_interval() =>
        Assert.Null((Complete with { Discharge = new(2024, 1, 14) }).InfusionToDischargeDays);

    [Fact]
    public void Month_of_diagnosis_is_taken_at_its_middle() =>
        Assert.Equal(
            Complete.DiagnosisToInfusionMonths,
            (Complete with { Diagnosis = PartialDate.Find("2020-01") }).DiagnosisToInfusionMonths);
}
