using Equecel.Analytics.Report.Markup;

namespace Equecel.Analytics.Report;

/// <summary>The language of a report: chooses words, and marks those of the other language.</summary>
/// <param name="IsChinese">Whether it is Chinese; else English.</param>
internal sealed record Wording(bool IsChinese)
{
    private static readonly Dictionary<string, string> ChineseReasons = new()
    {
        ["no participants"] = "无受试者",
        ["no values"] = "无数值",
        ["no responder"] = "无缓解者",
        ["nothing expected"] = "无应有项目",
        ["no response"] = "无缓解",
        ["no events"] = "无事件",
        ["beyond last follow-up"] = "超出末次随访时间",
        ["not reached"] = "未达到",
        ["no time under observation"] = "无观察时间",
        ["only one value"] = "仅有一个数值",
        ["fewer than two groups could have had events"] = "可发生事件的组少于两个",
        ["no difference between the groups could have shown"] = "无法显示组间差异",
        ["did not converge"] = "未收敛",
        ["not infused"] = "未回输",
        ["infused after the cut-off"] = "数据截止日后回输",
        ["death before infusion"] = "死亡日期早于回输日期",
        ["not evaluable"] = "不可评估",
        ["response"] = "缓解",
        ["progression"] = "疾病进展",
        ["death"] = "死亡",
        ["new therapy"] = "新抗肿瘤治疗",
        ["last adequate assessment"] = "末次充分评估",
        ["no adequate assessment"] = "无充分评估",
        ["missed assessments"] = "漏评估",
        ["last known alive"] = "末次已知存活",
        ["alive at the cut-off"] = "数据截止日存活",
    };

    /// <summary>Its tag, as the <c>lang</c> attribute has it.</summary>
    public string Tag => IsChinese ? "zh-CN" : "en";

    /// <summary>Chooses words.</summary>
    /// <param name="english">In English.</param>
    /// <param name="chinese">In Chinese.</param>
    public string Of(string english, string chinese) => IsChinese ? chinese : english;

    /// <summary>Why something is not estimable, somebody is left out, or a time ended.</summary>
    /// <param name="reason">The reason as an answer has it.</param>
    public string Reason(string reason) => IsChinese ? ChineseReasons.GetValueOrDefault(reason, reason) : reason;

    /// <summary>That something is not estimable, and why.</summary>
    /// <param name="reason">The reason as an answer has it.</param>
    public string NotEstimable(string reason) => Of($"not estimable: {reason}", $"不可估计：{Reason(reason)}");

    /// <summary>Text whose language is not chosen here, marked when it is not that of the report.</summary>
    /// <param name="text">The text.</param>
    /// <param name="element">Name of the element: <c>tspan</c> in a picture.</param>
    /// <returns>The text, or an element around it.</returns>
    public object Marked(string text, string element = "span")
    {
        var isChinese = text.Any(letter => letter is >= '\u3400' and <= '\u9fff');
        return isChinese == IsChinese || !text.Any(char.IsLetter)
            ? text
            : Html.Element(element, Html.Attribute("lang", isChinese ? "zh-CN" : "en"), text);
    }

    /// <summary>A list of words.</summary>
    /// <param name="words">The words.</param>
    public string List(IEnumerable<string> words) => string.Join(Of(", ", "、"), words);
}
