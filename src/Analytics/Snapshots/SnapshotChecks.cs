using System.Globalization;
using Equecel.Analytics.V1;
using static Equecel.Analytics.Endpoints.ScopeChecks;
using Violation = Google.Rpc.BadRequest.Types.FieldViolation;

namespace Equecel.Analytics.Snapshots;

/// <summary>What can be wrong with requests about snapshots, whatever the data.</summary>
internal static class SnapshotChecks
{
    private const int LongestLabel = 60;
    private const int LongestComment = 500;

    private const string LabelRule = "Give a letter, then letters, digits, full stops, hyphens and underscores, at most 60 characters in all.";

    /// <summary>Finds everything that is wrong with a request for a new one.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The instant that no snapshot can be of yet.</param>
    public static IEnumerable<Violation?> Run(CreateSnapshotRequest request, DateTimeOffset now) =>
    [
        Check(Guid.TryParseExact(request.RequestId, "D", out _), "request_id", "Required. Give a UUID of this request's own."),
        Check(IsLabel(request.Label), "label", $"Required. {LabelRule}"),
        AsOf(request.AsOfTime, now, "as_of_time"),
        Check(
            request.Comment.Length <= LongestComment && !request.Comment.Any(letter => char.IsControl(letter) || letter == '\uFFFD'),
            "comment", $"Give at most {LongestComment} characters, on one line."),
    ];

    /// <summary>Finds everything that is wrong with a request for one.</summary>
    /// <param name="request">The request.</param>
    public static IEnumerable<Violation?> Run(GetSnapshotRequest request) =>
        [Check(IsLabel(request.Label), "label", $"Required. {LabelRule}")];

    /// <summary>Finds everything that is wrong with a request for a page.</summary>
    /// <param name="request">The request.</param>
    public static IEnumerable<Violation?> Run(ListSnapshotsRequest request) =>
    [
        Check(request.PageSize >= 0, "page_size", "Ask for 1 to 500 snapshots, or 0 for 50."),
        Check(
            request.PageToken.Length == 0 || FindPlace(request.PageToken) is not null,
            "page_token", "Take it from next_page_token of the page before, or leave it empty for the first page."),
    ];

    /// <summary>What is wrong with naming a moment by an instant or a label.</summary>
    /// <param name="asOf">The instant; null for none.</param>
    /// <param name="snapshot">The label; empty for none.</param>
    /// <param name="now">The instant that no question can be about yet.</param>
    public static IEnumerable<Violation?> Moment(Google.Protobuf.WellKnownTypes.Timestamp? asOf, string snapshot, DateTimeOffset now) =>
    [
        AsOf(asOf, now, "as_of_time"),
        Label(snapshot, "snapshot")
            ?? Check(asOf is null || snapshot.Length == 0, "snapshot", "Give a snapshot or as_of_time, not both: a snapshot has its own instant."),
    ];

    /// <summary>What is wrong with a label that may be left out.</summary>
    /// <param name="snapshot">The label; empty for none.</param>
    /// <param name="field">The field.</param>
    public static Violation? Label(string snapshot, string field) =>
        Check(snapshot.Length == 0 || IsLabel(snapshot), field, $"Not the label of a snapshot. {LabelRule}");

    /// <summary>Reads a page token.</summary>
    /// <param name="token">The token.</param>
    /// <returns>Number of the last snapshot of the page before; null when it is none of ours.</returns>
    public static long? FindPlace(string token) => long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : null;

    private static bool IsLabel(string text) =>
        text.Length is > 0 and <= LongestLabel && char.IsAsciiLetter(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');
}
