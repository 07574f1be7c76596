using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Report;
using Equecel.Analytics.Report.Figures;
using Equecel.Analytics.Tests.Statistics;
using Equecel.Analytics.Tests.Tables;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Analytics.Tests.Report.Drawing;

/// <summary>The drawn survival of the demo study, read off by the marks of its axes as with a ruler, against the steps that R has for it.</summary>
public sealed class DrawnCurveTests
{
    private const string Demo = "D03_myeloma";

    private static readonly (string Style, string Stratum)[] Curves = [("all", "all"), ("second", "group=before_1980"), ("third", "group=y1980_on")];

    [Theory]
    [InlineData("wide")]
    [InlineData("narrow")]
    public async Task Every_step_is_drawn_where_R_has_it(string width)
    {
        var picture = await DrawAsync(width);
        var ruler = new Ruler(picture);
        foreach (var (style, stratum) in Curves)
        {
            var (shown, wasFollowedLonger) = Steps(stratum, ruler.LastDay);
            var steps = shown.Select(step => (step.Days, step.Survival)).ToList();
            Near(
                wasFollowedLonger ? steps.Append((ruler.LastDay, steps[^1].Survival)) : steps, ruler,
                Regex.Matches(PathOf(picture, $"curve {style}"), "H([^HVM]+)V([^HVM]+)").Select(step => (Number(step.Groups[1].Value), Number(step.Groups[2].Value))));

            // A stroke of 8, around the curve.
            Near(
                shown.Where(step => step.CensoredCount > 0).Select(step => (step.Days, step.Survival)), ruler,
                Regex.Matches(PathOf(picture, $"censored {style}"), "M(\\S+) ([^v]+)v8").Select(stroke => (Number(stroke.Groups[1].Value), Number(stroke.Groups[2].Value) + 4)));
        }
    }

    [Theory]
    [InlineData("wide")]
    [InlineData("narrow")]
    public async Task The_interval_is_drawn_where_R_has_it(string width)
    {
        var picture = await DrawAsync(width);
        var ruler = new Ruler(picture);
        var (shown, wasFollowedLonger) = Steps("all", ruler.LastDay);
        var ends = shown.Skip(1).Select(step => step.Days).Concat(wasFollowedLonger ? [ruler.LastDay] : []);
        var stretches = shown.Zip(ends, (step, end) => (step, end)).Where(one => one.step is { Lower: not null, Upper: not null }).ToList();
        var drawn = Regex.Matches(PathOf(picture, "band all"), "M(\\S+) ([^H]+)H([^V]+)V([^H]+)H([^Z]+)Z").Select(box => box.Groups.Values.Skip(1).Select(side => Number(side.Value)).ToArray()).ToList();

        Near(stretches.Select(one => (one.step.Days, one.step.Upper!.Value)), ruler, drawn.Select(box => (box[0], box[1])));
        Near(stretches.Select(one => (one.end, one.step.Lower!.Value)), ruler, drawn.Select(box => (box[2], box[3])));
        Assert.All(drawn, box => Assert.Equal(box[0], box[4]));
    }

    [Theory]
    [InlineData("wide")]
    [InlineData("narrow")]
    public async Task The_numbers_at_risk_stand_under_their_months(string width)
    {
        var picture = await DrawAsync(width);
        var ruler = new Ruler(picture);
        var lines = Ruler.TextsOf(picture, "tick middle").GroupBy(text => text.Y).OrderBy(line => line.Key).Skip(1).ToList();

        Assert.Equal(Curves.Length, lines.Count);
        foreach (var (line, (_, stratum)) in lines.Zip(Curves))
        {
            var steps = Steps(stratum, double.PositiveInfinity).Shown;
            Assert.Equal(ruler.Months.Select(month => month.X), line.Select(text => text.X));
            Assert.Equal(
                ruler.Months.Select(month => steps.Find(step => step.Days >= month.Month * Ruler.DaysPerMonth)?.AtRiskCount ?? 0),
                line.Select(text => long.Parse(text.Words, CultureInfo.InvariantCulture)));
        }
    }

    private static void Near(IEnumerable<(double Days, double Share)> expected, Ruler ruler, IEnumerable<(double X, double Y)> drawn)
    {
        var (points, found) = (expected.ToList(), drawn.ToList());
        Assert.Equal(points.Count, found.Count);
        foreach (var ((days, share), (x, y)) in points.Zip(found))
        {
            Assert.InRange(x, ruler.X(days) - Ruler.Tolerance, ruler.X(days) + Ruler.Tolerance);
            Assert.InRange(y, ruler.Y(share) - Ruler.Tolerance, ruler.Y(share) + Ruler.Tolerance);
        }
    }

    private static string PathOf(XElement picture, string style) => (string)picture.Elements("path").Single(path => (string?)path.Attribute("class") == style).Attribute("d")!;

    private static (List<RStep> Shown, bool WasFollowedLonger) Steps(string stratum, double lastDay)
    {
        var all = SurvivalVector.Csv(Demo, "km.csv").Where(row => row["stratum"] == stratum).Select(RStep.Parse).ToList();
        var shown = all.Where(step => step.Days <= lastDay).ToList();
        return (shown, shown.Count < all.Count);
    }

    // The era of diagnosis stands for the provenance.
    private static async Task<XElement> DrawAsync(string width)
    {
        var (study, infusion) = (new MadeStudy(), new DateTimeOffset(1990, 1, 1, 10, 0, 0, TimeSpan.FromHours(8)));
        foreach (var (row, i) in SurvivalVector.Csv(Demo, "input.csv").Select((row, i) => (row, i)))
        {
            var last = DateOnly.FromDateTime(infusion.Date).AddDays((int)Number(row["time"]) - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            study.With(
                $"{(row["group"] == "before_1980" ? "01" : "02")}-{i + 1:0000}",
                new Infusion { StartTime = Timestamp.FromDateTimeOffset(infusion) },
                row["status"] == "1" ? new Death { DeathDate = last } : (IMessage)new Enrolment.V1.FollowUp { LastKnownAliveDate = last });
        }

        var question = ReportQuestion.Parse(new(), ReportStudy.Now).Survival(V1.Endpoint.OverallSurvival);
        var curve = SurvivalAnswer.Compute(
            question, await CurveCounts.OfAsync(study.Dossiers.ToAsyncEnumerable(), question.Scope), CohortPosition.None.After("enrolment", ReportStudy.Now, ReportStudy.Now).ToV1(asOf: null, ReportStudy.Now));
        return SurvivalFigure.Make("os", "Overall survival", "Alive", curve, new Wording(IsChinese: false)).Descendants("svg").Single(svg => (string?)svg.Attribute("id") == $"os-{width}");
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>A step as R has it, with log-log limits.</summary>
    private sealed record RStep(double Days, long AtRiskCount, long CensoredCount, double Survival, double? Lower, double? Upper)
    {
        public static RStep Parse(Dictionary<string, string> row) => new(
            Number(row["time"]), (long)Number(row["n_risk"]), (long)Number(row["n_censor"]), Number(row["surv"]),
            SurvivalVector.Number(row["lower_loglog"]), SurvivalVector.Number(row["upper_loglog"]));
    }

    /// <summary>The axes of a picture as a reader takes them: by the marks that have a number.</summary>
    private sealed class Ruler
    {
        /// <summary>An average month: 365.25 / 12.</summary>
        public const double DaysPerMonth = 30.4375;

        /// <summary>Lengths are drawn to a tenth: half of it for the marks, and half of it for what is measured.</summary>
        public const double Tolerance = 0.101;

        private readonly double zero;
        private readonly double whole;

        public Ruler(XElement picture)
        {
            Months = [.. TextsOf(picture, "tick middle").GroupBy(text => text.Y).MinBy(line => line.Key)!.Select(text => (int.Parse(text.Words, CultureInfo.InvariantCulture), text.X))];
            var percents = TextsOf(picture, "tick end").OrderBy(text => text.Y).Select(text => text.Words);
            var heights = picture.Elements("line").Where(line => (string?)line.Attribute("y1") == (string?)line.Attribute("y2") && (string?)line.Attribute("class") is "axis" or "grid")
                .Select(line => Number((string)line.Attribute("y1")!)).Order().ToList();
            Assert.Equal(["100 %", "75 %", "50 %", "25 %", "0 %"], percents);
            (whole, zero) = (heights[0], heights[^1]);

            // The marks are as far from each other as their numbers.
            Assert.All(Months, month => Assert.InRange(month.X, X(month.Month * DaysPerMonth) - Tolerance, X(month.Month * DaysPerMonth) + Tolerance));
            Assert.Equal(5, heights.Count);
            Assert.All(heights.Select((height, i) => (height, Y: Y(1 - (i / 4.0)))), one => Assert.InRange(one.height, one.Y - Tolerance, one.Y + Tolerance));
        }

        public List<(int Month, double X)> Months { get; }

        public double LastDay => Months[^1].Month * DaysPerMonth;

        public double X(double days) => Months[0].X + ((Months[^1].X - Months[0].X) * days / LastDay);

        public double Y(double share) => zero - ((zero - whole) * share);

        public static IEnumerable<(double X, double Y, string Words)> TextsOf(XElement picture, string style) => picture.Elements("text")
            .Where(text => (string?)text.Attribute("class") == style)
            .Select(text => (Number((string)text.Attribute("x")!), Number((string)text.Attribute("y")!), text.Value));
    }
}
