using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Safety.Reporting;

/// <summary>What one version of an adverse event says about its reports.</summary>
/// <param name="Version">The version.</param>
/// <param name="Form">What it says.</param>
public sealed record ReportableVersion(SavedVersion Version, AdverseEvent Form)
{
    /// <summary>Whether it is serious.</summary>
    public bool IsSerious => Form.Serious || Form.SeriousnessCriteria.Count > 0;

    /// <summary>Whether the participant died of it.</summary>
    public bool IsFatal => Form.Outcome == EventOutcome.Fatal || Form.SeriousnessCriteria.Contains(SeriousnessCriterion.Death);

    /// <summary>Whether it led to death or to a risk of it at the time.</summary>
    public bool IsFatalOrLifeThreatening => IsFatal || Form.SeriousnessCriteria.Contains(SeriousnessCriterion.LifeThreatening);

    /// <summary>Whether investigator or sponsor does not rule out that the eque-cel caused it. Not assessable counts; not assessed does not.</summary>
    public bool IsRelated => IsRelatedTo(Form.SponsorCausality) || Form.Causes.Any(cause => cause.Cause == Cause.EqueCel && IsRelatedTo(cause.Causality));

    /// <summary>Whether it is CRS, ICANS or a second cancer, related to the eque-cel.</summary>
    public bool IsRelatedSpecialInterest =>
        IsRelated && Form.SpecialInterest is (SpecialInterest.Crs or SpecialInterest.Icans or SpecialInterest.SecondaryMalignancy);

    /// <summary>Whether it is a serious adverse reaction that nobody has found to be expected (SUSAR).</summary>
    public bool IsSuspectedUnexpected => IsSerious && IsRelated && Form.Expectedness != Expectedness.Expected;

    /// <summary>Whether it was recorded as it happened.</summary>
    public bool IsProspective => Version.Origin == DataOrigin.Prospective;

    private static bool IsRelatedTo(Causality causality) =>
        causality is Causality.Related or Causality.Probable or Causality.Possible or Causality.NotAssessable;
}
