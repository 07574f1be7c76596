using Equecel.Analytics.Dossiers;
using static Equecel.Analytics.Endpoints.ScopeChecks;

namespace Equecel.Analytics.Tables;

/// <summary>Tells who is behind a cell, page by page.</summary>
internal static class Contributors
{
    private const int LongestKey = 1000;

    /// <summary>What is wrong with a request, whatever the data.</summary>
    /// <param name="request">The request.</param>
    public static IEnumerable<Google.Rpc.BadRequest.Types.FieldViolation> Faults(V1.ListContributorsRequest request) =>
        new[]
        {
            Check(request.Cell is not null, "cell", "Required. Name the table, the row and the column."),
            Check(request.Cell?.Table is not null, "cell.table", "Required. The request that made the table."),
            Check(request.Cell is null || request.Cell.Row.Length is > 0 and <= LongestKey, "cell.row", "Required. A key of one of the table's rows."),
            Check(request.Cell is null || request.Cell.Column.Length <= LongestKey, "cell.column", "A key of one of the table's columns, or empty for everybody."),
            Check(request.Cell is null || Enum.IsDefined(request.Cell.Part), "cell.part", "No such part. Take a value of Part."),
        }.Concat(PageFaults(request.PageSize, request.PageToken)).OfType<Google.Rpc.BadRequest.Types.FieldViolation>();

    /// <summary>What is wrong with asking for a page.</summary>
    /// <param name="pageSize">Most contributors; 0 for the usual number.</param>
    /// <param name="pageToken">Where the page before ended; empty for the first page.</param>
    public static IEnumerable<Google.Rpc.BadRequest.Types.FieldViolation?> PageFaults(int pageSize, string pageToken) =>
    [
        Check(pageSize >= 0, "page_size", "0 for 50, or up to 500."),
        Check(
            pageToken.Length <= LongestKey && pageToken.All(letter => char.IsAsciiDigit(letter) || letter == '-'),
            "page_token", "Not a page token. Take next_page_token of the page before."),
    ];

    /// <summary>Contributors that a page has at most.</summary>
    /// <param name="pageSize">As asked for.</param>
    public static int SizeOf(int pageSize) => pageSize == 0 ? 50 : Math.Min(pageSize, 500);

    /// <summary>Makes a page.</summary>
    /// <param name="contributions">Everything that the cell was made of, in order of the participants.</param>
    /// <param name="request">Which page.</param>
    /// <param name="position">The data.</param>
    public static V1.ListContributorsResponse Page(
        IReadOnlyList<Contribution> contributions, V1.ListContributorsRequest request, V1.DataPosition position)
    {
        var size = SizeOf(request.PageSize);
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

    /// <summary>Names the version of a record.</summary>
    /// <param name="record">The record.</param>
    public static V1.ListContributorsResponse.Types.Source SourceOf(DossierRecord record) =>
        new() { Service = record.Service, Kind = record.Kind, RecordId = $"{record.RecordId}", Version = record.Version };

    /// <summary>A contributor as the contract has it.</summary>
    /// <param name="participant">All that one participant adds, under the participant's code.</param>
    public static V1.ListContributorsResponse.Types.Contributor Contributor(IGrouping<string, Contribution> participant) => new()
    {
        Participant = participant.Key,
        Contribution = string.Join("; ", participant.Select(one => one.Words).Where(words => words.Length > 0)),
        Sources =
        {
            participant.SelectMany(one => one.Sources).DistinctBy(source => source.RecordId).Select(SourceOf),
        },
    };
}
