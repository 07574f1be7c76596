using Equecel.Analytics.Derivation;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Datasets;

/// <summary>Values of the contracts in CDISC's words.</summary>
/// <remarks>Source: CDISC controlled terminology for SDTM; where it has no word, the study's own.</remarks>
internal static class Codes
{
    /// <summary>The product, which is the only arm.</summary>
    public const string Arm = "Equecabtagene autoleucel";

    /// <summary>Sex; <c>U</c> when it is not known.</summary>
    public static string Sex(Participation? participation) => participation?.Sex switch
    {
        Participation.Types.Sex.Female => "F",
        Participation.Types.Sex.Male => "M",
        _ => "U",
    };

    /// <summary>Where data came from; null when it is not told.</summary>
    public static string? Origin(DataOrigin origin) => origin switch
    {
        DataOrigin.Prospective => "PROSPECTIVE",
        DataOrigin.Retrospective => "RETROSPECTIVE",
        _ => null,
    };

    /// <summary>An answer in one letter; null when it was not asked.</summary>
    public static string? Letter(YesNoUnknown? answer) => answer switch
    {
        YesNoUnknown.Yes => "Y",
        YesNoUnknown.No => "N",
        YesNoUnknown.Unknown => "U",
        _ => null,
    };

    /// <summary>A response as the IMWG writes it.</summary>
    public static string Response(ResponseCategory category) => category switch
    {
        ResponseCategory.StringentCompleteResponse => "sCR",
        ResponseCategory.CompleteResponse => "CR",
        ResponseCategory.VeryGoodPartialResponse => "VGPR",
        ResponseCategory.PartialResponse => "PR",
        ResponseCategory.MinimalResponse => "MR",
        ResponseCategory.StableDisease => "SD",
        ResponseCategory.ProgressiveDisease => "PD",
        _ => "NE",
    };

    /// <summary>Number of a visit; null when none is told.</summary>
    public static int? VisitNumber(Visit visit) => visit switch
    {
        Visit.Unspecified => null,
        Visit.Unscheduled => 99,
        _ => (int)visit,
    };

    /// <summary>Name of a visit; null when none is told.</summary>
    public static string? VisitName(Visit visit) => visit switch
    {
        Visit.Unspecified => null,
        Visit.Screening => "SCREENING",
        Visit.AfterBridging => "AFTER BRIDGING",
        Visit.Baseline => "BASELINE",
        Visit.Later => "AFTER WEEK 24",
        Visit.Unscheduled => "UNSCHEDULED",
        _ => $"WEEK {$"{visit}"[4..]}",
    };

    /// <summary>Why a questionnaire or a test is not there; null when that is not told.</summary>
    public static string? Missing(MissingReason reason) => reason switch
    {
        MissingReason.NotDone => "NOT DONE",
        MissingReason.Unknown => "UNKNOWN",
        MissingReason.NotApplicable => "NOT APPLICABLE",
        MissingReason.NotAvailable => "SOURCE NOT AVAILABLE",
        MissingReason.Refused => "SUBJECT REFUSED",
        _ => null,
    };

    /// <summary>Whether the product caused something; null when that was not judged.</summary>
    public static string? Relation(Causality? causality) => causality switch
    {
        Causality.Related => "RELATED",
        Causality.Probable => "PROBABLY RELATED",
        Causality.Possible => "POSSIBLY RELATED",
        Causality.Unlikely => "UNLIKELY RELATED",
        Causality.Unrelated => "NOT RELATED",
        Causality.NotAssessable => "NOT ASSESSABLE",
        _ => null,
    };

    /// <summary>Whether a death is put down to the product; null when that was not judged.</summary>
    public static string? Attribution(Causality? causality) => causality switch
    {
        Causality.Related or Causality.Probable or Causality.Possible => "TREATMENT RELATED",
        Causality.Unlikely or Causality.Unrelated => "NONTREATMENT RELATED",
        Causality.NotAssessable => "UNDETERMINED",
        _ => null,
    };

    /// <summary>How an event went; null when that is not told.</summary>
    public static string? Outcome(EventOutcome outcome) => outcome switch
    {
        EventOutcome.Recovered => "RECOVERED/RESOLVED",
        EventOutcome.Recovering => "RECOVERING/RESOLVING",
        EventOutcome.NotRecovered => "NOT RECOVERED/NOT RESOLVED",
        EventOutcome.RecoveredWithSequelae => "RECOVERED/RESOLVED WITH SEQUELAE",
        EventOutcome.Fatal => "FATAL",
        EventOutcome.Unknown => "UNKNOWN",
        _ => null,
    };

    /// <summary>What was done with the infusion; null when that is not told.</summary>
    public static string? Action(AdverseEvent.Types.Action action) => action switch
    {
        AdverseEvent.Types.Action.NotApplicable => "NOT APPLICABLE",
        AdverseEvent.Types.Action.Withdrawn => "DRUG WITHDRAWN",
        AdverseEvent.Types.Action.DoseReduced => "DOSE REDUCED",
        AdverseEvent.Types.Action.DoseIncreased => "DOSE INCREASED",
        AdverseEvent.Types.Action.DoseNotChanged => "DOSE NOT CHANGED",
        AdverseEvent.Types.Action.Unknown => "UNKNOWN",
        _ => null,
    };

    /// <summary>A name of the contract in capital letters: <c>SERIOUS INFECTION</c> for <c>SeriousInfection</c>; null for the first value, which is none.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    public static string? Words<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        EqualityComparer<TEnum>.Default.Equals(value, default)
            ? null
            : string.Concat($"{value}".Select((letter, i) => char.IsUpper(letter) && i > 0 ? $" {letter}" : $"{char.ToUpperInvariant(letter)}"));
}
