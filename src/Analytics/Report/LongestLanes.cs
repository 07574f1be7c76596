using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Tables;

namespace Equecel.Analytics.Report;

/// <summary>Keeps the swimmer lanes of the participants who were followed longest, as many as a picture holds.</summary>
internal sealed class LongestLanes
{
    /// <summary>Lanes that are kept.</summary>
    public const int Most = 100;

    private List<V1.SwimmerLane> lanes = [];

    /// <summary>Adds a participant's.</summary>
    /// <param name="subject">The participant.</param>
    /// <param name="population">Whom it is about.</param>
    public void Add(Subject subject, StudyPopulation population)
    {
        if (subject.Course is null || !population.Includes(subject))
        {
            return;
        }

        lanes.Add(SwimmerLanes.Of(subject));
        if (lanes.Count >= 10 * Most)
        {
            lanes = ToList();
        }
    }

    /// <summary>The lanes, the longest first.</summary>
    public List<V1.SwimmerLane> ToList() =>
        [.. lanes.OrderByDescending(lane => lane.LastDay).ThenBy(lane => lane.Participant, StringComparer.Ordinal).Take(Most)];
}
