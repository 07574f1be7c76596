namespace Equecel.DatasetJson.Checks;

/// <summary>When the records of one subject are dated, by dataset, and from which day their study days are counted.</summary>
internal sealed class ExportDates
{
    // A subject has one such day in each dataset; more are wrong, and would fill the memory.
    private const int MostOrigins = 20;
    private const int MostDays = 1_000_000;

    private static readonly Dictionary<string, (string Date, string StudyDay)[]> Variables = new()
    {
        ["AE"] = [("AESTDTC", "AESTDY"), ("AEENDTC", "AEENDY")],
        ["DS"] = [("DSSTDTC", "DSSTDY")],
        ["EX"] = [("EXSTDTC", "EXSTDY"), ("EXENDTC", "EXENDY")],
        ["HO"] = [("HOSTDTC", "HOSTDY"), ("HOENDTC", "HOENDY")],
        ["QS"] = [("QSDTC", "QSDY")],
        ["RS"] = [("RSDTC", "RSDY")],
    };

    private readonly Dictionary<string, (DateOnly First, DateOnly Last)> spans = [];
    private readonly HashSet<(string Dataset, DateOnly Day)> origins = [];

    /// <summary>The datasets whose records are dated, with the date by which they are and its study day.</summary>
    public static IEnumerable<(string Dataset, string Date, string StudyDay)> Datasets => Variables.Select(one => (one.Key, one.Value[0].Date, one.Value[0].StudyDay));

    /// <summary>The first day of any record of a dataset; null without one.</summary>
    /// <param name="dataset">Its name.</param>
    public DateOnly? FirstOf(string dataset) => spans.TryGetValue(dataset, out var span) ? span.First : null;

    /// <summary>The last day of any record of a dataset; null without one.</summary>
    /// <param name="dataset">Its name.</param>
    public DateOnly? LastOf(string dataset) => spans.TryGetValue(dataset, out var span) ? span.Last : null;

    /// <summary>Whether all study days of a dataset are counted from a day.</summary>
    /// <param name="dataset">Its name.</param>
    /// <param name="first">Day 1; null when there is none, and so no study day.</param>
    public bool AreCountedFrom(string dataset, DateOnly? first) => origins.All(origin => origin.Dataset != dataset || origin.Day == first);

    /// <summary>Takes what a row says.</summary>
    /// <param name="dataset">Its dataset.</param>
    /// <param name="row">The row.</param>
    public void Take(string dataset, RowView row)
    {
        if (!Variables.TryGetValue(dataset, out var variables))
        {
            return;
        }

        foreach (var (date, studyDay) in variables)
        {
            if (row.Day(date) is not { } day)
            {
                continue;
            }

            spans[dataset] = spans.TryGetValue(dataset, out var span) ? (day < span.First ? day : span.First, day > span.Last ? day : span.Last) : (day, day);
            if (row.Number(studyDay) is { } number and >= -MostDays and <= MostDays && origins.Count < MostOrigins && FindOrigin(day, (int)number) is { } origin)
            {
                origins.Add((dataset, origin));
            }
        }
    }

    // Day 1 of who has this study day on this day; the day before it is -1.
    private static DateOnly? FindOrigin(DateOnly day, int studyDay)
    {
        var origin = day.DayNumber - (studyDay > 0 ? studyDay - 1 : studyDay);
        return origin >= DateOnly.MinValue.DayNumber && origin <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber(origin) : null;
    }
}
