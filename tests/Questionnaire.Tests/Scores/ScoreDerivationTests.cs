using Equecel.Common.V1;
using Equecel.Questionnaire.Scores;
using Equecel.Questionnaire.V1;
using Google.Protobuf;
using static Equecel.Questionnaire.V1.QuestionnaireScores.Types;

namespace Equecel.Questionnaire.Tests.Scores;

public sealed class ScoreDerivationTests
{
    [Fact]
    public void A_QLQ_C30_has_its_scales_and_the_summary()
    {
        var scores = Derive(Form.QlqC30()).Single().Scores;

        Assert.Equal((Instrument.QlqC30, Visit.Week4, Visit.Week4, 28, 0), (scores.Instrument, scores.Visit, scores.AssignedVisit, scores.StudyDay, scores.DaysOutsideWindow));
        Assert.Equal(Enumerable.Range(1, 16).Select(number => (Scale)number), scores.Scales.Select(scale => scale.Scale));
        Assert.Equal([100, 100, 100, 100, 100, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100], scores.Scales.Select(scale => scale.Score));
        Assert.False(scores.HasIndexValue || scores.HasHealthState || scores.HasVasScore);
        Assert.Equal(ScoreDerivation.RuleSet, scores.RuleSet);
    }

    [Fact]
    public void A_scale_without_enough_answers_has_no_score_rather_than_zero()
    {
        var scores = Derive(Form.QlqC30(form => form.Answers.Remove(form.Answers.Single(answer => answer.Item == 8)))).Single().Scores;

        Assert.Equal([Scale.Dy, Scale.Summary], scores.Scales.Where(scale => !scale.HasScore).Select(scale => scale.Scale));
    }

    [Fact]
    public void An_earlier_version_of_the_QLQ_C30_is_not_scored() =>
        Assert.Empty(Derive(Form.QlqC30(form => form.InstrumentVersion = "2.0")).Single().Scores.Scales);

    [Theory]
    [InlineData("21231", 80, "21231", 0.751, 80)]
    [InlineData("11111", 0, "11111", 1.0, 0)]
    [InlineData("2123-", 80, null, null, 80)]
    [InlineData("55555", null, "55555", -0.391, null)]
    public void An_EQ_5D_5L_has_an_index_when_it_is_complete_and_the_VAS_stands_beside_it(string answers, int? vas, string? state, double? index, int? score)
    {
        var scores = Derive(Form.Eq5d5l(answers, vas)).Single().Scores;

        Assert.Equal(state, scores.HasHealthState ? scores.HealthState : null);
        Assert.Equal(index, scores.HasIndexValue ? scores.IndexValue : null);
        Assert.Equal(state is null ? "" : "EQ-5D-5L China, Luo 2017", scores.ValueSet);
        Assert.Equal(score, scores.HasVasScore ? scores.VasScore : null);
        Assert.Empty(scores.Scales);
    }

    [Fact]
    public void An_EQ_5D_3L_is_valued_with_its_own_set()
    {
        var scores = Derive(Form.Eq5d3l()).Single().Scores;

        Assert.Equal(("22222", 0.505, "EQ-5D-3L China, Liu 2014", YesNoUnknown.Yes), (scores.HealthState, scores.IndexValue, scores.ValueSet, scores.Proxy));
    }

    [Fact]
    public void What_was_not_filled_in_has_no_scores() =>
        Assert.Empty(Derive(new QlqC30 { Visit = Visit.Week4, CompletionDate = "2024-03-29", NotDoneReason = MissingReason.Refused }));

    [Fact]
    public void Before_the_infusion_is_known_there_is_no_day()
    {
        var facts = Form.Facts();
        facts.ClearInfusionDate();
        var scores = (QuestionnaireScores)ScoreDerivation.Derive(facts, [Form.Current(Form.QlqC30(form => form.Visit = Visit.Baseline))]).Single().Form;

        Assert.Equal((Visit.Baseline, false, false), (scores.AssignedVisit, scores.HasStudyDay, scores.HasDaysOutsideWindow));
    }

    [Fact]
    public void Of_two_forms_of_a_visit_that_were_sent_at_once_the_second_is_asked_about() =>
        Assert.Equal(["", "Q01? visit", ""], Derive(Form.QlqC30(), Form.QlqC30(), Form.Eq5d5l()).Select(derived => derived.Findings));

    private static IEnumerable<(QuestionnaireScores Scores, string Findings)> Derive(params IMessage[] forms) =>
        ScoreDerivation.Derive(Form.Facts(), [.. forms.Select(Form.Current)]).Select(derived => ((QuestionnaireScores)derived.Form, derived.Findings.Brief()));
}
