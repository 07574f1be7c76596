using System.Xml.Linq;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Report.Drawing;
using Equecel.Analytics.Report.Parts;
using Equecel.Analytics.Tables.Topics;
using Equecel.Assessment.V1;
using Lane = Equecel.Analytics.V1.SwimmerLane;
using Mark = Equecel.Analytics.V1.SwimmerLane.Types.Mark;

namespace Equecel.Analytics.Report.Figures;

/// <summary>The courses of the participants as a swimmer plot.</summary>
internal static class SwimmerFigure
{
    /// <summary>Makes it.</summary>
    /// <param name="findings">The answers.</param>
    /// <param name="words">The language.</param>
    public static XElement Make(Findings findings, Wording words)
    {
        const string id = "swimmer";
        var (title, lanes) = (words.Of("Courses of the participants", "受试者病程（泳道图）"), findings.Lanes);
        var source = Source.Of(findings.Overall) with { Method = words.Of(SwimmerAnswers.Method, SwimmerAnswers.MethodZh) };
        if (lanes.Count == 0)
        {
            return Part.Of(id, title, source, words, Part.Nothing(words, "no participants"));
        }

        var shown = lanes.Count < source.ParticipantCount
            ? words.Of($"The {lanes.Count} participants of {Numerals.Count(source.ParticipantCount)} who were followed longest.", $"{Numerals.Count(source.ParticipantCount)}例中随访最长的{lanes.Count}例。")
            : words.Of("Every participant.", "全部受试者。");
        var caption = words.Of(
            $"{shown} A lane begins with the infusion; the thick piece is the response as the investigator last recorded it, the thin line time without one.",
            $"{shown}泳道自回输开始；粗段为研究者末次记录的疗效，细线为无疗效记录的时间。");
        return Part.Of(
            id, title, source, words,
            Part.Figure(Picture.InBothWidths(id, title, caption, width => SwimmerPicture.Draw(lanes, words, width)), caption),
            Part.Numbers(words, ResultTable.Of(
                $"{id}-numbers", words.Of($"{title}, days from infusion (day 1)", $"{title}，回输后天数（回输为第1天）"),
                [words.Of("Participant", "受试者"), words.Of("Last day", "末日"), words.Of("Ends with", "终止于"), words.Of("Best response in 24 weeks", "24周内最佳疗效"), words.Of("Responses", "疗效"), words.Of("Events", "事件")],
                lanes.Select(lane => TableLine.Of(lane.Participant, Cells(lane, words))), words)));
    }

    private static string[] Cells(Lane lane, Wording words) =>
    [
        $"{lane.LastDay}",
        lane.End switch
        {
            Lane.Types.End.Death => words.Of("death", "死亡"),
            Lane.Types.End.DataCutoff => words.Of("cut-off", "数据截止"),
            _ => words.Of("last known alive", "末次已知存活"),
        },
        Short(lane.BestResponse),
        words.List(lane.CurrentSpans.Select(span => $"{Short(span.Response)} {span.FirstDay}–{span.LastDay}")),
        words.List(lane.Marks.Select(mark => $"{InWords(mark.Kind, words)} {mark.Day}{(mark.Detail.Length == 0 ? "" : $" ({words.Of(mark.Detail, Regimen.ToChinese(mark.Detail))})")}")),
    ];

    private static string Short(Response response) => response switch
    {
        Response.StringentComplete => "sCR",
        Response.Complete => "CR",
        Response.VeryGoodPartial => "VGPR",
        Response.Partial => "PR",
        Response.Minimal => "MR",
        Response.StableDisease => "SD",
        Response.ProgressiveDisease => "PD",
        _ => "NE",
    };

    private static string InWords(Mark.Types.Kind kind, Wording words) => kind switch
    {
        Mark.Types.Kind.Progression => words.Of("progression", "疾病进展"),
        Mark.Types.Kind.NewTherapy => words.Of("new therapy", "新治疗"),
        Mark.Types.Kind.SecondInfusion => words.Of("second infusion", "再次回输"),
        _ => words.Of("death", "死亡"),
    };
}
