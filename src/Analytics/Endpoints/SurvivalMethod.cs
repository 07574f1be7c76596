using System.Globalization;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Endpoints;

/// <summary>How a survival curve is made, in words.</summary>
internal static class SurvivalMethod
{
    /// <summary>The method and its variants, with the rule set, in English and in Chinese.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="withTest">Whether the groups, if any are asked for, are compared.</param>
    public static (string En, string Zh) InWords(SurvivalQuestion question, bool withTest = true)
    {
        (string En, string Zh) scale = question.Interval.Type switch
        {
            IntervalType.Log => ("log", "对数"),
            IntervalType.Plain => ("plain", "普通"),
            _ => ("log-log", "双对数"),
        };
        var level = (100 * question.Interval.Level).ToString("0.####", CultureInfo.InvariantCulture);
        (string En, string Zh) test = question.Grouping == V1.Grouping.Unspecified || !withTest ? ("", "") : (" log-rank test between groups (exploratory);", "组间对数秩检验（探索性）；");
        var (endpoint, origin) = (EndpointOf(question), OriginOf(question));
        return (
            $"Kaplan–Meier product-limit; Greenwood; {scale.En} {level} % intervals; Brookmeyer–Crowley quantiles;"
                + $" {endpoint.En}; median follow-up by reverse Kaplan–Meier of overall survival from infusion, log-log limits;{test.En} convention A ({origin.En} = day 1); rule set {SurvivalAnswer.RuleSet}",
            $"Kaplan–Meier乘积限法；Greenwood方差；{scale.Zh}{level}%置信区间；Brookmeyer–Crowley分位数；"
                + $"{endpoint.Zh}；中位随访：自回输起总生存的反向Kaplan–Meier法，双对数界限；{test.Zh}约定A（{origin.Zh}为第1天）；规则集{SurvivalAnswer.RuleSet}");
    }

    private static (string En, string Zh) OriginOf(SurvivalQuestion question) =>
        question.Endpoint == V1.Endpoint.DurationOfResponse ? ("day of the first recorded response", "首次记录缓解之日") : ("infusion day", "回输日");

    private static (string En, string Zh) EndpointOf(SurvivalQuestion question)
    {
        if (question.Endpoint == V1.Endpoint.OverallSurvival)
        {
            return ("event: death from any cause", "事件：全因死亡");
        }

        (string En, string Zh) responders = question.Endpoint == V1.Endpoint.DurationOfResponse ? ("responders (PR or better as recorded); ", "缓解者（记录的PR及以上）；") : ("", "");
        var censoring = CensoringOf(question.Censoring).ToList();
        return censoring.Count == 0
            ? ($"{responders.En}event: progression or death, new therapy and missed assessments ignored", $"{responders.Zh}事件：疾病进展或死亡，不计新治疗和漏评估")
            : (
                $"{responders.En}event: progression or death, censored at {string.Join(" and ", censoring.Select(one => one.En))}",
                $"{responders.Zh}事件：疾病进展或死亡，于{string.Join("和", censoring.Select(one => one.Zh))}时删失");
    }

    private static IEnumerable<(string En, string Zh)> CensoringOf(PfsCensoring censoring)
    {
        if (censoring.HasFlag(PfsCensoring.NewTherapy))
        {
            yield return ("new therapy (S1)", "新治疗（S1）");
        }

        if (censoring.HasFlag(PfsCensoring.MissedAssessments))
        {
            yield return ("two missed assessments (S2)", "两次漏评估（S2）");
        }
    }
}
