using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Report.Parts;
using Equecel.Analytics.Tables;
using Equecel.Records.V1;

namespace Equecel.Analytics.Report;

/// <summary>One pass over the dossiers that fills every answer of a report.</summary>
internal sealed class ReportPass
{
    private readonly CohortPosition position;
    private readonly ReportQuestion question;
    private readonly List<(TableQuestion Question, TablePass Pass)> tables;
    private readonly List<(SurvivalQuestion Question, CurveScope Scope, CurveCounts Counts)> curves;
    private readonly LongestLanes lanes = new();
    private readonly List<(V1.GetIncidenceCurveRequest Question, CurveScope Scope, CurveCounts Counts)> incidences;

    /// <summary>Begins one.</summary>
    /// <param name="question">The question.</param>
    /// <param name="position">The data.</param>
    public ReportPass(ReportQuestion question, CohortPosition position)
    {
        (this.question, this.position) = (question, position);
        var asked = TopicList.All.Select(topic => question.Table(topic.Name)).Append(question.AdverseEventRates).Append(question.QualityByProvenance).OfType<TableQuestion>();
        tables = [.. asked.Select(table => (table, new TablePass(table, asked: null, position)))];
        curves =
        [
            .. new[] { V1.Endpoint.ProgressionFreeSurvival, V1.Endpoint.OverallSurvival, V1.Endpoint.DurationOfResponse }
                .Select(question.Survival).Select(curve => (curve, curve.Scope, new CurveCounts())),
        ];
        incidences =
        [
            .. new[] { V1.IncidenceEndpoint.Response, V1.IncidenceEndpoint.CompleteResponse }
                .Select(question.Incidence).Select(incidence => (incidence, CurveScope.Of(incidence), new CurveCounts())),
        ];
    }

    /// <summary>Adds a participant.</summary>
    /// <param name="dossier">What is known of the participant, with the data queries.</param>
    public void Add(Dossier dossier)
    {
        // All answers are by the same cut-off.
        var cutoff = curves[0].Question.Cutoff;
        var whole = Subject.Of(dossier, cutoff);
        tables.Where(table => table.Pass.Topic.NeedsHistory).ToList().ForEach(table => table.Pass.Add(whole));

        // The other answers are given without queries, and never meet whom only queries are about.
        dossier = dossier with { Records = [.. dossier.Records.Where(record => record.Form is not DataQuery)] };
        if (dossier.Records.Count == 0)
        {
            return;
        }

        var subject = Subject.Of(dossier, cutoff);
        tables.Where(table => !table.Pass.Topic.NeedsHistory).ToList().ForEach(table => table.Pass.Add(subject));
        curves.ForEach(curve => curve.Counts.Add(subject, curve.Scope));
        incidences.ForEach(incidence => incidence.Counts.Add(subject, incidence.Scope));
        lanes.Add(subject, curves[0].Scope.Population);
    }

    /// <summary>Computes the answers.</summary>
    public Findings Finish()
    {
        var survival = curves.ConvertAll(curve => Finish(curve.Question, curve.Counts));
        var incidence = incidences.ConvertAll(one => Finish(one.Question, one.Counts));
        var answers = tables.ConvertAll(table => Finish(table.Question, table.Pass));
        var further = answers[TopicList.All.Count..];
        return new Findings(
            answers.Take(TopicList.All.Count).ToDictionary(answer => answer.Topic), further[0], further.ElementAtOrDefault(1),
            survival[0], survival[1], survival[2], incidence[0], incidence[1], lanes.ToList());
    }

    private V1.Table Finish(TableQuestion table, TablePass pass)
    {
        pass.Finish();
        var answer = TableAnswer.Compute(pass.Topic, table, pass.Sheet, pass.Exclusions(), position, question.AsOf);
        answer.Method = InLanguage(TableAnswer.Method(pass.Topic, table));
        return answer;
    }

    private V1.SurvivalCurve Finish(SurvivalQuestion curve, CurveCounts counts)
    {
        var answer = SurvivalAnswer.Compute(curve, counts, position.ToV1(question.AsOf, question.AsOf));
        answer.Method = InLanguage(SurvivalMethod.InWords(curve, withTest: TestWords.AreCompared(answer.Strata.Count)));
        return answer;
    }

    private V1.IncidenceCurve Finish(V1.GetIncidenceCurveRequest curve, CurveCounts counts)
    {
        var answer = IncidenceAnswers.Compute(curve, counts, position.ToV1(question.AsOf, question.AsOf));
        answer.Method = InLanguage(IncidenceAnswers.Method(answer.ConfidenceLevel, withGroups: TestWords.AreCompared(answer.Strata.Count)));
        return answer;
    }

    private string InLanguage((string En, string Zh) method) => question.Words.Of(method.En, method.Zh);
}
