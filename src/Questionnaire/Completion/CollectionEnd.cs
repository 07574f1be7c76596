using Equecel.Enrolment.V1;
using Equecel.Records.Forms;

namespace Equecel.Questionnaire.Completion;

/// <summary>When the collection of questionnaires ended.</summary>
internal static class CollectionEnd
{
    /// <summary>The date after which none may be collected of a participant, who withdrew from them alone or from everything; null while they may.</summary>
    /// <param name="facts">What is known of the participant.</param>
    public static DateOnly? Of(ParticipantFacts facts)
    {
        var all = facts.HasCollectionEndDate ? CivilDate.Find(facts.CollectionEndDate) : null;
        var questionnaires = facts.HasQuestionnaireEndDate ? CivilDate.Find(facts.QuestionnaireEndDate) : null;
        return all < questionnaires ? all : questionnaires ?? all;
    }
}
