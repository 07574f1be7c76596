using Equecel.Common.V1;
using Equecel.Questionnaire.V1;

namespace Equecel.Cli.Study;

/// <summary>What participants answer: it gets better from the infusion on, and worse with progression.</summary>
internal static class QuestionnaireForms
{
    private const int DaysToBetter = 84;
    private const int LastOfFour = 28;
    private const int Items = 30;

    private static readonly (Visit Visit, int Day, int EitherSide)[] Visits =
        [(Visit.Baseline, -10, 3), (Visit.Week4, 28, 2), (Visit.Week8, 56, 6), (Visit.Week12, 84, 6), (Visit.Week24, 168, 12)];

    /// <summary>Adds them. An archive mostly has none.</summary>
    /// <param name="forms">Where to.</param>
    /// <param name="course">What happens to the participant.</param>
    public static void Add(FormSet forms, Course course)
    {
        var draw = course.Draw("questionnaires");
        if (!course.IsProspective && draw.Chance(0.8))
        {
            return;
        }

        var burden = draw.Between(0.25, 0.8, 2);
        foreach (var (visit, target, eitherSide) in Visits)
        {
            var isFar = course.Contradiction == Contradiction.QuestionnaireDate && visit == Visit.Week12;
            var day = isFar ? target - 20 : target + draw.Between(-eitherSide, eitherSide);
            var fate = isFar ? 0 : draw.Weighed(85, 7, 8);
            if (day > course.EndDay || fate == 2)
            {
                continue;
            }

            var share = day < 0 ? 0 : Math.Min(1.0, (double)day / DaysToBetter);
            var now = day >= course.ProgressionDay ? Math.Min(0.9, burden + 0.1) : burden * (1 - (0.55 * share));
            Add(forms, course, draw, (visit, course.On(day)), fate == 1, now);
            if (isFar && course.IsCorrected && target <= course.EndDay)
            {
                forms.Amend<SubmitRecordRequest>($"qlq {visit}", request => request.QlqC30.CompletionDate = course.On(target), "Date was mistyped");
                forms.Amend<SubmitRecordRequest>($"eq5d {visit}", request =>
                {
                    request.Eq5D3L?.CompletionDate = course.On(target);
                    request.Eq5D5L?.CompletionDate = course.On(target);
                }, "Date was mistyped");
            }
        }
    }

    private static void Add(FormSet forms, Course course, Draw draw, (Visit Visit, string Date) at, bool isNotDone, double burden)
    {
        var hasThreeLevels = StudySite.Of(course.Number).Code == "22";
        if (isNotDone)
        {
            forms.Add($"qlq {at.Visit}", new SubmitRecordRequest
            {
                QlqC30 = new() { Visit = at.Visit, CompletionDate = at.Date, NotDoneReason = draw.Chance(0.3) ? MissingReason.Refused : MissingReason.NotDone },
            });
            return;
        }

        forms.Add($"qlq {at.Visit}", new SubmitRecordRequest { QlqC30 = Qlq(at, draw, burden) }, draw.Chance(0.05) ? Wave.Late : Wave.First);
        var vas = (int)Math.Round(Math.Clamp(92 - (55 * burden) + draw.Between(-8, 8), 5, 100));
        var answers = Enumerable.Range(1, 5).Select(item => Answer(item, draw, burden, hasThreeLevels ? 3 : 5)).ToList();
        forms.Add($"eq5d {at.Visit}", hasThreeLevels
            ? new SubmitRecordRequest
            {
                Eq5D3L = new()
                {
                    Visit = at.Visit,
                    CompletionDate = at.Date,
                    InstrumentVersion = "2.1",
                    Language = "zh-CN",
                    Mode = CompletionMode.Paper,
                    Proxy = YesNoUnknown.No,
                    Answers = { answers },
                    VasScore = vas,
                },
            }
            : new SubmitRecordRequest
            {
                Eq5D5L = new()
                {
                    Visit = at.Visit,
                    CompletionDate = at.Date,
                    InstrumentVersion = "1.2",
                    Language = "zh-CN",
                    Mode = CompletionMode.Device,
                    Proxy = YesNoUnknown.No,
                    Answers = { answers },
                    VasScore = vas,
                },
            });
    }

    private static QlqC30 Qlq((Visit Visit, string Date) at, Draw draw, double burden)
    {
        var form = new QlqC30
        {
            Visit = at.Visit,
            CompletionDate = at.Date,
            InstrumentVersion = "3.0",
            Language = "zh-CN",
            Mode = draw.Pick(CompletionMode.Paper, CompletionMode.Device, CompletionMode.Interview),
            Proxy = YesNoUnknown.No,
        };
        for (var item = 1; item <= Items; item++)
        {
            if (!draw.Chance(0.01))
            {
                form.Answers.Add(item <= LastOfFour
                    ? Answer(item, draw, burden, 4)
                    : new ItemAnswer { Item = item, Score = 8 - Answer(item, draw, burden, 7).Score });
            }
        }

        return form;
    }

    // From 1, the best, with the burden and some chance.
    private static ItemAnswer Answer(int item, Draw draw, double burden, int highest) => new()
    {
        Item = item,
        Score = 1 + (int)Math.Round(draw.Normal(burden, 0.18, 0, 1) * (highest - 1)),
    };
}
