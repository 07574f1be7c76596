using Equecel.Records.Forms;
using Equecel.Records.V1;
using Google.Protobuf;

namespace Equecel.Safety.Shared;

/// <summary>Checks the links from one record to others.</summary>
internal static class Links
{
    private const int Most = 20;

    /// <summary>F09: a link to nothing that counts of this participant, or to another kind of record.</summary>
    /// <typeparam name="TForm">Kind of form that is linked.</typeparam>
    /// <param name="context">The form's context.</param>
    /// <param name="field">The field.</param>
    /// <param name="recordId">The link; empty when there is none.</param>
    public static Finding? To<TForm>(FormContext context, string field, string recordId)
        where TForm : class, IMessage =>
        recordId.Length == 0 ? null
        : !Guid.TryParseExact(recordId, "D", out _) ? Check.Hard("F03", field, "Give the UUID of a record.", "请填写记录的UUID。")
        // Before the participant is known nothing of him is.
        : context.Facts is null || Find<TForm>(context.Others, recordId) is not null ? null
        : Check.Hard("F09", field,
            "No such record of this participant, of the kind that belongs here, counts. Send it first, or correct the UUID.", "该受试者没有此类有效记录，请先提交该记录或更正UUID。");

    /// <summary>The same for a list of links, each once.</summary>
    /// <typeparam name="TForm">Kind of form that is linked.</typeparam>
    /// <param name="context">The form's context.</param>
    /// <param name="field">The field.</param>
    /// <param name="recordIds">The links.</param>
    public static IEnumerable<Finding?> ToAll<TForm>(FormContext context, string field, Google.Protobuf.Collections.RepeatedField<string> recordIds)
        where TForm : class, IMessage
    {
        var seen = new HashSet<string>();
        foreach (var (i, link) in recordIds.Take(Most).Index())
        {
            yield return link.Length == 0 || !seen.Add(link)
                ? Check.Hard("F04", $"{field}[{i}]", "Name each once, and nothing that is not set.", "每项只填一次，且不能为空。")
                : To<TForm>(context, $"{field}[{i}]", link);
        }

        yield return Check.Count(field, recordIds, Most);
    }

    /// <summary>The linked form; null when there is none that counts.</summary>
    /// <typeparam name="TForm">Kind of form that is linked.</typeparam>
    /// <param name="others">The participant's other records.</param>
    /// <param name="recordId">The link.</param>
    public static TForm? Find<TForm>(IReadOnlyList<CurrentRecord> others, string recordId)
        where TForm : class, IMessage => others.FirstOrDefault(other => IsSame(other.RecordId, recordId))?.Form as TForm;

    /// <summary>Whether two UUIDs are the same, however they are written.</summary>
    /// <param name="one">A record's.</param>
    /// <param name="other">A link.</param>
    public static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
