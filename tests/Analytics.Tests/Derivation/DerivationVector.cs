using System.Globalization;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Tests.Statistics;

namespace Equecel.Analytics.Tests.Derivation;

/// <summary>One patient of the folder Vectors/derivation, with what is expected.</summary>
internal sealed record DerivationVector(
    string Subject,
    ParticipantRecords Records,
    DateOnly Cutoff,
    Dictionary<string, string> Expected)
{
    public static IReadOnlyList<DerivationVector> All { get; } = [.. Read()];

    public static AssessmentSchedule Schedule { get; } = new(
    [
        .. SurvivalVector.Csv("derivation", "schedule.csv").Select(row => (Number(row["nominal_day_after_infusion"]), Number(row["window_days"]))),
    ]);

    public static DerivationVector Load(string subject) => All.Single(one => one.Subject == subject);

    public ClinicalCourse Course() => new(Records, Cutoff);

    private static IEnumerable<DerivationVector> Read()
    {
        var assessments = SurvivalVector.Csv("derivation", "assessments.csv").ToLookup(row => row["subject"]);
        var expected = SurvivalVector.Csv("derivation", "expected.csv").ToDictionary(row => row["subject"]);
        return SurvivalVector.Csv("derivation", "subjects.csv").Select(row => new DerivationVector(
            row["subject"],
            new ParticipantRecords
            {
                InfusionDate = Date(row["infusion_date"])!.Value,
                Death = PartialDate.Find(row["death_date"]),
                NewTherapies = [.. new[] { Date(row["new_therapy_date"]) }.OfType<DateOnly>()],
                Contacts = [.. new[] { Date(row["last_alive_date"]) }.OfType<DateOnly>()],
                Assessments =
                [
                    .. assessments[row["subject"]].Select(one => new ResponseAssessment(
                        Date(one["assessment_date"])!.Value,
                        Courses.Category(one["response"]),
                        IsProgressionCertain: one["pd_basis"] == "imaging")),
                ],
            },
            Date(row["data_cutoff_date"])!.Value,
            expected[row["subject"]]));
    }

    private static DateOnly? Date(string text) => PartialDate.FindDay(text);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
