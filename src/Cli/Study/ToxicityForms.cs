using Equecel.Common.V1;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Cli.Study;

/// <summary>Cytokine release syndrome and ICANS: the events, and the days on which they were looked for.</summary>
internal static class ToxicityForms
{
    private const int LastDay = 13;
    private const int DaysOfWorst = 2;

    /// <summary>The events; each has findings that give its grade (ASTCT 2019).</summary>
    /// <param name="course">What happens to the participant.</param>
    public static IEnumerable<StudyEvent> Events(Course course)
    {
        var draw = course.Draw("toxicity");
        var grade = draw.Weighed(12, 58, 28, 1.7, 0.3);
        var onset = draw.Days(6, 0.45, 1, 14);
        var lasts = draw.Days(5, 0.4, 2, 14);
        var treatments = ((TreatmentKind Kind, double Share)[])[(TreatmentKind.Tocilizumab, 0.34), (TreatmentKind.Steroid, 0.23)];
        if (grade > 0)
        {
            yield return new("Cytokine release syndrome", grade, onset, lasts)
            {
                Seriousness = grade >= 3 ? [SeriousnessCriterion.LifeThreatening] : [],
                Interest = SpecialInterest.Crs,
                Causality = Causality.Related,
                Crs = CrsOf(grade),
                Treatments = [.. treatments.Where(treatment => draw.Chance(treatment.Share)).Select(treatment => treatment.Kind)],
            };
        }

        if (course.Number % 40 == 17)
        {
            yield return new("Immune effector cell-associated neurotoxicity syndrome", 1 + (course.Number / 40 % 2), onset + 1, 3)
            {
                Interest = SpecialInterest.Icans,
                Causality = Causality.Related,
                Icans = IcansOf(1 + (course.Number / 40 % 2)),
                Treatments = [TreatmentKind.Steroid],
            };
        }
    }

    /// <summary>Adds the daily records; an archive has those of days with symptoms.</summary>
    /// <param name="forms">Where to.</param>
    /// <param name="course">What happens to the participant.</param>
    /// <param name="events">The participant's events.</param>
    public static void AddDays(FormSet forms, Course course, IReadOnlyList<StudyEvent> events)
    {
        var draw = course.Draw("days");
        for (var day = 0; day <= Math.Min(LastDay, course.EndDay); day++)
        {
            var (crs, icans) = (GradeOn(day, events, SpecialInterest.Crs), GradeOn(day, events, SpecialInterest.Icans));
            if ((course.IsProspective && !draw.Chance(0.04)) || crs > 0 || icans > 0)
            {
                forms.Add($"day {day}", new SubmitRecordRequest { ToxicityDay = Day(course.On(day), crs, icans, draw) });
            }
        }
    }

    private static int GradeOn(int day, IReadOnlyList<StudyEvent> events, SpecialInterest interest) =>
        events.FirstOrDefault(known => known.Interest == interest) is { } known && day >= known.Onset && day <= known.Onset + known.Days
            ? day <= known.Onset + DaysOfWorst ? known.Grade : 1
            : 0;

    private static ToxicityDay Day(string date, int crs, int icans, Draw draw) => new()
    {
        Date = date,
        MaxTemperatureCelsius = crs > 0 ? draw.Between(38.2, 40, 1) : draw.Between(36.2, 37.6, 1),
        SystolicMmhg = crs > 1 ? draw.Between(80, 92) : draw.Between(105, 135),
        DiastolicMmhg = draw.Between(50, 75),
        OxygenSaturationPercent = crs > 1 ? draw.Between(90, 94) : draw.Between(95, 99),
        Crs = CrsOf(crs),
        Icans = IcansOf(icans),
        InvestigatorCrsGrade = crs,
        InvestigatorIcansGrade = icans,
    };

    private static CrsFindings CrsOf(int grade) => new()
    {
        Fever = grade > 0,
        FeverMasked = false,
        Hypotension = grade switch
        {
            2 => Hypotension.NoPressor,
            3 => Hypotension.OnePressor,
            4 => Hypotension.MultiPressor,
            _ => Hypotension.None,
        },
        Oxygen = grade >= 3 ? Oxygen.LowFlow : Oxygen.None,
    };

    private static IcansFindings IcansOf(int grade) => new()
    {
        IceTotal = grade switch
        {
            0 => 10,
            1 => 8,
            _ => 5,
        },
        Consciousness = grade > 1 ? Consciousness.Voice : Consciousness.Normal,
        Seizure = Seizure.None,
        MotorWeakness = MotorWeakness.None,
        CerebralOedema = CerebralOedema.None,
    };
}
