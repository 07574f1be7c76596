using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Safety.Toxicities;

/// <summary>Derives the grades of the daily records, and of the adverse events that are CRS or ICANS.</summary>
internal static class ToxicityGradeDerivation
{
    /// <summary>Name and version of the rules.</summary>
    public const string RuleSet = "ASTCT2019/1";

    /// <summary>Derives them from all that counts of a participant.</summary>
    /// <param name="facts">What is known of the participant.</param>
    /// <param name="records">The participant's records.</param>
    public static IEnumerable<DerivedForm> Derive(ParticipantFacts facts, IReadOnlyList<CurrentRecord> records)
    {
        var infusion = CivilDate.Find(facts.InfusionDate);
        var days = records.Select(record => record.Form).OfType<ToxicityDay>().ToList();
        foreach (var record in records)
        {
            if (record.Form is ToxicityDay day)
            {
                yield return new DerivedForm(record.RecordId, OfDay(record.RecordId, day, infusion), []);
            }
            else if (record.Form is AdverseEvent { SpecialInterest: SpecialInterest.Crs or SpecialInterest.Icans } form)
            {
                var grade = OfEvent(record.RecordId, form, days, infusion);
                yield return new DerivedForm(record.RecordId, grade, [.. AgainstDays(form, grade)]);
            }
        }
    }

    private static ToxicityGrade OfDay(string recordId, ToxicityDay day, DateOnly? infusion)
    {
        var grade = New(recordId, day.Date, infusion);
        Set(GradeOf.Crs(day), value => grade.CrsGrade = value);
        Set(GradeOf.Icans(day), value => grade.IcansGrade = value);
        Set(day.Icans is { } icans ? IceScore.Compute(icans) : null, value => grade.IceTotal = value);
        return grade;
    }

    private static ToxicityGrade OfEvent(string recordId, AdverseEvent form, List<ToxicityDay> days, DateOnly? infusion)
    {
        var grade = New(recordId, form.OnsetDate, infusion);
        var isCrs = form.SpecialInterest == SpecialInterest.Crs;
        Set(GradeOf.Event(form), value => (grade.CrsGrade, grade.IcansGrade) = (value, value));
        if (isCrs)
        {
            grade.ClearIcansGrade();
        }
        else
        {
            grade.ClearCrsGrade();
            Set(form.Icans is { } icans ? IceScore.Compute(icans) : null, value => grade.IceTotal = value);
        }

        Set(days.Where(day => IsDuring(form, day)).Max(day => isCrs ? GradeOf.Crs(day) : GradeOf.Icans(day)), value => grade.WorstDailyGrade = value);
        return grade;
    }

    /// <summary>S15: the grade of an event is the worst of its days, unless somebody stands by another and says why.</summary>
    private static IEnumerable<Finding> AgainstDays(AdverseEvent form, ToxicityGrade grade) =>
        form.HasGrade && form.Grade != 5 && grade.HasWorstDailyGrade && grade.WorstDailyGrade != form.Grade && form.OverrideReason.Length == 0
            ?
            [
                Check.Query("S15", "grade",
                    $"Entered findings give grade {grade.WorstDailyGrade}, not {form.Grade}. They are those of the daily records.",
                    $"所填表现对应{grade.WorstDailyGrade}级，与{form.Grade}级不符（依据每日记录）。"),
            ]
            : [];

    private static bool IsDuring(AdverseEvent form, ToxicityDay day) =>
        CivilDate.Find(day.Date) is { } date && date >= CivilDate.FindPartial(form.OnsetDate)?.Earliest
        && (CivilDate.FindPartial(form.EndDate) is not ({ }, { } latest) || date <= latest);

    private static ToxicityGrade New(string recordId, string date, DateOnly? infusion)
    {
        var grade = new ToxicityGrade { SourceRecordId = recordId, Date = date, RuleSet = RuleSet };
        Set(CivilDate.Find(date)?.DayNumber - infusion?.DayNumber, value => grade.StudyDay = value);
        return grade;
    }

    private static void Set(int? value, Action<int> set)
    {
        if (value is { } known)
        {
            set(known);
        }
    }
}
