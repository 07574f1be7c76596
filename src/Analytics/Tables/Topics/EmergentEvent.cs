using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Common.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>An adverse event that emerged under treatment.</summary>
/// <param name="Form">The event.</param>
/// <param name="Record">Its record.</param>
/// <param name="Onset">Date that counts for its onset.</param>
internal sealed record EmergentEvent(AdverseEvent Form, DossierRecord Record, OnsetDate Onset)
{
    /// <summary>Whether the eque-cel may have caused it, in the investigator's judgement; one that cannot be judged counts as related.</summary>
    public bool IsRelated => Form.Causes.Any(cause => cause.Cause == AdverseEvent.Types.Cause.EqueCel
        && cause.Causality is Causality.Related or Causality.Probable or Causality.Possible or Causality.NotAssessable);

    /// <summary>The preferred term, else the site's words; the same for all ways of writing.</summary>
    public string Term => (Form.Coding?.Pt is { Length: > 0 } preferred ? preferred : Form.Term).Trim().ToLowerInvariant();

    /// <summary>What happened, in words.</summary>
    /// <param name="subject">To whom.</param>
    public string InWords(Subject subject) => $"{Form.Term}, grade {Form.Grade}, {subject.DayInWords(Onset.Date)}";
}
