using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using static Google.Rpc.BadRequest.Types;

namespace Equecel.Records.Verbs;

/// <summary>Reads what a sender sends: every fault that does not depend on what is saved already, at once.</summary>
internal sealed class SubmissionParser(RecordContract contract, TimeProvider time)
{
    private const int MaxReasonLength = 500;
    private const int MaxMissing = 100;
    private static readonly Dictionary<string, MissingReason> NothingMissing = [];

    /// <summary>Reads a submission.</summary>
    /// <param name="request">The service's submit request.</param>
    /// <param name="caller">Who sends it.</param>
    /// <param name="refusal">Why it is refused; null when it is read.</param>
    /// <returns>The submission; null when it is refused.</returns>
    public Submission? Parse(IMessage request, Caller caller, out RpcException? refusal)
    {
        var header = contract.HeaderOf(request);
        var form = contract.FormOf(request);
        var site = form?.Form.Subject == FormSubject.Site
            ? SiteCode(form.Value.Form.SiteCode(form.Value.Message))
            : ParticipantCode.FindSite(header.Participant);
        if (site is not null && !caller.Sites.Includes(site))
        {
            refusal = RpcError.OtherSite(caller.Sites.Site!);
            return null;
        }

        // What is beyond a list's limit is not even looked into.
        if (Check.Count("header.missing", header.Missing, MaxMissing) is { } tooMany)
        {
            refusal = RpcError.InvalidFields([Violation(tooMany, "")]);
            return null;
        }

        var violations = CheckHeader(header, form?.Form, site).ToList();
        if (form is null)
        {
            violations.Add(Field("form", "Required. Fill in exactly one form that this service takes."));
            refusal = RpcError.InvalidFields(violations);
            return null;
        }

        var values = WireValues.Check(form.Value.Message).ToList();
        violations.AddRange(values.Select(finding => Violation(finding, form.Value.Form.Kind + ".")));
        violations.AddRange(CheckMissing(header, form.Value.Message));
        var context = ContextOf(header, site ?? "");
        if (violations.Count > 0)
        {
            // A form is corrected once: what can be said without knowing the participant is said along with the rest.
            if (!values.Exists(finding => finding.Code == WireValues.TooMany))
            {
                var known = violations.Select(violation => violation.Field).ToHashSet();
                violations.AddRange(form.Value.Form.Checks(form.Value.Message, context)
                    .OfType<Finding>().Where(finding => finding.Severity == V1.Severity.Hard)
                    .Select(finding => Violation(finding, form.Value.Form.Kind + "."))
                    .Where(violation => !known.Contains(violation.Field)));
            }

            refusal = RpcError.InvalidFields(violations);
            return null;
        }

        refusal = null;
        return Read(header, form.Value.Form, form.Value.Message, context, caller);
    }

    /// <summary>The request id of a submission that may not be well-formed.</summary>
    public string RequestIdOf(IMessage request) => contract.HeaderOf(request).RequestId;

    /// <summary>A path in the request as a finding names it: a field of the form without the form's own field, as the queries of a saved form do.</summary>
    public string FieldOfForm(string path) =>
        path.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && contract.Forms.Kinds.Contains(path[..dot]) ? path[(dot + 1)..] : path;

    public static FieldViolation Violation(Finding finding, string path)
    {
        var violation = new FieldViolation { Field = path + finding.Field, Description = finding.Message, Reason = finding.Code };
        if (finding.MessageZh.Length > 0)
        {
            violation.LocalizedMessage = new LocalizedMessage { Locale = "zh-CN", Message = finding.MessageZh };
        }

        return violation;
    }

    /// <summary>Faults of what every changing request says.</summary>
    public static IEnumerable<FieldViolation> CheckChange(string path, string requestId, string reason)
    {
        if (!IsUuid(requestId))
        {
            yield return Field(path + "request_id", "Required. A UUID, made once for this save and sent again with every retry.");
        }

        if (reason.Length > MaxReasonLength)
        {
            yield return Field(path + "reason", $"At most {MaxReasonLength} characters; this has {reason.Length}.");
        }
    }

    private static IEnumerable<FieldViolation> CheckHeader(SubmissionHeader header, Form? form, string? site)
    {
        var amends = header.RecordId.Length > 0;
        return CheckChange("header.", header.RequestId, header.Reason)
            .Concat(WireValues.Check(header, "header.").Select(finding => Violation(finding, "")))
            .Concat(Where(
                (amends && !IsUuid(header.RecordId), "header.record_id", "The UUID of the record to amend; leave it empty for a new one."),
                (amends && header.ExpectedVersion is < 1 or int.MaxValue, "header.expected_version", "Required to amend. The version that you read, 1 or more."),
                (!amends && header.ExpectedVersion != 0, "header.expected_version", "Leave it 0 for a new record, or name the record to amend."),
                (amends && string.IsNullOrWhiteSpace(header.Reason), "header.reason", "Required to amend. Say why, in 1 to 500 characters."),
                (!amends && header.Reason.Length > 0, "header.reason", "Leave it empty for a new record."),
                (header.Origin == DataOrigin.Unspecified, "header.origin", "Required. PROSPECTIVE or RETROSPECTIVE."),
                (form is { Subject: not FormSubject.Site } && site is null, "header.participant", "Required. Site code and number, such as 01-0001."),
                (form is { Subject: FormSubject.Site } && header.Participant.Length > 0, "header.participant", "Leave it empty for a form about a site."),
                (form is { Subject: FormSubject.Site } && site is null, "site.site_code", "Required. Two or three digits.")));
    }

    private static IEnumerable<FieldViolation> CheckMissing(SubmissionHeader header, IMessage form)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < header.Missing.Count; i++)
        {
            var missing = header.Missing[i];
            var path = $"header.missing[{i}]";
            var field = form.Descriptor.FindFieldByName(missing.Field);
            if (field is null || field.IsRepeated)
            {
                yield return Field(path + ".field", $"{form.Descriptor.Name} has no single field of this name.");
            }
            else if (!seen.Add(missing.Field))
            {
                yield return Field(path + ".field", $"{missing.Field} is given twice.");
            }
            else if (field.HasPresence ? field.Accessor.HasValue(form) : !IsDefault(field.Accessor.GetValue(form)))
            {
                yield return Field(path + ".field", $"{missing.Field} has a value; take one of the two away.");
            }

            if (missing.Reason == MissingReason.Unspecified)
            {
                yield return Field(path + ".reason", "Required. Say why it is missing.");
            }
            else if (missing.Reason == MissingReason.NotAvailable && header.Origin == DataOrigin.Prospective)
            {
                yield return Field(path + ".reason", "NOT_AVAILABLE is for retrospective data only. Give another reason.");
            }
        }
    }

    private static IEnumerable<FieldViolation> Where(params (bool Wrong, string Field, string Message)[] conditions) =>
        conditions.Where(condition => condition.Wrong).Select(condition => Field(condition.Field, condition.Message));

    private static FieldViolation Field(string field, string message) => new() { Field = field, Description = message };

    private static bool IsUuid(string text) => Guid.TryParseExact(text, "D", out var id) && id != Guid.Empty;

    private static string? SiteCode(string text) => ParticipantCode.IsSite(text) ? text : null;

    private static bool IsDefault(object value) => value is "" or 0 or 0L or 0d or false || (value is Enum && (int)value == 0);

    private FormContext ContextOf(SubmissionHeader header, string site) => new()
    {
        Participant = header.Participant,
        Site = site,
        Origin = header.Origin,
        New = header.RecordId.Length == 0,
        Today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime + Check.ChinaOffset),
        Missing = header.Missing.Count == 0
            ? NothingMissing
            : header.Missing.DistinctBy(value => value.Field).ToDictionary(value => value.Field, value => value.Reason),
    };

    private Submission Read(SubmissionHeader header, Form form, IMessage message, FormContext context, Caller caller)
    {
        var record = contract.Content(form, message, header.Missing);
        return new Submission
        {
            Header = header,
            Form = form,
            Message = message,
            Caller = caller,
            RequestId = Guid.Parse(header.RequestId),
            RecordId = header.RecordId.Length > 0 ? Guid.Parse(header.RecordId) : Guid.CreateVersion7(),
            Record = record,
            Content = record.ToByteArray(),
            Context = context,
        };
    }
}
