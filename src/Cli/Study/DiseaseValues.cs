using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using static Equecel.Assessment.V1.DiseaseAssessment.Types;

namespace Equecel.Cli.Study;

/// <summary>The markers of one participant's myeloma, which fall as far as the response says (IMWG 2016).</summary>
/// <param name="course">What happens to the participant.</param>
/// <param name="draw">Random numbers.</param>
internal sealed class DiseaseValues(Course course, Draw draw)
{
    private const double NormalChain = 9;

    private readonly double serum = course.Track is Track.Serum or Track.SerumAndUrine ? Math.Round(draw.Normal(30, 12, 12, 70), 1) : 0;
    private readonly double urine = course.Track is Track.Urine or Track.SerumAndUrine ? Math.Round(draw.Normal(1800, 700, 1200, 6000)) : 0;
    private readonly double chain = course.Track == Track.Marrow ? 12 : Math.Round(draw.Normal(course.Track == Track.LightChains ? 900 : 300, 150, 150, 2000), 1);
    private readonly double marrow = draw.Between(course.Track == Track.Marrow ? 40 : 5, 75, 0);

    private double lowest = 1;

    /// <summary>On what an investigator rests a progression.</summary>
    public ProgressionReason Reason => course.Track switch
    {
        Track.Serum or Track.SerumAndUrine => ProgressionReason.Serum,
        Track.Urine => ProgressionReason.Urine,
        Track.LightChains => ProgressionReason.LightChain,
        _ => ProgressionReason.Marrow,
    };

    /// <summary>Fills in serum, urine and light chains.</summary>
    /// <param name="form">The form.</param>
    /// <param name="response">The response; null at baseline.</param>
    public void Measure(DiseaseAssessment form, Response? response)
    {
        var left = Left(response);
        var isClear = response is Response.StringentComplete or Response.Complete;
        form.SerumMProteinGPerL = isClear ? 0 : Rounded(serum * left, serum > 0 ? 0.1 : 0, 1);
        form.UrineVolumeMl = draw.Between(1000, 2400, 0);
        form.UrineMProteinMgPer24H = isClear ? 0 : Math.Round(urine * (response == Response.Partial ? Math.Clamp(left / 3, 0.085, 0.099) : left));
        if (response == Response.VeryGoodPartial)
        {
            form.UrineMProteinMgPer24H = Math.Min(form.UrineMProteinMgPer24H, 90);
        }

        form.SerumImmunofixation = isClear || serum == 0 ? Immunofixation.Negative : Immunofixation.Positive;
        form.UrineImmunofixation = isClear || urine == 0 ? Immunofixation.Negative : Immunofixation.Positive;
        if (response is not null)
        {
            form.SerumBand = form.SerumImmunofixation == Immunofixation.Positive ? Band.Original : Band.Unspecified;
            form.UrineBand = form.UrineImmunofixation == Immunofixation.Positive ? Band.Original : Band.Unspecified;
        }

        var involved = isClear || course.Track == Track.Marrow ? draw.Between(8, 11, 1) : Math.Round(NormalChain + (chain * left), 1);
        (form.KappaMgPerL, form.LambdaMgPerL) = course.Chain == MyelomaHistory.Types.LightChain.Kappa ? (involved, NormalChain) : (NormalChain, involved);
        form.LightChainAssay = LightChainAssay.Freelite;
        form.IggGPerL = draw.Between(2, 9, 1);
    }

    /// <summary>Fills in the marrow.</summary>
    /// <inheritdoc cref="Measure"/>
    public void TakeMarrow(DiseaseAssessment form, Response? response)
    {
        form.MarrowMethod = draw.Pick(MarrowMethod.Aspirate, MarrowMethod.Both);
        form.MarrowPlasmaCellsPercent = response is Response.StringentComplete or Response.Complete or Response.VeryGoodPartial
            ? draw.Between(0, 3, 1)
            : Math.Min(100, Math.Round(response == Response.ProgressiveDisease ? Math.Max(marrow, 30) : marrow * lowest, 1));
        var isClean = response is Response.StringentComplete;
        form.MarrowClonality = isClean ? CellSearch.Negative : CellSearch.Positive;
        form.ClonalityMethod = ClonalityMethod.Flow;
        if (response is Response.StringentComplete or Response.Complete or Response.VeryGoodPartial)
        {
            form.Mrd = draw.Chance(isClean ? 0.97 : 0.85) ? CellSearch.Negative : CellSearch.Positive;
            form.MrdMethod = MrdMethod.Flow;
            form.MrdSensitivity = MrdSensitivity._1E5;
        }
    }

    /// <summary>Fills in what imaging shows.</summary>
    /// <inheritdoc cref="Measure"/>
    public void See(DiseaseAssessment form, Response? response)
    {
        if (!course.IsExtramedullary)
        {
            return;
        }

        var side = response switch
        {
            null => 1,
            Response.StringentComplete or Response.Complete => 0,
            Response.VeryGoodPartial => 0.25,
            Response.Partial => 0.6,
            Response.Minimal => 0.65,
            Response.ProgressiveDisease => 1,
            _ => 0.95,
        };
        form.ImagingDate = form.ResponseDate;
        form.BoneImaging = ImagingMethod.PetCt;
        form.NewLesion = YesNoUnknown.No;
        if (side > 0)
        {
            form.Plasmacytomas.Add(new Plasmacytoma
            {
                LesionId = "L1",
                Location = "Chest wall",
                SoftTissue = YesNoUnknown.Yes,
                LongDiameterMm = Math.Round(40 * side, 1),
                ShortAxisMm = Math.Round(25 * side, 1),
                Method = ImagingMethod.PetCt,
            });
        }
    }

    /// <summary>Takes out what was not done at a visit.</summary>
    /// <param name="form">The form.</param>
    /// <param name="draw">Random numbers.</param>
    /// <param name="track">What can be measured.</param>
    /// <returns>What is missing.</returns>
    public static IEnumerable<MissingValue> LeaveOut(DiseaseAssessment form, Draw draw, Track track)
    {
        var missing = new List<MissingValue>();
        if (draw.Chance(track is Track.Urine or Track.SerumAndUrine ? 0.1 : 0.39))
        {
            form.ClearUrineMProteinMgPer24H();
            form.ClearUrineVolumeMl();
            (form.UrineImmunofixation, form.UrineBand) = (Immunofixation.Unspecified, Band.Unspecified);
            missing.AddRange([FormSet.Empty("urine_m_protein_mg_per_24h"), FormSet.Empty("urine_immunofixation")]);
        }

        if (draw.Chance(track == Track.LightChains ? 0.04 : 0.11))
        {
            form.ClearKappaMgPerL();
            form.ClearLambdaMgPerL();
            form.LightChainAssay = LightChainAssay.Unspecified;
            missing.AddRange([FormSet.Empty("kappa_mg_per_l"), FormSet.Empty("lambda_mg_per_l")]);
        }

        return missing;
    }

    // The share of the baseline that is left. A progression rises from the lowest value, by far more than it must.
    private double Left(Response? response)
    {
        var left = response switch
        {
            null => 1,
            Response.StringentComplete or Response.Complete => 0,
            Response.VeryGoodPartial => draw.Between(0.02, 0.07, 3),
            Response.Partial => draw.Between(0.2, 0.4, 2),
            Response.Minimal => draw.Between(0.55, 0.7, 2),
            Response.ProgressiveDisease => Math.Max(1.3, lowest + 0.6),
            _ => draw.Between(0.88, 1.0, 2),
        };
        lowest = Math.Min(lowest, left);
        return left;
    }

    private static double Rounded(double value, double least, int decimals) => Math.Max(least, Math.Round(value, decimals));
}
