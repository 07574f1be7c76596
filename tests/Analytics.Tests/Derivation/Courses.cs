using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;

namespace Equecel.Analytics.Tests.Derivation;

/// <summary>
/// Courses written in days after an infusion on 2024-01-15: "28 PR, 56 PD!" are assessments (with ! a progression certain by itself,
/// with /CR what the algorithm confirms), "60 therapy", "90 alive" and "100 death" the other records.
/// </summary>
internal static class Courses
{
    public static readonly DateOnly Infusion = new(2024, 1, 15);

    private static readonly Dictionary<string, ResponseCategory> Categories = new()
    {
        ["NE"] = ResponseCategory.NotEvaluable,
        ["PD"] = ResponseCategory.ProgressiveDisease,
        ["SD"] = ResponseCategory.StableDisease,
        ["MR"] = ResponseCategory.MinimalResponse,
        ["PR"] = ResponseCategory.PartialResponse,
        ["VGPR"] = ResponseCategory.VeryGoodPartialResponse,
        ["CR"] = ResponseCategory.CompleteResponse,
        ["sCR"] = ResponseCategory.StringentCompleteResponse,
    };

    public static ResponseCategory Category(string text) => Categories[text];

    public static ClinicalCourse Of(string records, int? cutoff = null) =>
        new(Parse(records), cutoff is { } day ? Infusion.AddDays(day) : null);

    public static ParticipantRecords Parse(string records)
    {
        var all = records.Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(record => record.Split(' '))
            .Select(words => (Date: Infusion.AddDays(int.Parse(words[0])), What: words[1]))
            .ToLookup(record => record.What is "death" or "alive" or "therapy" ? record.What : "assessment");
        return new ParticipantRecords
        {
            InfusionDate = Infusion,
            Death = all["death"].Select(record => (PartialDate?)new PartialDate(record.Date, IsMonth: false)).SingleOrDefault(),
            Contacts = [.. all["alive"].Select(record => record.Date)],
            NewTherapies = [.. all["therapy"].Select(record => record.Date)],
            Assessments = [.. all["assessment"].Select(record => Assessment(record.Date, record.What))],
        };
    }

    public static ParticipantRecords Shuffled(ParticipantRecords records, Random random) => records with
    {
        Assessments = Shuffled(records.Assessments, random),
        Contacts = Shuffled(records.Contacts, random),
        NewTherapies = Shuffled(records.NewTherapies, random),
    };

    private static T[] Shuffled<T>(IEnumerable<T> values, Random random)
    {
        T[] shuffled = [.. values];
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static ResponseAssessment Assessment(DateOnly date, string text)
    {
        var parts = text.TrimEnd('!').Split('/');
        return new ResponseAssessment(
            date,
            parts[0] == "-" ? null : Category(parts[0]),
            parts.Length > 1 ? Category(parts[1]) : null,
            IsProgressionCertain: text.EndsWith('!'));
    }
}
