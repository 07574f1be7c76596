using Equecel.Safety.V1;

namespace Equecel.Safety.Toxicities;

/// <summary>Grades neurotoxicity of immune effector cells (ICANS).</summary>
/// <remarks>Source: Lee et al., ASTCT consensus grading, Biol Blood Marrow Transplant 2019;25:625-638.</remarks>
public static class IcansGrade
{
    /// <summary>Grades by the worst of five domains.</summary>
    /// <param name="ice">ICE score, 0 to 10; null when it was not taken.</param>
    /// <param name="findings">The other four domains, and whether the participant could not be woken for the score.</param>
    /// <param name="fatal">Whether it led to death.</param>
    /// <returns>0 (no ICANS) to 5 (death); null when a domain is not known.</returns>
    public static int? Compute(int? ice, IcansFindings findings, bool fatal = false) => fatal ? 5
        : ice is null || findings.Consciousness == Consciousness.Unspecified || findings.Seizure == Seizure.Unspecified
            || findings.MotorWeakness == MotorWeakness.Unspecified || findings.CerebralOedema == CerebralOedema.Unspecified ? null
        : new[] { OfIce(ice.Value, findings.IceUnable), Of(findings.Consciousness), Of(findings.Seizure), Of(findings.MotorWeakness), Of(findings.CerebralOedema) }.Max();

    // 0 in somebody who is awake, as in global aphasia, is grade 3.
    private static int OfIce(int ice, bool unable) => ice switch
    {
        _ when unable => 4,
        >= 10 => 0,
        >= 7 => 1,
        >= 3 => 2,
        _ => 3,
    };

    private static int Of(Consciousness consciousness) => consciousness switch
    {
        Consciousness.Spontaneous => 1,
        Consciousness.Voice => 2,
        Consciousness.Tactile => 3,
        Consciousness.Unarousable => 4,
        _ => 0,
    };

    private static int Of(Seizure seizure) => seizure switch
    {
        Seizure.Resolving => 3,
        Seizure.Prolonged => 4,
        _ => 0,
    };

    private static int Of(MotorWeakness weakness) => weakness == MotorWeakness.Focal ? 4 : 0;

    private static int Of(CerebralOedema oedema) => oedema switch
    {
        CerebralOedema.Focal => 3,
        CerebralOedema.Diffuse => 4,
        _ => 0,
    };
}
