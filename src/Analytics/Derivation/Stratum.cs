namespace Equecel.Analytics.Derivation;

/// <summary>The group of a participant within a subgroup analysis.</summary>
internal static class Stratum
{
    /// <summary>The name of the group whose value is not known.</summary>
    public const string Unknown = "unknown";

    private const int OlderAge = 65;
    private const int ManyLines = 3;
    private const decimal ImpairedEgfr = 60;

    /// <summary>Names the group.</summary>
    /// <param name="baseline">The participant.</param>
    /// <param name="subgroup">What participants are compared by.</param>
    /// <returns><see cref="Unknown"/> when the participant's value is not known.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The subgroup is unknown.</exception>
    public static string Of(BaselineFacts baseline, Subgroup subgroup) => subgroup switch
    {
        Subgroup.Origin => baseline.IsRetrospective ? "retrospective" : "prospective",
        Subgroup.Age => Name(baseline.AgeYears >= OlderAge, baseline.AgeYears, "65 or older", "under 65"),
        Subgroup.CytogeneticRisk => Name(baseline.HasHighRiskCytogenetics, "high risk", "standard risk"),
        Subgroup.ExtramedullaryDisease => Name(baseline.HasExtramedullaryDisease, "extramedullary disease", "none"),
        Subgroup.PriorLines => Name(baseline.PriorLines >= ManyLines, baseline.PriorLines, "3 or more", "under 3"),
        Subgroup.PriorBcmaTherapy => Name(baseline.HadPriorBcmaTherapy, "yes", "no"),
        Subgroup.TripleClassExposure => Name(baseline.IsTripleClassExposed, "exposed", "not exposed"),
        Subgroup.TripleClassRefractoriness => Name(baseline.IsTripleClassRefractory, "refractory", "not refractory"),
        Subgroup.RevisedStage => baseline.RevisedStage switch { 1 => "I", 2 => "II", 3 => "III", _ => Unknown },
        Subgroup.RenalImpairment => Name(baseline.EgfrMlPerMin < ImpairedEgfr, baseline.EgfrMlPerMin, "impaired", "not impaired"),
        Subgroup.BridgingResponse => baseline.BridgingResponse switch
        {
            null or ResponseCategory.NotEvaluable => Unknown,
            >= ResponseCategory.PartialResponse => "response",
            _ => "no response",
        },
        Subgroup.ProductSpecification => Name(baseline.IsInSpecification, "in specification", "out of specification"),
        _ => throw new ArgumentOutOfRangeException(nameof(subgroup), subgroup, "No such subgroup."),
    };

    private static string Name<T>(bool holds, T? value, string yes, string no)
        where T : struct =>
        Name(value is null ? null : holds, yes, no);

    private static string Name(bool? holds, string yes, string no) => holds switch { true => yes, false => no, null => Unknown };
}
