using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Statistics;
using Equecel.Analytics.Tables;
using Equecel.Common.V1;

namespace Equecel.Analytics.Endpoints;

/// <summary>Whom a question for a cumulative incidence is about, and how their time to it ended.</summary>
/// <param name="request">The question.</param>
internal sealed class IncidenceCounts(V1.GetIncidenceCurveRequest request)
{
    private readonly SortedDictionary<string, Times> groups = new(StringComparer.Ordinal);
    private readonly Dictionary<Exclusion, int> exclusions = [];
    private readonly DateOnly? cutoff = Cohort.PartialDate.FindDay(request.DataCutoffDate);

    /// <summary>All participants in the analysis.</summary>
    public Times All { get; } = new();

    /// <summary>The groups in order of their names; empty when the question has none.</summary>
    public IEnumerable<KeyValuePair<string, Times>> Groups => groups;

    /// <summary>Participants left out, by why.</summary>
    public IEnumerable<V1.Exclusion> Exclusions => exclusions.OrderBy(one => one.Key)
        .Select(one => new V1.Exclusion { Reason = SurvivalAnswer.InWords(one.Key), ParticipantCount = one.Value });

    /// <summary>Counts a participant.</summary>
    /// <param name="dossier">The participant.</param>
    public void Add(Dossier dossier)
    {
        var subject = Subject.Of(dossier, cutoff);
        if (request.Population is { Origin: not DataOrigin.Unspecified and var origin } && subject.Origin != origin)
        {
            return;
        }

        if (subject.Course is not { } course)
        {
            exclusions[subject.Exclusion] = exclusions.GetValueOrDefault(subject.Exclusion) + 1;
            return;
        }

        var time = TimeOf(course, request);
        All.Add(time);
        if (Tables.Groups.Of(subject, request.Grouping) is { } group)
        {
            if (!groups.TryGetValue(group.Key, out var times))
            {
                groups.Add(group.Key, times = new Times());
            }

            times.Add(time);
        }
    }

    /// <summary>The time of an infused participant.</summary>
    /// <param name="course">The participant.</param>
    /// <param name="request">The question.</param>
    public static TimeToEvent TimeOf(ClinicalCourse course, V1.GetIncidenceCurveRequest request) => TimeToResponse.Derive(
        course,
        request.Endpoint == V1.IncidenceEndpoint.CompleteResponse ? ResponseCategory.CompleteResponse : ResponseCategory.PartialResponse,
        request.ResponseBasis == V1.ResponseBasis.Confirmed ? ResponseRule.Confirmed : ResponseRule.AsAssessed);

    /// <summary>Times of some participants.</summary>
    internal sealed class Times
    {
        private readonly List<int> days = [];
        private readonly List<CompetingOutcome> outcomes = [];

        /// <summary>Adds one.</summary>
        /// <param name="time">The time.</param>
        public void Add(TimeToEvent time)
        {
            days.Add(time.Days);
            outcomes.Add(time.Outcome);
        }

        /// <summary>Counts them.</summary>
        public CompetingTable ToTable() => CompetingTable.FromDays([.. days], [.. outcomes]);
    }
}
