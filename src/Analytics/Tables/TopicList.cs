using Equecel.Analytics.Tables.Topics;

namespace Equecel.Analytics.Tables;

/// <summary>The topics that there are tables for.</summary>
internal static class TopicList
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Topic> All { get; } =
    [
        new BestResponse(),
        new TimeToResponseTable(),
        new AdverseEvents(),
        new AdverseEventsByTerm(),
        new AdverseEventsByClass(),
        new Cytopenia(),
        new Hospitalisation(),
        new Deaths(),
        new SecondCancers(),
        new QualityOfLife(),
        new ResourceUse(),
        new Baseline(),
        new PriorTherapy(),
        new Treatments(),
        new DataQuality(),
        new TreatmentFlow(),
    ];

    /// <summary>The topic of a name; null when there is none.</summary>
    /// <param name="name">Its name in the contract.</param>
    public static Topic? Find(V1.Topic name) => All.FirstOrDefault(topic => topic.Name == name);
}
