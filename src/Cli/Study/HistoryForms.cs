using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.Cytogenetics.Types;
using static Equecel.Enrolment.V1.MyelomaHistory.Types;

namespace Equecel.Cli.Study;

/// <summary>The myeloma before the infusion: diagnosis, stage and chromosomes.</summary>
internal static class HistoryForms
{
    private static readonly (Abnormality Abnormality, double Share)[] Looked =
    [
        (Abnormality.Gain1Q21, 0.45), (Abnormality.Del17P, 0.25), (Abnormality.T414, 0.15), (Abnormality.T1416, 0.03),
        (Abnormality.T1114, 0.15), (Abnormality.Del13Q, 0.4),
    ];

    /// <summary>Adds them.</summary>
    /// <param name="forms">Where to.</param>
    /// <param name="course">What happens to the participant.</param>
    public static void Add(FormSet forms, Course course)
    {
        var draw = course.Draw("history");
        var lines = LineForms.Add(forms, course);
        var diagnosis = lines.AddDays(-draw.Between(10, 40));
        var history = History(course, draw, diagnosis);
        var computed = history.ReportedIssAtDiagnosis;
        if (course.Contradiction == Contradiction.Stage)
        {
            history.ReportedIssAtDiagnosis = computed == Stage.I ? Stage.Iii : Stage.I;
        }

        forms.Add("myeloma history", new Enrolment.V1.SubmitRecordRequest { MyelomaHistory = history });
        if (course is { Contradiction: Contradiction.Stage, IsCorrected: true })
        {
            forms.Amend<Enrolment.V1.SubmitRecordRequest>("myeloma history", request => request.MyelomaHistory.ReportedIssAtDiagnosis = computed, "Stage was copied wrongly");
        }

        if (!draw.Chance(0.07))
        {
            forms.Add("cytogenetics", new Enrolment.V1.SubmitRecordRequest { Cytogenetics = Chromosomes(course, draw) });
        }
    }

    private static MyelomaHistory History(Course course, Draw draw, DateOnly diagnosis)
    {
        var (b2m, albumin) = (draw.Between(1.8, 9.0, 1), draw.Between(26, 45, 0));
        var history = new MyelomaHistory
        {
            DiagnosisDate = course.IsProspective ? Dates.Text(diagnosis) : Dates.Month(diagnosis),
            HeavyChain = Heavy(course, draw),
            LightChain = course.Track == Track.Marrow ? LightChain.None : course.Chain,
            DurieSalmon = draw.Pick(DurieSalmon.Iia, DurieSalmon.Iiia, DurieSalmon.Iiia, DurieSalmon.Iiib),
            DiagnosisBeta2MicroglobulinMgPerL = b2m,
            DiagnosisAlbuminGPerL = albumin,
            DiagnosisLdhUPerL = draw.Between(130, 330, 0),
            DiagnosisCreatinineUmolPerL = draw.Between(50, 160, 0),
            ReportedIssAtDiagnosis = b2m >= 5.5 ? Stage.Iii : b2m >= 3.5 || albumin < 35 ? Stage.Ii : Stage.I,
            BaselineBeta2MicroglobulinMgPerL = draw.Between(1.8, 8, 1),
            BaselineAlbuminGPerL = draw.Between(30, 45, 0),
            BaselineLdhUPerL = draw.Between(130, 320, 0),
            BaselineCreatinineUmolPerL = draw.Between(50, 130, 0),
            BaselineDate = course.On(Course.DepletionDay - 4),
            BoneLesions = draw.Pick(BoneLesions.None, BoneLesions.OneToThree, BoneLesions.MoreThanThree, BoneLesions.MoreThanThree),
            BoneImaging = Imaging.PetCt,
            Extramedullary = course.IsExtramedullary ? draw.Pick(Extramedullary.Paraskeletal, Extramedullary.Extraosseous, Extramedullary.Both) : Extramedullary.None,
        };
        if (course.IsExtramedullary)
        {
            history.ExtramedullarySites.Add(new ExtramedullarySite
            {
                Site = "Chest wall",
                LongDiameterMm = 40,
                ShortAxisMm = 25,
                Method = Imaging.PetCt,
                ImagingDate = course.On(Course.DepletionDay - 5),
            });
        }

        return history;
    }

    private static HeavyChain Heavy(Course course, Draw draw) => course.Track switch
    {
        Track.Serum or Track.SerumAndUrine => draw.Pick(HeavyChain.Igg, HeavyChain.Igg, HeavyChain.Iga, HeavyChain.Igd),
        _ => HeavyChain.None,
    };

    private static Cytogenetics Chromosomes(Course course, Draw draw)
    {
        var sample = new Cytogenetics
        {
            SampleDate = course.On(course.LeukapheresisDay - draw.Between(1, 20)),
            Method = draw.Chance(0.8) ? Method.FishCd138 : Method.FishUnselected,
        };
        foreach (var (abnormality, share) in Looked)
        {
            var isFound = draw.Chance(share);
            var result = new Result { Abnormality = abnormality, Outcome = isFound ? Outcome.Positive : draw.Chance(0.05) ? Outcome.NotDone : Outcome.Negative };
            if (isFound)
            {
                result.PercentCells = draw.Between(15, 95, 0);
            }

            if (isFound && abnormality == Abnormality.Gain1Q21)
            {
                result.Copies1Q = 3;
            }

            sample.Results.Add(result);
        }

        return sample;
    }
}
