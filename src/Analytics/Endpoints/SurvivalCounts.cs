using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Statistics;
using Equecel.Analytics.Tables;
using Equecel.Common.V1;

namespace Equecel.Analytics.Endpoints;

/// <summary>Whom a survival question is about, counted per day in one pass over the cohort.</summary>
internal sealed class SurvivalCounts
{
    private readonly DayCounts all = new();
    private readonly SortedDictionary<string, DayCounts> groups = new(StringComparer.Ordinal);
    private readonly int[] exclusions = new int[Enum.GetValues<Exclusion>().Length];

    /// <summary>Begins to count.</summary>
    /// <param name="position">The data that is counted.</param>
    public SurvivalCounts(CohortPosition position) => Position = position;

    /// <summary>The data that was counted.</summary>
    public CohortPosition Position { get; }

    /// <summary>All participants in the analysis.</summary>
    public EventTable All => all.ToTable();

    /// <summary>The groups in order of their names; empty when the question has none.</summary>
    public IEnumerable<KeyValuePair<string, EventTable>> Groups =>
        groups.Select(group => KeyValuePair.Create(group.Key, group.Value.ToTable()));

    /// <summary>How many were left out for a reason.</summary>
    /// <param name="reason">The reason.</param>
    public int Excluded(Exclusion reason) => exclusions[(int)reason];

    /// <summary>Counts a cohort.</summary>
    /// <param name="cohort">The cohort, which does not change meanwhile.</param>
    /// <param name="question">The question.</param>
    public static SurvivalCounts Of(CohortState cohort, SurvivalQuestion question)
    {
        var counts = new SurvivalCounts(cohort.Position);
        var columns = cohort.Columns;
        var isSiteIn = Array.ConvertAll([.. columns.Sites], site => question.Sites.Count == 0 || question.Sites.Contains(site));
        var bySite = question.Grouping == V1.Grouping.Site ? new DayCounts?[columns.Sites.Count] : null;
        var byOrigin = question.Grouping == V1.Grouping.Provenance ? new DayCounts?[Enum.GetValues<DataOrigin>().Length] : null;

        for (var row = 0; row < columns.Count; row++)
        {
            var site = columns.SiteOf(row);
            var facts = columns[row];
            if (!isSiteIn[site] || (question.Origin != DataOrigin.Unspecified && facts.Origin != question.Origin))
            {
                continue;
            }

            var time = OverallSurvival.Derive(facts, question.Cutoff);
            if (time.Exclusion != Exclusion.None)
            {
                counts.exclusions[(int)time.Exclusion]++;
                continue;
            }

            counts.all.Add(time.Days, time.IsEvent);
            if (bySite is not null)
            {
                (bySite[site] ??= counts.AddGroup(columns.Sites[site])).Add(time.Days, time.IsEvent);
            }
            else if (byOrigin is not null)
            {
                (byOrigin[(int)facts.Origin] ??= counts.AddGroup(facts.Origin.ToString().ToUpperInvariant())).Add(time.Days, time.IsEvent);
            }
        }

        return counts;
    }

    /// <summary>Counts dossiers, for endpoints and groups that the cohort in memory does not hold.</summary>
    /// <param name="dossiers">The dossiers.</param>
    /// <param name="position">The data that they are of.</param>
    /// <param name="question">The question.</param>
    public static async Task<SurvivalCounts> OfAsync(IAsyncEnumerable<Dossier> dossiers, CohortPosition position, SurvivalQuestion question)
    {
        var counts = new SurvivalCounts(position);
        await foreach (var dossier in dossiers)
        {
            counts.Add(dossier, question);
        }

        return counts;
    }

    /// <summary>Counts a dossier.</summary>
    /// <param name="dossier">The participant.</param>
    /// <param name="question">The question, always the same.</param>
    public void Add(Dossier dossier, SurvivalQuestion question)
    {
        var subject = Subject.Of(dossier, question.Cutoff);
        if (question.Origin != DataOrigin.Unspecified && subject.Origin != question.Origin)
        {
            return;
        }

        if (subject.Course is not { } course)
        {
            exclusions[(int)subject.Exclusion]++;
            return;
        }

        if (question.TimeOf(course) is not { } time)
        {
            exclusions[(int)Exclusion.NoResponse]++;
            return;
        }

        all.Add(time.Days, time.IsEvent);
        if (Tables.Groups.Of(subject, question.Grouping) is { } group)
        {
            (groups.GetValueOrDefault(group.Key) ?? AddGroup(group.Key)).Add(time.Days, time.IsEvent);
        }
    }

    private DayCounts AddGroup(string name)
    {
        var counts = new DayCounts();
        groups.Add(name, counts);
        return counts;
    }
}
