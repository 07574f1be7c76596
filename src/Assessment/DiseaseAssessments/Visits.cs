using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.Schedule;
using Google.Protobuf;

namespace Equecel.Assessment.DiseaseAssessments;

/// <summary>The visits of the schedule, as far as an assessment asks.</summary>
internal static class Visits
{
    /// <summary>Whether a visit lies before the infusion.</summary>
    public static bool IsBeforeInfusion(this Visit visit) => visit is Visit.Screening or Visit.AfterBridging or Visit.Baseline;

    /// <summary>The visit that an assessment belongs to; null for another form.</summary>
    public static RecordedVisit? Read(IMessage form) =>
        form is DiseaseAssessment assessment ? new RecordedVisit(assessment.Visit, CivilDate.Find(assessment.ResponseDate)) : null;

    /// <summary>Whether the response is followed at a visit, so that its tests are needed.</summary>
    public static bool NeedsResponseTests(this Visit visit) =>
        visit is Visit.Baseline || (visit != Visit.Unspecified && !visit.IsBeforeInfusion());

    /// <summary>Whether a visit belongs to the schedule up to week 24, with its counts and chemistry.</summary>
    public static bool NeedsBloodTests(this Visit visit) =>
        visit is not (Visit.Unspecified or Visit.Later or Visit.Unscheduled or Visit.Screening or Visit.AfterBridging);
}
