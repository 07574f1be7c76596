using Equecel.Enrolment.V1;
using Equecel.Records.Forms;

namespace Equecel.Enrolment.BaselineProfiles;

/// <summary>Derives the baseline profile of a participant from the forms up to the infusion, with the questions that are open about it.</summary>
internal static class ProfileDerivation
{
    /// <summary>Name of the rules.</summary>
    public const string RuleSet = "BASELINE/RWS-1/3";

    /// <summary>Kinds of the forms that the profile is derived from: follow-ups and subsequent therapies change nothing of it.</summary>
    public static IReadOnlyCollection<string> From { get; } =
        ["participation", "eligibility", "myeloma_history", "cytogenetics", "prior_line", "leukapheresis", "bridging", "lymphodepletion", "infusion"];

    /// <summary>Derives it.</summary>
    /// <param name="facts">What is known of the participant.</param>
    /// <param name="records">The participant's forms.</param>
    /// <returns>One profile, about the participation; none without a participation.</returns>
    public static IEnumerable<DerivedForm> Derive(ParticipantFacts facts, IReadOnlyList<CurrentRecord> records)
    {
        if (records.FirstOrDefault(record => record.Form is Participation) is not { } source)
        {
            return [];
        }

        var forms = new ProfileForms((Participation)source.Form, facts, records);
        var profile = new BaselineProfile { ParticipationRecordId = source.RecordId, RuleSet = RuleSet };
        PersonProfile.Fill(profile, forms);
        DiseaseProfile.Fill(profile, forms);
        TherapyProfile.Fill(profile, forms);
        JourneyProfile.Fill(profile, forms);
        return [new DerivedForm(source.RecordId, profile, [.. ProfileFindings.Of(profile, forms)])];
    }
}
