using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Google.Protobuf;

namespace Equecel.Analytics.Tables;

/// <summary>Tells why a participant is one of those whom a table is about.</summary>
internal static class Membership
{
    /// <summary>Tells it.</summary>
    /// <param name="subject">The participant, who is in the table.</param>
    /// <param name="question">The question.</param>
    /// <returns>When the participant was infused, and the records that put the participant into the population and into a group.</returns>
    public static Contribution Of(Subject subject, TableQuestion question) => new(
        subject.Dossier.Participant,
        subject.Course is { } course ? FormattableString.Invariant($"infused on {course.InfusionDate:yyyy-MM-dd}") : "not in analyses of the infused",
        [.. subject.Dossier.Records.Where(record => IsSource(record.Form, question))]);

    private static bool IsSource(IMessage form, TableQuestion question) =>
        form is Participation or Infusion
        || (question.Request.EvaluableOnly && form is DiseaseAssessment)
        || Groups.IsToldBy(form, question.Request.Grouping)
        || question.Population.Subgroups.Any(one => Groups.IsToldBy(form, one.Grouping));
}
