using Equecel.Assessment.V1;
using Equecel.Records.Forms;
using Equecel.StudyRules;
using Google.Protobuf;

namespace Equecel.Assessment.DiseaseAssessments;

/// <summary>The visits of the schedule, as far as an assessment asks.</summary>
internal static class Visits
{
    /// <summary>The visit that an assessment belongs to; null for another form.</summary>
    public static RecordedVisit? Read(IMessage form) =>
        form is DiseaseAssessment assessment ? new RecordedVisit(assessment.Visit, CivilDate.Find(assessment.ResponseDate)) : null;
}
