using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.Schedule;

namespace Equecel.Questionnaire.Completion;

/// <summary>When the collection of questionnaires ended.</summary>
internal static class QuestionnaireEnd
{
    /// <summary>The last day of which one may be collected: that of any withdrawal, or of death; null while it goes on.</summary>
    /// <param name="facts">What is known of the participant.</param>
    public static DateOnly? Of(ParticipantFacts facts) => CollectionEnd.Earlier(CollectionEnd.Of(facts), WithdrawalOf(facts));

    /// <summary>The day of a withdrawal from everything or from the questionnaires alone; null without one.</summary>
    /// <param name="facts">What is known of the participant.</param>
    public static DateOnly? WithdrawalOf(ParticipantFacts facts) => CollectionEnd.Earlier(
        facts.HasCollectionEndDate ? CivilDate.Find(facts.CollectionEndDate) : null,
        facts.HasQuestionnaireEndDate ? CivilDate.Find(facts.QuestionnaireEndDate) : null);
}
