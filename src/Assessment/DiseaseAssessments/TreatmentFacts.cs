using Equecel.Assessment.DiseaseAssessments.Imwg;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;

namespace Equecel.Assessment.DiseaseAssessments;

/// <summary>What Enrolment tells of the treatment and the diagnosis.</summary>
internal static class TreatmentFacts
{
    /// <summary>Dates of the treatment; null before the infusion.</summary>
    /// <param name="facts">What is known of the participant.</param>
    public static CourseDates? Dates(ParticipantFacts facts)
    {
        if (CivilDate.Find(facts.InfusionDate) is not { } infusion)
        {
            return null;
        }

        // What lies on the wrong side of the infusion is in question at Enrolment.
        var depletion = CivilDate.Find(facts.LymphodepletionStartDate);
        var therapy = CivilDate.Find(facts.NewTherapyDate);
        return new CourseDates(infusion, depletion < infusion ? depletion : null, therapy > infusion ? therapy : null);
    }

    /// <summary>The light chain found at diagnosis; null when it is not known, or not one.</summary>
    /// <param name="facts">What is known of the participant.</param>
    public static LightChain? Chain(ParticipantFacts facts) => facts.LightChain switch
    {
        MyelomaHistory.Types.LightChain.Kappa => LightChain.Kappa,
        MyelomaHistory.Types.LightChain.Lambda => LightChain.Lambda,
        _ => null,
    };

    /// <summary>Whether the myeloma was found to secrete nothing.</summary>
    /// <param name="facts">What is known of the participant.</param>
    public static bool IsNonSecretory(ParticipantFacts facts) =>
        facts is { HeavyChain: MyelomaHistory.Types.HeavyChain.None, LightChain: MyelomaHistory.Types.LightChain.None };
}
