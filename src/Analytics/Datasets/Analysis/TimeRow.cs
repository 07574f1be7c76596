using Equecel.Analytics.Datasets.Tabulation;
using Equecel.Analytics.Derivation;

namespace Equecel.Analytics.Datasets.Analysis;

/// <summary>The time of a participant to an event.</summary>
/// <param name="Subject">The participant.</param>
/// <param name="Parameter">The endpoint.</param>
/// <param name="Start">Day 1.</param>
/// <param name="Time">When and how it ended.</param>
/// <param name="Number">Number of the row among the participant's, from 1.</param>
internal sealed record TimeRow(DatasetSubject Subject, TimeParameter Parameter, DateOnly Start, TimeToEvent Time, int Number) : IDatasetRow
{
    /// <summary>0 for the event; for whatever else ended the time a number of its own.</summary>
    public int Censoring => (Time.Outcome, Time.Reason) switch
    {
        (Statistics.CompetingOutcome.Event, _) => 0,
        (Statistics.CompetingOutcome.CompetingEvent, EndReason.Progression) => 7,
        (Statistics.CompetingOutcome.CompetingEvent, EndReason.Death) => 8,
        (Statistics.CompetingOutcome.CompetingEvent, _) => 9,
        (_, EndReason.LastKnownAlive) => 1,
        (_, EndReason.DataCutoff) => 2,
        (_, EndReason.LastAssessment) => 3,
        (_, EndReason.NoAssessment) => 4,
        (_, EndReason.NewTherapy) => 5,
        _ => 6,
    };

    /// <summary>Whether the day of the date was not known: a death's alone is completed.</summary>
    public bool IsDateCompleted => Time.Reason == EndReason.Death && Subject.Subject.Course!.IsDeathDateCompleted;

    /// <summary>What ended it, in words.</summary>
    public string Words => (Time.Outcome, Time.Reason) switch
    {
        (Statistics.CompetingOutcome.Event, EndReason.Response) => Parameter.EventInWords,
        (_, EndReason.Progression) => "DISEASE PROGRESSION",
        (_, EndReason.Death) => "DEATH",
        (Statistics.CompetingOutcome.Censored, EndReason.NewTherapy) => "LAST ADEQUATE ASSESSMENT BEFORE NEW ANTI-MYELOMA THERAPY",
        (_, EndReason.NewTherapy) => "NEW ANTI-MYELOMA THERAPY",
        (_, EndReason.LastKnownAlive) => "LAST KNOWN ALIVE",
        (_, EndReason.DataCutoff) => "DATA CUT-OFF",
        (_, EndReason.NoAssessment) => "NO ADEQUATE ASSESSMENT AFTER INFUSION",
        (_, EndReason.MissedAssessments) => "LAST ADEQUATE ASSESSMENT BEFORE TWO MISSED ONES",
        _ => "LAST ADEQUATE ASSESSMENT",
    };

    /// <summary>Where the date comes from: dataset, variable, and number of the row where rows are numbered.</summary>
    public (string? Dataset, string? Variable, int? Number) Source => Time.Reason switch
    {
        EndReason.DataCutoff => (null, null, null),
        EndReason.Death => ("DM", "DTHDTC", null),
        EndReason.LastKnownAlive => ("ADSL", "LSTALVDT", null),
        EndReason.NewTherapy when Time.Outcome != Statistics.CompetingOutcome.Censored => ("ADSL", "NACTDT", null),
        _ when Assessment is { } assessment => ("RS", "RSDTC", assessment.Number),
        _ => ("EX", "EXSTDTC", 1),
    };

    // A progression comes from an assessment that says so, even when another of the same day does not.
    private ResponseRow? Assessment => Subject.Responses
        .Where(row => row.Category is not null && row.Day == Time.Date)
        .OrderByDescending(row => (row.Category == ResponseCategory.ProgressiveDisease) == (Time.Reason == EndReason.Progression))
        .FirstOrDefault();
}
