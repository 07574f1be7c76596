using Equecel.Records.Forms;
using Equecel.StudyRules;
using Google.Protobuf;
using static Equecel.Questionnaire.V1.QuestionnaireScores.Types;

namespace Equecel.Questionnaire.Completion;

/// <summary>The visits that questionnaires belong to.</summary>
internal static class ExpectedQuestionnaires
{
    /// <summary>The visit of a QLQ-C30; null for another form.</summary>
    public static RecordedVisit? ReadQlqC30(IMessage form) => CompletedForm.Find(form) is { Instrument: Instrument.QlqC30 } completed ? Read(completed) : null;

    /// <summary>The visit of an EQ-5D, either version: one stands for the other; null for another form.</summary>
    public static RecordedVisit? ReadEq5d(IMessage form) =>
        CompletedForm.Find(form) is { Instrument: Instrument.Eq5D5L or Instrument.Eq5D3L } completed ? Read(completed) : null;

    private static RecordedVisit Read(CompletedForm form) => new(form.Visit, CivilDate.Find(form.CompletionDate), form.IsDone);
}
