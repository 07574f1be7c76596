using Equecel.Analytics.Derivation;
using Equecel.Analytics.Statistics;
using Equecel.Assessment.V1;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>How soon those who responded did so.</summary>
/// <remarks>Rule set RWS-1: analysis plan, TTR and TTCR. Conditional on responding: the cumulative incidence is of everybody.</remarks>
internal sealed class TimeToResponseTable : Topic
{
    /// <inheritdoc/>
    public override V1.Topic Name => V1.Topic.TimeToResponse;

    /// <inheritdoc/>
    public override (string En, string Zh) Title => ("Time to response, of responders", "缓解者的缓解时间");

    /// <inheritdoc/>
    public override (string En, string Zh) Method(TableQuestion question) => (
        $"Days from infusion (day 1) to the first {InWords(question).En} response; participants who responded; quartiles averaged at jumps (type 2)",
        $"自回输（第1天）至首次{InWords(question).Zh}缓解的天数；仅含缓解者；四分位数在跳跃处取平均（第2型）");

    /// <inheritdoc/>
    public override void Define(Sheet sheet, TableQuestion question)
    {
        sheet.Row(Rows.Share("responders", "Responders (PR or better)", "缓解者（PR及以上）"));
        sheet.Row(Rows.Summary("ttr", "Time to response", "至缓解时间", "days") with { WithoutValues = NotEstimable.NoResponder });
        sheet.Row(Rows.Share("complete-responders", "Complete responders (CR or sCR)", "完全缓解者（CR或sCR）"));
        sheet.Row(Rows.Summary("ttcr", "Time to complete response", "至完全缓解时间", "days") with { WithoutValues = NotEstimable.NoResponder });
    }

    /// <inheritdoc/>
    public override void Add(Sheet sheet, Subject subject, TableQuestion question)
    {
        Add(sheet, subject, question, ResponseCategory.PartialResponse, "responders", "ttr");
        Add(sheet, subject, question, ResponseCategory.CompleteResponse, "complete-responders", "ttcr");
    }

    private static void Add(Sheet sheet, Subject subject, TableQuestion question, ResponseCategory level, string share, string time)
    {
        var reached = Derivation.TimeToResponse.Derive(subject.Course!, level, RuleOf(question));
        if (reached.Reason == EndReason.Response)
        {
            var words = $"day {reached.Days}";
            var sources = subject.Dossier.All<DiseaseAssessment>().Select(found => found.Record).ToList();
            sheet[share].Count(words, sources);
            sheet[time].Add(reached.Days, words, sources);
        }
    }

    private static ResponseRule RuleOf(TableQuestion question) =>
        question.Request.ResponseBasis == V1.ResponseBasis.Confirmed ? ResponseRule.Confirmed : ResponseRule.AsAssessed;

    private static (string En, string Zh) InWords(TableQuestion question) => RuleOf(question) == ResponseRule.Confirmed ? ("confirmed", "确认的") : ("recorded", "记录的");
}
