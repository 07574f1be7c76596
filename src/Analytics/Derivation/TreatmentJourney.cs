using Equecel.Analytics.Cohort;
using Equecel.Analytics.Statistics;
using Equecel.StudyRules;

namespace Equecel.Analytics.Derivation;

/// <summary>The way of one participant from diagnosis to infusion and home, in days between its steps.</summary>
/// <remarks>Clinical domain reference, section 1.1. An interval is null when a date is missing or the steps are out of order.</remarks>
internal sealed record TreatmentJourney
{
    /// <summary>Date of diagnosis, perhaps without its day.</summary>
    public PartialDate? Diagnosis { get; init; }

    /// <summary>Date of enrolment.</summary>
    public DateOnly? Enrolment { get; init; }

    /// <summary>The collections of cells, in any order.</summary>
    public IReadOnlyList<Apheresis> Leukaphereses { get; init; } = [];

    /// <summary>Days on which lymphodepletion was given, in any order.</summary>
    public IReadOnlyList<DateOnly> Lymphodepletion { get; init; } = [];

    /// <summary>Date of the first infusion; null before it.</summary>
    public DateOnly? Infusion { get; init; }

    /// <summary>Date of discharge from the stay with the infusion; null while in hospital.</summary>
    public DateOnly? Discharge { get; init; }

    /// <summary>The day on which the cells of the product were collected; null when not known.</summary>
    public DateOnly? CollectionDate => Apheresis.ProductDateOf(Leukaphereses, Infusion);

    /// <summary>From collection to infusion, in days: vein to vein.</summary>
    public int? VeinToVeinDays => Apheresis.VeinToVeinDays(Leukaphereses, Infusion);

    /// <summary>From enrolment to collection, in days.</summary>
    public int? EnrolmentToCollectionDays => Between(Enrolment, CollectionDate);

    /// <summary>From collection to the first day of lymphodepletion, in days.</summary>
    public int? CollectionToLymphodepletionDays => Between(CollectionDate, FirstLymphodepletion);

    /// <summary>From the first day of lymphodepletion to infusion, in days.</summary>
    public int? LymphodepletionToInfusionDays => Between(FirstLymphodepletion, Infusion);

    /// <summary>From infusion to discharge, in days.</summary>
    public int? InfusionToDischargeDays => Between(Infusion, Discharge);

    /// <summary>From diagnosis to infusion, in months of 30.4375 days; where only the month of diagnosis is known, from its 15th.</summary>
    public double? DiagnosisToInfusionMonths
    {
        get
        {
            var from = Diagnosis is { IsMonth: true } month ? month.First.AddDays(14) : Diagnosis?.First;
            return Between(from, Infusion) / PoissonRate.DaysPerMonth;
        }
    }

    private DateOnly? FirstLymphodepletion =>
        Lymphodepletion.Where(date => !(date > Infusion)).Select(date => (DateOnly?)date).Min();

    private static int? Between(DateOnly? from, DateOnly? to) =>
        to?.DayNumber - from?.DayNumber is { } days and >= 0 ? days : null;
}
