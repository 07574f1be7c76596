using Equecel.Analytics.Datasets.Tabulation;
using Equecel.Analytics.Derivation;
using Equecel.Common.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Datasets.Analysis;

/// <summary>An adverse event and when it counts.</summary>
/// <param name="Event">The event.</param>
/// <param name="IsFirst">Whether it is the participant's first that emerged under treatment.</param>
/// <param name="IsFirstOfClass">Whether it is the first such of its system organ class.</param>
/// <param name="IsFirstOfTerm">Whether it is the first such of its preferred term.</param>
internal sealed record AnalysedEventRow(AdverseEventRow Event, bool IsFirst, bool IsFirstOfClass, bool IsFirstOfTerm) : IDatasetRow
{
    /// <inheritdoc/>
    public DatasetSubject Subject => Event.Subject;

    /// <summary>Whether it emerged under treatment.</summary>
    public bool IsEmergent => Event.Emergence == TreatmentEmergence.Emergent;

    /// <summary>The day of its end; null while it goes on or when it is not known.</summary>
    public DateOnly? End => Event.IsOngoing ? null : Cohort.PartialDate.FindDay(Event.Form.EndDate);

    /// <summary>Days from its onset to its end, both included; null when one is not known to the day.</summary>
    public int? Duration => Event.Onset is { IsCompleted: false, Date: var start } && End is { } end && end >= start ? end.DayNumber - start.DayNumber + 1 : null;

    /// <summary>Where the onset lies; null when that is not known.</summary>
    public string? Phase => Event.Emergence switch
    {
        TreatmentEmergence.BeforeInfusion => "BEFORE INFUSION",
        TreatmentEmergence.Emergent => "TREATMENT WINDOW",
        TreatmentEmergence.AfterWindow => "AFTER WINDOW",
        _ => null,
    };

    /// <summary>Whether it counts as related; null when that was not judged.</summary>
    public bool? IsRelated => Event.Form.Causes.Where(cause => cause.Cause == AdverseEvent.Types.Cause.EqueCel)
        .Select(cause => (bool?)(cause.Causality is Causality.Related or Causality.Probable or Causality.Possible or Causality.NotAssessable)).FirstOrDefault();
}
