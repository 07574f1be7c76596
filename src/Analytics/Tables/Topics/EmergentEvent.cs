using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Common.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>An adverse event that emerged under treatment.</summary>
/// <param name="Known">The event, as far as it had gone by the cut-off.</param>
/// <param name="Record">Its record.</param>
/// <param name="Onset">Date that counts for its onset.</param>
internal sealed record EmergentEvent(AdverseEventByCutoff Known, DossierRecord Record, OnsetDate Onset)
{
    /// <summary>The event as it is recorded.</summary>
    public AdverseEvent Form => Known.Form;

    /// <summary>Worst grade; null when not told, and for a death after the cut-off.</summary>
    public int? Grade => Known.Grade;

    /// <summary>Whether it is told to be serious, and not for a death after the cut-off alone.</summary>
    public bool IsSerious => Known.IsSerious == true;

    /// <summary>Whether the eque-cel may have caused it, in the investigator's judgement; one that cannot be judged counts as related.</summary>
    public bool IsRelated => Form.Causes.Any(cause => cause.Cause == AdverseEvent.Types.Cause.EqueCel
        && cause.Causality is Causality.Related or Causality.Probable or Causality.Possible or Causality.NotAssessable);

    /// <summary>The system organ class as it was supplied, the same for all ways of writing; null when none was.</summary>
    public string? SystemOrganClass => Supplied(Form.Coding?.Soc);

    /// <summary>The preferred term, else the site's words; the same for all ways of writing.</summary>
    public string Term => Supplied(Form.Coding?.Pt) ?? Form.Term.Trim().ToLowerInvariant();

    /// <summary>What happened, in words.</summary>
    public string InWords() => $"{Form.Term}, {(Grade is { } grade ? $"grade {grade}" : "grade not known")}, {Known.Subject.DayInWords(Onset.Date)}";

    private static string? Supplied(string? words) => string.IsNullOrWhiteSpace(words) ? null : words.Trim().ToLowerInvariant();
}
