namespace Equecel.Analytics.Tables;

/// <summary>Tells who is behind a cell, page by page.</summary>
internal static class Contributors
{
    /// <summary>Makes a page.</summary>
    /// <param name="contributions">Everything that the cell was made of, in order of the participants.</param>
    /// <param name="request">Which page.</param>
    /// <param name="position">The data.</param>
    public static V1.ListContributorsResponse Page(
        IReadOnlyList<Contribution> contributions, V1.ListContributorsRequest request, V1.DataPosition position)
    {
        var size = request.PageSize == 0 ? 50 : Math.Min(request.PageSize, 500);
        var found = contributions.GroupBy(contribution => contribution.Participant)
            .Where(participant => string.CompareOrdinal(participant.Key, request.PageToken) > 0)
            .Take(size + 1).ToList();
        return new V1.ListContributorsResponse
        {
            Contributors = { found.Take(size).Select(Contributor) },
            NextPageToken = found.Count > size ? found[size - 1].Key : "",
            Position = position,
        };
    }

    private static V1.ListContributorsResponse.Types.Contributor Contributor(IGrouping<string, Contribution> participant) => new()
    {
        Participant = participant.Key,
        Contribution = string.Join("; ", participant.Select(one => one.Words).Where(words => words.Length > 0)),
        Sources =
        {
            participant.SelectMany(one => one.Sources).DistinctBy(source => source.RecordId).Select(source => new V1.ListContributorsResponse.Types.Source
            {
                Service = source.Service, Kind = source.Kind, RecordId = $"{source.RecordId}", Version = source.Version,
            }),
        },
    };
}
