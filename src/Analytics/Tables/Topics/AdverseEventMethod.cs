namespace Equecel.Analytics.Tables.Topics;

/// <summary>How the tables of adverse events are made, in words: what they share, around what each has of its own.</summary>
internal static class AdverseEventMethod
{
    /// <summary>Puts it into words, with how rates are made where they are asked for.</summary>
    /// <param name="question">The question.</param>
    /// <param name="happened">What happened to those whom a row counts.</param>
    /// <param name="rules">How they are counted.</param>
    public static (string En, string Zh) InWords(TableQuestion question, (string En, string Zh) happened, (string En, string Zh) rules)
    {
        var (days, rates) = (question.AdverseEventWindowDays, EventRates.InWords(question));
        return (
            $"Participants with {happened.En} with onset from infusion to infusion + {days} days, of all infused; {rules.En}; a death after a cut-off makes no event fatal or serious{rates.En}",
            $"全部回输受试者中，自回输至回输后{days}天{happened.Zh}者；{rules.Zh}；数据截止日后的死亡不使事件成为致死或严重事件{rates.Zh}");
    }
}
