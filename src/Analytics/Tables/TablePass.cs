using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Endpoints;

namespace Equecel.Analytics.Tables;

/// <summary>One pass over the dossiers that fills a table.</summary>
internal sealed class TablePass
{
    private readonly TableQuestion question;
    private readonly SortedDictionary<string, int> exclusions = new(StringComparer.Ordinal);

    /// <summary>Begins one.</summary>
    /// <param name="question">The question.</param>
    /// <param name="asked">The cell that is asked about; null for none.</param>
    /// <param name="position">The data.</param>
    public TablePass(TableQuestion question, V1.TableCell? asked, CohortPosition position)
    {
        this.question = question;
        Topic = TopicList.Find(question.Request.Topic)!;
        Sheet = new Sheet(asked);
        Position = position;
        Topic.Define(Sheet, question);
    }

    /// <summary>What the table is about.</summary>
    public Topic Topic { get; }

    /// <summary>The table.</summary>
    public Sheet Sheet { get; }

    /// <summary>The data.</summary>
    public CohortPosition Position { get; }

    /// <summary>Adds a participant, who may be left out.</summary>
    /// <param name="dossier">What is known of the participant.</param>
    public void Add(Dossier dossier) => Add(Subject.Of(dossier, question.Cutoff));

    /// <summary>Adds a participant, who may be left out.</summary>
    /// <param name="subject">The participant, by the question's cut-off.</param>
    public void Add(Subject subject)
    {
        if (subject.Exclusion == Exclusion.NoRecord || !question.Population.Includes(subject))
        {
            return;
        }

        if (!Topic.IncludesNotInfused && subject.Exclusion != Exclusion.None)
        {
            Exclude(SurvivalAnswer.InWords(subject.Exclusion));
            return;
        }

        if (!Topic.Includes(subject, question))
        {
            Exclude("not evaluable");
            return;
        }

        Sheet.Begin(subject.Dossier.Participant, Groups.Of(subject, question.Request.Grouping), () => Membership.Of(subject, question));
        Topic.Add(Sheet, subject, question);
    }

    private void Exclude(string why) => exclusions[why] = exclusions.GetValueOrDefault(why) + 1;

    /// <summary>Ends it.</summary>
    public void Finish() => Topic.Finish(Sheet);

    /// <summary>Participants left out, by why.</summary>
    public IEnumerable<V1.Exclusion> Exclusions() =>
        exclusions.Select(exclusion => new V1.Exclusion { Reason = exclusion.Key, ParticipantCount = exclusion.Value });
}
