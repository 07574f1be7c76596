using System.Globalization;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Tables.Topics;
using Equecel.Safety.V1;
using Criterion = Equecel.Safety.V1.AdverseEvent.Types.SeriousnessCriterion;

namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>An adverse event, as it stood at the cut-off.</summary>
/// <param name="Subject">The participant.</param>
/// <param name="Number">Number of the event among the participant's, from 1.</param>
/// <param name="Form">The event.</param>
/// <param name="Record">Its record.</param>
internal sealed record AdverseEventRow(DatasetSubject Subject, int Number, AdverseEvent Form, DossierRecord Record) : IDatasetRow
{
    /// <summary>The events of a participant that had begun by the cut-off. Numbers do not depend on it.</summary>
    /// <param name="subject">The participant.</param>
    public static IEnumerable<AdverseEventRow> Of(DatasetSubject subject) => subject.Dossier.All<AdverseEvent>()
        .Select((found, i) => new AdverseEventRow(subject, i + 1, found.Form, found.Record))
        .Where(row => subject.HadHappened(row.Form.OnsetDate));

    /// <summary>When it began.</summary>
    public string? Start => Dtc.Text(Form.OnsetTime) ?? Dtc.Text(Form.OnsetDate);

    /// <summary>When it ended; null while it goes on.</summary>
    public string? End => IsOngoing ? null : Dtc.Text(Form.EndTime) ?? Dtc.Text(Form.EndDate);

    /// <summary>Whether it goes on at the cut-off.</summary>
    public bool IsOngoing => ByCutoff.IsOngoing;

    /// <summary>How it went, as far as that was so by the cut-off.</summary>
    public string? Outcome => ByCutoff.IsFatalLater || (IsOngoing && !Form.Ongoing) ? "NOT RECOVERED/NOT RESOLVED" : Codes.Outcome(Form.Outcome);

    /// <summary>Worst grade; null when not told, and for a death after the cut-off.</summary>
    public int? Grade => ByCutoff.Grade;

    /// <summary>By what it was graded.</summary>
    public string Scale => Form.SpecialInterest is AdverseEvent.Types.SpecialInterest.Crs or AdverseEvent.Types.SpecialInterest.Icans
        ? "ASTCT 2019"
        : Form.CtcaeVersion == AdverseEvent.Types.CtcaeVersion._60 ? "CTCAE V6.0" : "CTCAE V5.0";

    /// <summary>Whether it is serious, and not for a death after the cut-off alone; null when not told.</summary>
    public bool? IsSerious => ByCutoff.IsSerious;

    /// <summary>Whether the product caused it.</summary>
    public string? Relation => Form.Causes.Where(cause => cause.Cause == AdverseEvent.Types.Cause.EqueCel).Select(cause => Codes.Relation(cause.Causality)).FirstOrDefault();

    /// <summary>What was given or done because of it by the cut-off; empty when nothing was, or that is not told.</summary>
    public string OtherAction => string.Join("; ", Form.Treatments
        .Where(one => one.Kind != AdverseEvent.Types.TreatmentKind.None && Subject.HadHappened(one.StartDate))
        .Select(one => one.Kind).Distinct().Order().Select(kind => Codes.Words(kind)).OfType<string>());

    /// <summary>Date that counts for its onset, as a day; null when year and month are not known.</summary>
    public OnsetDate? Onset => PartialDate.Find(Form.OnsetDate) is not { } onset ? null
        : Subject.TreatmentStart is { } infusion ? OnsetDate.Complete(onset, infusion, PartialDate.FindDay(Form.EndDate)) : new OnsetDate(onset.First, onset.IsMonth);

    /// <summary>Whether it emerged under treatment.</summary>
    public TreatmentEmergence Emergence => Subject.IsAnalysed ? EmergentEvents.OnsetOf(Form, Subject.Subject).Emergence(Subject.Subject.InfusionDate, Subject.Subject.Cutoff) : TreatmentEmergence.Unknown;

    /// <summary>Whether a criterion of seriousness is met by the cut-off.</summary>
    /// <param name="criterion">The criterion.</param>
    public bool Meets(Criterion criterion) => ByCutoff.Meets(criterion);

    private AdverseEventByCutoff ByCutoff => new(Form, Subject.Subject, Subject.DiedLater);

    /// <summary>A code of MedDRA; null when it was not coded.</summary>
    /// <param name="code">Eight digits.</param>
    public static int? Code(string? code) => int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
