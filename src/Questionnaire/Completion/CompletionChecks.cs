using System.Text.RegularExpressions;
using Equecel.Common.V1;
using Equecel.Questionnaire.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Questionnaire.Completion;

/// <summary>Edit checks that all instruments have in common.</summary>
internal static partial class CompletionChecks
{
    private const int LongestVersion = 20;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context, with the participant's other questionnaires.</param>
    /// <param name="highestScores">Highest score or level of each item, in their order; the lowest is 1.</param>
    public static IEnumerable<Finding?> Run(CompletedForm form, FormContext context, IReadOnlyList<int> highestScores) =>
        VisitChecks.Run(form, context)
            .Concat(form.IsDone ? Completed(form, context) : NotDone(form, context))
            .Concat(Answers(form.Answers, highestScores));

    private static IEnumerable<Finding?> Completed(CompletedForm form, FormContext context)
    {
        yield return Check.RequiredText(context, "instrument_version", form.InstrumentVersion, LongestVersion);
        yield return Check.Required(context, "language", form.Language.Length > 0);
        yield return form.Language.Length > 0 && !Language().IsMatch(form.Language)
            ? Check.Hard("F03", "language", "Write the language as a BCP 47 tag, such as zh-CN.", "语言应填写BCP 47代码，如zh-CN。")
            : null;
        yield return Check.Required(context, "mode", form.Mode != CompletionMode.Unspecified);
        yield return Check.Required(context, "proxy", form.Proxy != YesNoUnknown.Unspecified);
        yield return form.Answers.Count > 0 || form.VasScore is not null
            ? null
            : Check.Hard("F01", "answers", "Give the answers, or state in not_done_reason why it was not filled in.", "请填写答案，或在not_done_reason中注明未填写原因。");
        yield return Check.Range("vas_score", form.VasScore, (0, 100));
    }

    private static IEnumerable<Finding?> NotDone(CompletedForm form, FormContext context)
    {
        yield return form.NotDoneReason == MissingReason.NotAvailable && context.Origin == DataOrigin.Prospective
            ? Check.Hard("F04", "not_done_reason", "NOT_AVAILABLE is for retrospective data only. Give another reason.", "NOT_AVAILABLE仅用于回顾性数据，请填写其他原因。")
            : null;
        foreach (var (field, given) in new[] { ("answers", form.Answers.Count > 0), ("vas_score", form.VasScore is not null) })
        {
            yield return given
                ? Check.Hard("F04", field, "It has answers, so it was filled in. Take them or not_done_reason away.", "已有答案，请删除答案或not_done_reason。")
                : null;
        }
    }

    private static IEnumerable<Finding?> Answers(IReadOnlyList<ItemAnswer> answers, IReadOnlyList<int> highestScores)
    {
        var seen = new HashSet<int>();
        foreach (var (i, answer) in answers.Take(highestScores.Count + 1).Index())
        {
            var path = $"answers[{i}]";
            yield return Check.Range($"{path}.item", answer.Item, (1, highestScores.Count));
            yield return seen.Add(answer.Item)
                ? null
                : Check.Hard("F04", $"{path}.item", "Each item has one answer. Leave out an item with two.", "每个条目只填一个答案，重复作答的条目请留空。");
            yield return answer.Item >= 1 && answer.Item <= highestScores.Count ? Check.Range($"{path}.score", answer.Score, (1, highestScores[answer.Item - 1])) : null;
        }

        yield return answers.Count > highestScores.Count
            ? Check.Hard("F08", "answers", $"At most {highestScores.Count} answers; this has {answers.Count}.", $"最多{highestScores.Count}个答案，现有{answers.Count}个。")
            : null;
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex Language();
}
