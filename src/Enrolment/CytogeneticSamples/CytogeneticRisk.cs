using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.Cytogenetics.Types;

namespace Equecel.Enrolment.CytogeneticSamples;

/// <summary>
/// What a participant's samples say about the risk. An abnormality is there when any sample has it, and is not when one was
/// searched and none has it.
/// </summary>
/// <remarks>
/// Sources: Palumbo et al., Journal of Clinical Oncology 2015, 33:2863 (R-ISS);
/// Avet-Loiseau et al., Journal of Clinical Oncology 2025, 43:2739 (consensus of IMS and IMWG).
/// </remarks>
internal sealed class CytogeneticRisk
{
    private const decimal CountingShare = 20;
    private const decimal HighB2m = 5.5m;
    private const decimal NormalCreatinine = 106;

    private readonly IReadOnlyList<Cytogenetics> samples;

    /// <summary>Takes the samples.</summary>
    /// <param name="samples">Them.</param>
    public CytogeneticRisk(IEnumerable<Cytogenetics> samples) => this.samples = [.. samples];

    /// <summary>del(17p).</summary>
    public bool? Del17P => Has(Abnormality.Del17P);

    /// <summary>t(4;14).</summary>
    public bool? T414 => Has(Abnormality.T414);

    /// <summary>More than two copies of 1q21. Two copies counted are neither a gain nor an amplification, whichever was asked for.</summary>
    public bool? More1Q => (Has(Abnormality.Gain1Q21), Has(Abnormality.Amp1Q21)) switch
    {
        (true, _) or (_, true) => true,
        (false, false) => false,
        _ => Results(Abnormality.Gain1Q21).Concat(Results(Abnormality.Amp1Q21))
            .Any(result => result is { Outcome: Outcome.Negative, HasCopies1Q: true, Copies1Q: 2 }) ? false : null,
    };

    /// <summary>Any of those of the R-ISS.</summary>
    public bool? HighRiskRiss => Del17P | T414 | Has(Abnormality.T1416);

    /// <summary>Any of those that Chinese reports list.</summary>
    public bool? HighRiskBroad => ThreeValued.Any(Broad());

    /// <summary>Two of these or more.</summary>
    public bool? DoubleHit => ThreeValued.AtLeast(Broad(), 2);

    /// <summary>Three of these or more.</summary>
    public bool? TripleHit => ThreeValued.AtLeast(Broad(), 3);

    /// <summary>High risk by the consensus of IMS and IMWG, 2025.</summary>
    /// <param name="b2m">Beta-2 microglobulin in mg/L; null when missing.</param>
    /// <param name="creatinine">Creatinine in µmol/L; null when missing.</param>
    public bool? HighRiskCgs2025(decimal? b2m, decimal? creatinine)
    {
        var single = Has(Abnormality.Del1P32Monoallelic);
        var both = Has(Abnormality.Del1P32Biallelic);
        var translocation = T414 | Has(Abnormality.T1416) | Has(Abnormality.T1420);
        bool? raised = (b2m is null ? null : b2m >= HighB2m) & (creatinine is null ? null : creatinine < NormalCreatinine);
        return Del17PInFifth() | Has(Abnormality.Tp53Mutation) | (translocation & (More1Q | single | both)) | (single & More1Q) | both | raised;
    }

    private IEnumerable<bool?> Broad() =>
        [Del17P, Has(Abnormality.Tp53Mutation), T414, Has(Abnormality.T1416), Has(Abnormality.T1420), More1Q];

    // Unselected cells dilute the share: a fifth of them is more than a fifth of the plasma cells, less says nothing.
    private bool? Del17PInFifth()
    {
        if (Del17P != true)
        {
            return Del17P;
        }

        return ThreeValued.Any(
            from sample in samples
            from result in sample.Results
            where result is { Abnormality: Abnormality.Del17P, Outcome: Outcome.Positive }
            let share = WireNumber.Find(result.HasPercentCells, result.PercentCells)
            select share >= CountingShare ? true : share is not null && sample.Method == Method.FishCd138 ? false : (bool?)null);
    }

    private bool? Has(Abnormality abnormality)
    {
        var outcomes = Results(abnormality).Select(result => result.Outcome).ToHashSet();
        return outcomes.Contains(Outcome.Positive) ? true : outcomes.Contains(Outcome.Negative) ? false : null;
    }

    private IEnumerable<Result> Results(Abnormality abnormality) =>
        samples.SelectMany(sample => sample.Results).Where(result => result.Abnormality == abnormality);
}
