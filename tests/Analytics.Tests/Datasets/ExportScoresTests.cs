using System.Globalization;
using Equecel.Common.V1;
using Equecel.Questionnaire.V1;
using Google.Protobuf;
using Instrument = Equecel.Questionnaire.V1.QuestionnaireScores.Types.Instrument;
using Scale = Equecel.Questionnaire.V1.QuestionnaireScores.Types.Scale;

namespace Equecel.Analytics.Tests.Datasets;

/// <summary>Scores that other software gives for the same answers, and examples of the scoring manual's rules worked out by hand.</summary>
public sealed class ExportScoresTests
{
    private const string Participant = "03-0001";
    private const string Fault = "ADQS, AVAL is not what the answers of QS give, for EQUECEL-RWS-03-0001";
    private const string Best =
        "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 7 7, Ql2 100 Pf2 100 Rf2 100 Ef 100 Cf 100 Sf 100 Fa 0 Nv 0 Pa 0 Dy 0 Sl 0 Ap 0 Co 0 Di 0 Fi 0 Summary 100";

    private const string Worst =
        "4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 1 1, Ql2 0 Pf2 0 Rf2 0 Ef 0 Cf 0 Sf 0 Fa 100 Nv 100 Pa 100 Dy 100 Sl 100 Ap 100 Co 100 Di 100 Fi 100 Summary 0";

    // Each answer belongs to one scale: 2 where all others have 1 moves that scale and the summary. A symptom of three items goes up by
    // 100/9, and the summary down by a thirteenth of that.
    private const string OneWorse =
        "1 1 1 1 1 1 1 1 1 2 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 7 7, Ql2 100 Pf2 100 Rf2 100 Ef 100 Cf 100 Sf 100 Fa 11.11111111111111 Nv 0 Pa 0 Dy 0 Sl 0 Ap 0 Co 0 Di 0 Fi 0 Summary 99.14529914529915";

    [Theory]
    [InlineData(Best, "EOR0131", "EOR0129")]
    [InlineData(Best, "EORSUM", "EOR0101")]
    [InlineData(Worst, "EOR0134", "EOR0121")]
    [InlineData(OneWorse, "EOR0137", "EOR0110")]
    [InlineData(OneWorse, "EORSUM", "EOR0108")]
    [InlineData("2 _ 2 _ 4, Pf2 44.44444444444444", "EOR0132", "EOR0105")]
    [InlineData("_ _ _ _ _ _ _ _ _ 2 _ _ _ _ _ _ _ 1, Fa 16.666666666666668", "EOR0137", "EOR0118")]
    [InlineData("_ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ 2 _, Ql2 16.666666666666668", "EOR0131", "EOR0129")]
    public void Scores_of_the_QLQ_C30_that_its_items_give_are_good_and_others_are_told(string answersAndScores, string parameter, string item)
    {
        var forms = Qlq("2025-03-29", answersAndScores);

        Assert.Empty(Export(forms).Faults());
        Assert.Equal([Fault], Export(forms).Set("ADQS", Participant, parameter, "AVAL", "12.345").Faults());
        Assert.Equal([Fault], Export(forms).Set("QS", Participant, item, "QSSTRESN", 3).Faults());
    }

    [Theory]
    [InlineData("5L 1 1 1 1 1", 1, null)]
    [InlineData("5L 2 1 2 3 1", 0.751, 70)]
    [InlineData("5L 1 2 3 4 5", 0.335, null)]
    [InlineData("5L 5 5 5 5 5", -0.391, 0)]
    [InlineData("3L 1 1 1 1 1", 1, 100)]
    [InlineData("3L 2 2 2 2 2", 0.505, null)]
    [InlineData("3L 1 1 1 1 2", 0.875, null)]
    [InlineData("3L 1 1 1 1 3", 0.734, null)]
    [InlineData("3L 3 3 3 3 3", -0.149, 35)]
    public void Indices_of_the_EQ_5D_that_its_levels_give_are_good_and_others_are_told(string levels, double index, int? vas)
    {
        var (forms, code) = (Eq5d("2025-03-29", levels, index, vas), levels.StartsWith("5L", StringComparison.Ordinal) ? "EQ5D02" : "EQ5D01");

        Assert.Empty(Export(forms).Faults());
        Assert.Equal([Fault], Export(forms).Set("ADQS", Participant, $"{code}IX", "AVAL", "0.123").Faults());
        Assert.Equal([Fault], Export(forms).Set("QS", Participant, $"{code}02", "QSSTRESN", levels[5] == '1' ? 2 : 1).Faults());
    }

    [Fact]
    public void The_VAS_is_the_answer()
    {
        var forms = Eq5d("2025-03-29", "5L 1 1 1 1 1", 1, 70);

        Assert.Empty(Export(forms).Faults());
        Assert.Contains(Fault, Export(forms).Set("ADQS", Participant, "EQ5D0206", "AVAL", "71").Faults());
        Assert.Contains(Fault, Export(forms).Set("QS", Participant, "EQ5D0206", "QSSTRESN", 71).Faults());
    }

    [Fact]
    public void Questionnaires_of_several_days_are_compared_day_by_day()
    {
        IMessage[] forms = [.. Qlq("2025-02-20", Worst), .. Qlq("2025-03-29", Best), .. Eq5d("2025-03-29", "5L 2 1 2 3 1", 0.751, null)];

        Assert.Empty(Export(forms).Faults());
        Assert.Contains(Fault, Export(forms).Set("ADQS", Participant, "2025-02-20", "AVAL", "50").Faults());
    }

    [Fact]
    public void Two_of_one_day_are_told_apart_by_their_visits_and_what_cannot_be_told_apart_is_not_compared()
    {
        IMessage[] forms = [.. Eq5d("2025-03-29", "5L 2 1 2 3 1", 0.751, null), .. Eq5d("2025-03-29", "5L 1 1 1 1 1", 1, null, Visit.Unscheduled)];
        Assert.Empty(Export(forms).Faults());
        Assert.Contains(Fault, Export(forms).Set("ADQS", Participant, "0.751", "AVAL", "0.75").Faults());

        IMessage[] alike = [.. Eq5d("2025-03-29", "5L 2 1 2 3 1", 0.751, null), .. Eq5d("2025-03-29", "5L 1 1 1 1 1", 1, null)];
        Assert.DoesNotContain(Fault, Export(alike).Set("ADQS", Participant, "0.751", "AVAL", "0.75").Faults());
    }

    [Fact]
    public void A_questionnaire_without_any_score_and_files_of_others_are_not_compared()
    {
        var forms = Qlq("2025-03-29", Best);

        Assert.DoesNotContain(Fault, Export(forms).Set("ADQS", Participant, "", "AVAL", null).Faults());
        Assert.Contains(Fault, Export(forms).Set("QS", Participant, "", "QSSTRESN", null).Faults());
        Assert.DoesNotContain(Fault, new MadeExport(RichStudy.Make().Infused(Participant, forms), system: "Another").Set("ADQS", Participant, "EOR0131", "AVAL", "99").Faults());
    }

    private static MadeExport Export(IMessage[] forms) => new(RichStudy.Make().Infused(Participant, forms));

    private static IMessage[] Qlq(string date, string answersAndScores)
    {
        var parts = answersAndScores.Split(", ");
        var form = new QlqC30 { Visit = Visit.Week4, CompletionDate = date, InstrumentVersion = "3.0" };
        form.Answers.AddRange(Answers(parts[0].Split(' ')));
        var scores = new QuestionnaireScores { Instrument = Instrument.QlqC30, CompletionDate = date };
        scores.Scales.AddRange(parts[1].Split(' ').Chunk(2).Select(pair => new QuestionnaireScores.Types.ScaleScore { Scale = Enum.Parse<Scale>(pair[0]), Score = double.Parse(pair[1], CultureInfo.InvariantCulture) }));
        return [form, scores];
    }

    private static IMessage[] Eq5d(string date, string levels, double index, int? vas, Visit visit = Visit.Week4)
    {
        var is5L = levels.StartsWith("5L", StringComparison.Ordinal);
        var answers = Answers(levels.Split(' ')[1..]);
        var form5L = new Eq5d5l { Visit = visit, CompletionDate = date, Answers = { answers } };
        var form3L = new Eq5d3l { Visit = visit, CompletionDate = date, Answers = { answers } };
        var scores = new QuestionnaireScores { Instrument = is5L ? Instrument.Eq5D5L : Instrument.Eq5D3L, CompletionDate = date, IndexValue = index };
        if (vas is { } score)
        {
            (form5L.VasScore, form3L.VasScore, scores.VasScore) = (score, score, score);
        }

        return [is5L ? form5L : form3L, scores];
    }

    private static IEnumerable<ItemAnswer> Answers(string[] answers) =>
        answers.Index().Where(one => one.Item != "_").Select(one => new ItemAnswer { Item = one.Index + 1, Score = int.Parse(one.Item, CultureInfo.InvariantCulture) });
}
