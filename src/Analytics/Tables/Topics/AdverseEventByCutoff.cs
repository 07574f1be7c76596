using Equecel.Safety.V1;
using Criterion = Equecel.Safety.V1.AdverseEvent.Types.SeriousnessCriterion;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>An adverse event as far as it had gone by the cut-off: a death after it makes no event fatal or serious.</summary>
/// <param name="Form">The event.</param>
/// <param name="Subject">The participant.</param>
/// <param name="DiedLater">Whether the participant died after the cut-off.</param>
/// <remarks>Rule set RWS-1: survival methods, section 12.1.</remarks>
internal sealed record AdverseEventByCutoff(AdverseEvent Form, Subject Subject, bool DiedLater)
{
    /// <summary>Whether it goes on at the cut-off.</summary>
    public bool IsOngoing => Form.Ongoing || !Subject.HadHappened(Form.EndDate);

    /// <summary>Whether it became fatal after the cut-off.</summary>
    public bool IsFatalLater => Form.Outcome == EventOutcome.Fatal && (DiedLater || !Subject.HadHappened(Form.EndDate));

    /// <summary>Worst grade; null when not told, and for a death after the cut-off.</summary>
    public int? Grade => Form.HasGrade && !(Form.Grade == 5 && IsFatalLater) ? Form.Grade : null;

    /// <summary>Whether it is serious, and not for a death after the cut-off alone; null when not told.</summary>
    public bool? IsSerious => Form.HasSerious
        ? Form.Serious && (Form.SeriousnessCriteria.Count == 0 || Form.SeriousnessCriteria.Any(Meets))
        : null;

    /// <summary>Whether a criterion of seriousness is met by the cut-off.</summary>
    /// <param name="criterion">The criterion.</param>
    public bool Meets(Criterion criterion) => criterion == Criterion.Death
        ? IsFatal || (Form.SeriousnessCriteria.Contains(criterion) && !IsFatalLater && !DiedLater)
        : Form.SeriousnessCriteria.Contains(criterion);

    private bool IsFatal => Form.Outcome == EventOutcome.Fatal && !IsFatalLater;
}
