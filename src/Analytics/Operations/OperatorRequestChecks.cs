using System.Globalization;
using Equecel.Analytics.V1;
using Violation = Google.Rpc.BadRequest.Types.FieldViolation;

namespace Equecel.Analytics.Operations;

/// <summary>What can be wrong with an operator's request, whatever the data.</summary>
internal static class OperatorRequestChecks
{
    private const int MaxIds = 500;
    private const int MaxReasonLength = 200;

    /// <summary>Finds everything that is wrong with a request for a page.</summary>
    /// <param name="request">The request.</param>
    public static IEnumerable<Violation> Run(ListParkedMessagesRequest request)
    {
        if (request.PageSize < 0)
        {
            yield return Wrong("page_size", "Ask for 1 to 500 messages, or 0 for 50.");
        }

        if (FindPlace(request.PageToken) is null)
        {
            yield return Wrong("page_token", "Take it from next_page_token of the page before, or leave it empty for the first page.");
        }
    }

    /// <summary>Finds everything that is wrong with a request to replay.</summary>
    /// <param name="request">The request.</param>
    public static IEnumerable<Violation> Run(ReplayParkedMessagesRequest request)
    {
        if ((request.ParkedIds.Count > 0 ? 1 : 0) + (request.Reason.Length > 0 ? 1 : 0) + (request.All ? 1 : 0) != 1)
        {
            yield return Wrong("parked_ids", "Say which messages: exactly one of parked_ids, reason and all.");
        }

        if (request.ParkedIds.Count > MaxIds)
        {
            yield return Wrong("parked_ids", $"Name at most {MaxIds} messages at a time.");
        }

        foreach (var (i, _) in request.ParkedIds.Take(MaxIds).Index().Where(one => one.Item < 1))
        {
            yield return Wrong($"parked_ids[{i}]", "Give the number of a parked message, 1 or more.");
        }

        if (request.Reason.Length > MaxReasonLength || request.Reason.Any(letter => char.IsControl(letter) || letter == '\uFFFD'))
        {
            yield return Wrong("reason", $"Give a reason as ListParkedMessages tells it, at most {MaxReasonLength} characters.");
        }
    }

    /// <summary>Finds everything that is wrong with a request to reconcile.</summary>
    /// <param name="request">The request.</param>
    /// <param name="services">Names of the services that there are.</param>
    public static IEnumerable<Violation> Run(ReconcileRequest request, IReadOnlyCollection<string> services) => request.Services
        .Index()
        .Where(one => !services.Contains(one.Item))
        .Take(10)
        .Select(one => Wrong($"services[{one.Index}]", $"Name any of: {string.Join(", ", services)}."));

    /// <summary>Reads a page token.</summary>
    /// <param name="token">The token.</param>
    /// <returns>Number of the last message of the page before, 0 for the first page; null when it is none of ours.</returns>
    public static long? FindPlace(string token) =>
        token.Length == 0 ? 0 : long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : null;

    private static Violation Wrong(string field, string message) => new() { Field = field, Description = message };
}
