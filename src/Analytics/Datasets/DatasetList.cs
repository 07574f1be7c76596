using Equecel.Analytics.Datasets.Analysis;
using Equecel.Analytics.Datasets.Tabulation;

namespace Equecel.Analytics.Datasets;

/// <summary>The datasets that there are.</summary>
internal static class DatasetList
{
    /// <summary>All of them, in the order of the contract.</summary>
    public static IReadOnlyList<StudyDataset> All { get; } =
    [
        new Dm(), new Ex(), new Ae(), new Rs(), new Ds(), new Dd(), new Ho(), new Qs(),
        new Adsl(), new Adrs(), new Adtte(), new Adae(), new Adqs(),
        new SuppDm(), new SuppAe(), new SuppRs(), new SuppHo(),
    ];

    /// <summary>The dataset of a name; null when there is none.</summary>
    /// <param name="name">Its name in the contract.</param>
    public static StudyDataset? Find(V1.Dataset name) => All.FirstOrDefault(dataset => dataset.Dataset == name);
}
