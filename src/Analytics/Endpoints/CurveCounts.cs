using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Tables;
using Equecel.Common.V1;

namespace Equecel.Analytics.Endpoints;

/// <summary>Whom a curve is about, counted per day in one pass, and who is left out.</summary>
internal sealed class CurveCounts
{
    private readonly SortedDictionary<string, StratumCounts> groups = new(StringComparer.Ordinal);
    private readonly int[] exclusions = new int[Enum.GetValues<Exclusion>().Length];

    /// <summary>All participants in the analysis.</summary>
    public StratumCounts All { get; } = new();

    /// <summary>The groups in order of their names; empty when the question has none.</summary>
    public IEnumerable<KeyValuePair<string, StratumCounts>> Groups => groups;

    /// <summary>Participants left out, by why.</summary>
    public IEnumerable<V1.Exclusion> Exclusions => Enum.GetValues<Exclusion>().Where(reason => exclusions[(int)reason] > 0)
        .Select(reason => new V1.Exclusion { Reason = SurvivalAnswer.InWords(reason), ParticipantCount = exclusions[(int)reason] });

    /// <summary>Counts the overall survival of a cohort, by site or provenance or without groups.</summary>
    /// <param name="columns">The cohort, which does not change meanwhile.</param>
    /// <param name="scope">Whom the curve is about, without subgroups.</param>
    public static CurveCounts Of(CohortColumns columns, CurveScope scope)
    {
        var counts = new CurveCounts();
        var isSiteIn = Array.ConvertAll([.. columns.Sites], scope.Population.HasSite);
        var bySite = scope.Grouping == V1.Grouping.Site ? new StratumCounts?[columns.Sites.Count] : null;
        var byOrigin = scope.Grouping == V1.Grouping.Provenance ? new StratumCounts?[Enum.GetValues<DataOrigin>().Length] : null;

        for (var row = 0; row < columns.Count; row++)
        {
            var site = columns.SiteOf(row);
            var facts = columns[row];
            if (!isSiteIn[site] || !scope.Population.Includes(facts.Origin))
            {
                continue;
            }

            var time = OverallSurvival.Derive(facts, scope.Cutoff);
            if (time.Ended is not { } survival)
            {
                counts.Exclude(time.Exclusion);
                continue;
            }

            counts.All.Add(survival, null);
            if (bySite is not null)
            {
                (bySite[site] ??= counts.Group(columns.Sites[site])).Add(survival, null);
            }
            else if (byOrigin is not null)
            {
                (byOrigin[(int)facts.Origin] ??= counts.Group(facts.Origin.ToString().ToUpperInvariant())).Add(survival, null);
            }
        }

        return counts;
    }

    /// <summary>Counts the columns of what curves ask.</summary>
    /// <param name="columns">The columns, which do not change meanwhile.</param>
    /// <param name="scope">Whom the curve is about, without a cut-off.</param>
    public static CurveCounts Of(EndpointColumns columns, CurveScope scope)
    {
        var counts = new CurveCounts();
        var isSiteIn = Array.ConvertAll([.. columns.Keys(V1.Grouping.Site)], scope.Population.HasSite);
        var sites = columns.Groups(V1.Grouping.Site);
        var times = columns.Times(scope.Time);
        var survivals = columns.Times(CurveTime.Os);
        var exclusions = columns.Exclusions;
        var subgroups = columns.Positions(scope.Population.Subgroups);
        var keys = scope.Grouping == V1.Grouping.Unspecified ? [] : columns.Keys(scope.Grouping);
        var groups = scope.Grouping == V1.Grouping.Unspecified ? [] : columns.Groups(scope.Grouping);
        var byGroup = new StratumCounts?[keys.Count];

        for (var row = 0; row < columns.Count; row++)
        {
            if (!isSiteIn[sites[row]] || !scope.Population.Includes(columns.OriginOf(row)) || !columns.IsIn(row, subgroups))
            {
                continue;
            }

            if (exclusions[row] != Exclusion.None)
            {
                counts.Exclude(exclusions[row]);
                continue;
            }

            if (EndpointColumns.Unpack(times[row]) is not { } time)
            {
                counts.Exclude(Exclusion.NoResponse);
                continue;
            }

            var survival = scope.Time == CurveTime.Os ? null : EndpointColumns.Unpack(survivals[row]);
            counts.All.Add(time, survival);
            if (byGroup.Length > 0)
            {
                (byGroup[groups[row]] ??= counts.Group(keys[groups[row]])).Add(time, survival);
            }
        }

        return counts;
    }

    /// <summary>Counts dossiers.</summary>
    /// <param name="dossiers">The dossiers, those of the sites that the curve is about.</param>
    /// <param name="scope">Whom the curve is about.</param>
    public static async Task<CurveCounts> OfAsync(IAsyncEnumerable<Dossier> dossiers, CurveScope scope)
    {
        var counts = new CurveCounts();
        await foreach (var dossier in dossiers)
        {
            counts.Add(dossier, scope);
        }

        return counts;
    }

    /// <summary>Counts a dossier.</summary>
    /// <param name="dossier">The participant.</param>
    /// <param name="scope">Whom the curve is about, always the same.</param>
    public void Add(Dossier dossier, CurveScope scope) => Add(Subject.Of(dossier, scope.Cutoff), scope);

    /// <summary>Counts a participant.</summary>
    /// <param name="subject">The participant, by the scope's cut-off.</param>
    /// <param name="scope">Whom the curve is about, always the same.</param>
    public void Add(Subject subject, CurveScope scope)
    {
        if (!scope.Population.Includes(subject))
        {
            return;
        }

        if (subject.Course is not { } course)
        {
            Exclude(subject.Exclusion);
            return;
        }

        if (scope.Time.Derive(course) is not { } time)
        {
            Exclude(Exclusion.NoResponse);
            return;
        }

        var survival = scope.Time == CurveTime.Os ? null : CurveTime.Os.Derive(course)?.Ended;
        Count(All);
        if (Tables.Groups.Of(subject, scope.Grouping) is { } group)
        {
            Count(Group(group.Key));
        }

        void Count(StratumCounts counts) => counts.Add(time.Ended, survival);
    }

    private void Exclude(Exclusion reason) => exclusions[(int)reason] += reason == Exclusion.NoRecord ? 0 : 1;

    private StratumCounts Group(string name)
    {
        if (!groups.TryGetValue(name, out var counts))
        {
            groups.Add(name, counts = new StratumCounts());
        }

        return counts;
    }
}
