using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.Completion;
using Equecel.Questionnaire.Eq5d;
using Equecel.Questionnaire.Qlq;
using Equecel.Questionnaire.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using static Equecel.Questionnaire.V1.QuestionnaireScores.Types;

namespace Equecel.Questionnaire.Scores;

/// <summary>Derives the scores of every questionnaire that was filled in.</summary>
internal static class ScoreDerivation
{
    /// <summary>Name and version of the rules.</summary>
    public const string RuleSet = "QLQ-C30 3.0, EQ-5D China/1";

    /// <summary>Derives them from all that counts of a participant.</summary>
    /// <param name="facts">What is known of the participant.</param>
    /// <param name="records">The participant's questionnaires.</param>
    public static IEnumerable<DerivedForm> Derive(ParticipantFacts facts, IReadOnlyList<CurrentRecord> records)
    {
        var infusion = facts.HasInfusionDate ? CivilDate.Find(facts.InfusionDate) : null;
        var completed = records.Select(record => (record.RecordId, Form: CompletedForm.Find(record.Form)))
            .Where(record => record.Form is not null).Select(record => (record.RecordId, Form: record.Form!))
            .OrderBy(record => record.RecordId, StringComparer.Ordinal).ToList();
        return completed.Where(record => record.Form.IsDone).Select(record => new DerivedForm(
            record.RecordId,
            Score(record.RecordId, record.Form, infusion),
            [.. Again(record.Form, completed.TakeWhile(earlier => earlier.RecordId != record.RecordId).Select(earlier => earlier.Form))]));
    }

    private static QuestionnaireScores Score(string recordId, CompletedForm form, DateOnly? infusion)
    {
        var day = CivilDate.Find(form.CompletionDate) is { } date && infusion is { } start ? date.DayNumber - start.DayNumber : (int?)null;
        var assigned = AssignedVisit.Find(form.Visit, day);
        var scores = new QuestionnaireScores
        {
            QuestionnaireRecordId = recordId,
            Instrument = form.Instrument,
            Visit = form.Visit,
            AssignedVisit = assigned?.Visit ?? Visit.Unspecified,
            CompletionDate = form.CompletionDate,
            Proxy = form.Proxy,
            RuleSet = RuleSet,
        };
        if (day is { } known)
        {
            scores.StudyDay = known;
        }

        if (assigned?.DaysOutside is { } outside)
        {
            scores.DaysOutsideWindow = outside;
        }

        if (form.VasScore is { } vas)
        {
            scores.VasScore = vas;
        }

        Add(scores, form);
        return scores;
    }

    private static void Add(QuestionnaireScores scores, CompletedForm form)
    {
        if (form.Instrument != Instrument.QlqC30)
        {
            AddIndex(scores, form);
        }
        else if (QlqC30Score.IsScored(form.InstrumentVersion))
        {
            scores.Scales.AddRange(QlqC30Score.Compute(form.Scores).Select(ToV1));
        }
    }

    private static void AddIndex(QuestionnaireScores scores, CompletedForm form)
    {
        if (HealthState.Find(form.Scores) is { } state)
        {
            var valueSet = form.Instrument == Instrument.Eq5D5L ? ValueSet.China5L : ValueSet.China3L;
            scores.HealthState = state.ToString();
            scores.IndexValue = (double)valueSet.IndexOf(state);
            scores.ValueSet = valueSet.Name;
        }
    }

    // Two that were sent at the same moment pass each other's check.
    private static IEnumerable<Finding> Again(CompletedForm form, IEnumerable<CompletedForm> earlier)
    {
        if (earlier.Any(other => VisitChecks.IsAgain(form, other)))
        {
            yield return Check.Query("Q01", "visit", "A form for this visit already exists. Retract one of the two.", "该访视已有问卷，请撤回其中一份。");
        }
    }

    private static ScaleScore ToV1(QlqC30Score score)
    {
        var scale = new ScaleScore { Scale = score.Name, AnsweredCount = score.AnsweredCount, ItemCount = score.ItemCount };
        if (score.Score is { } value)
        {
            scale.Score = (double)value;
        }

        return scale;
    }
}
