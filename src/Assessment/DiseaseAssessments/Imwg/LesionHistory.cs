namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>Each lesion as it was when it was shortest.</summary>
internal sealed class LesionHistory
{
    private readonly Dictionary<string, Lesion> shortest = [];

    /// <summary>Takes note of a visit's lesions.</summary>
    /// <param name="lesions">The lesions; null without imaging.</param>
    public void Add(IReadOnlyList<Lesion>? lesions)
    {
        foreach (var lesion in lesions ?? [])
        {
            if (!shortest.TryGetValue(lesion.Id, out var known) || lesion.Long < known.Long)
            {
                shortest[lesion.Id] = lesion;
            }
        }
    }

    /// <summary>The lesions of a later visit that are longer than they were.</summary>
    /// <param name="lesions">The lesions; null without imaging.</param>
    public IReadOnlyList<LesionGrowth> Growths(IReadOnlyList<Lesion>? lesions) =>
    [
        .. from lesion in lesions ?? []
           where shortest.TryGetValue(lesion.Id, out var known) && lesion.Long > known.Long
           let then = shortest[lesion.Id]
           select new LesionGrowth(lesion.Id, then.Long, then.Short, lesion.Long),
    ];
}
