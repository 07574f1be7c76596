using Equecel.Records.Forms;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Grpc.Core;
using static Google.Rpc.BadRequest.Types;

namespace Equecel.Records.Verbs;

/// <summary>Checks that the requests of many verbs have in common.</summary>
internal static class RequestChecks
{
    /// <summary>Reads the UUID of a record.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is none.</exception>
    public static Guid RecordId(string text) => Guid.TryParseExact(text, "D", out var id)
        ? id
        : throw RpcError.InvalidFields([Violation("record_id", NoRecordId)]);

    /// <summary>How many items a page has.</summary>
    /// <param name="asked">As asked; 0 for the usual number.</param>
    public static int PageSize(int asked) => asked == 0 ? 50 : Math.Min(asked, 500);

    public static FieldViolation Violation(string field, string message) => new() { Field = field, Description = message };

    /// <summary>A violation where a condition is met.</summary>
    public static IEnumerable<FieldViolation> If(bool wrong, string field, string message) => wrong ? [Violation(field, message)] : [];

    /// <summary>Faults of a question for a page of what a site or a participant has.</summary>
    /// <param name="sites">What the caller sees.</param>
    /// <param name="request">The request.</param>
    /// <param name="pageSize">Its page size.</param>
    /// <param name="participant">The participant that it names; empty for all.</param>
    /// <param name="site">The site that it names; empty for all.</param>
    /// <exception cref="RpcException">PERMISSION_DENIED: it names what the caller may not see, which comes before all faults.</exception>
    public static IEnumerable<FieldViolation> Listed(SiteScope sites, IMessage request, int pageSize, string participant, string site)
    {
        var own = ParticipantCode.FindSite(participant);
        foreach (var named in ((string?[])[own, ParticipantCode.IsSite(site) ? site : null]).OfType<string>())
        {
            sites.Demand(named);
        }

        return Values(request)
            .Concat(If(pageSize < 0, "page_size", "0 for 50, or up to 500."))
            .Concat(If(participant.Length > 0 && own is null, "participant", "Site code and number, such as 01-0001."))
            .Concat(If(site.Length > 0 && !ParticipantCode.IsSite(site), "site", "Two or three digits."))
            .Concat(If(own is not null && site.Length > 0 && site != own, "site", "This is not the participant's site. Give one of the two."));
    }

    /// <summary>Values that cannot be kept exactly.</summary>
    public static IEnumerable<FieldViolation> Values(IMessage request) => WireValues.Check(request).Select(finding => SubmissionParser.Violation(finding, ""));

    /// <summary>Faults of a request that makes the next version of a record.</summary>
    public static IEnumerable<FieldViolation> Change(IMessage request, string requestId, string recordId, int expectedVersion, string reason = "") =>
        SubmissionParser.CheckChange("", requestId, reason)
            .Concat(If(!Guid.TryParseExact(recordId, "D", out _), "record_id", NoRecordId))
            .Concat(If(expectedVersion is < 1 or int.MaxValue, "expected_version", "Required. The version that you read, 1 or more."))
            .Concat(Values(request));

    /// <summary>Faults of a text that must be there.</summary>
    public static IEnumerable<FieldViolation> Required(string field, string text, int most, string what) =>
        If(string.IsNullOrWhiteSpace(text), field, $"Required. {what}, in 1 to {most} characters.").Concat(Short(field, text, most));

    /// <summary>Faults of a text that may be empty.</summary>
    public static IEnumerable<FieldViolation> Short(string field, string text, int most) =>
        If(text.Length > most, field, $"At most {most} characters; this has {text.Length}.");

    /// <summary>Refuses a request with all its faults.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: there are some.</exception>
    public static void Refuse(IEnumerable<FieldViolation> violations)
    {
        var list = violations.ToList();
        if (list.Count > 0)
        {
            throw RpcError.InvalidFields(list);
        }
    }

    private const string NoRecordId = "Required. The UUID of a record.";
}
