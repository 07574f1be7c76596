using Equecel.Assessment.DiseaseAssessments.Imwg;
using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;

namespace Equecel.Assessment.DiseaseAssessments;

/// <summary>Derives a computed response for each assessment after the infusion, with the questions that are open about it.</summary>
internal static class ResponseDerivation
{
    /// <summary>Derives them from all that counts of a participant.</summary>
    /// <param name="facts">What is known of the participant.</param>
    /// <param name="records">The participant's assessments.</param>
    public static IEnumerable<DerivedForm> Derive(ParticipantFacts facts, IReadOnlyList<CurrentRecord> records)
    {
        if (TreatmentFacts.Dates(facts) is not { } dates)
        {
            return [];
        }

        var sources = records.ToDictionary(record => record.RecordId);
        return ResponseCourse.Compute(Visits(records), dates, TreatmentFacts.Chain(facts))
            .Select(step => new DerivedForm(
                step.Visit.RecordId, ToV1(step), [.. CourseFindings.Of(step, sources[step.Visit.RecordId].Missing)]));
    }

    /// <summary>The assessments among a participant's records.</summary>
    /// <param name="records">The records.</param>
    public static IEnumerable<AssessedVisit> Visits(IEnumerable<CurrentRecord> records) => records
        .Select(record => record.Form is DiseaseAssessment form ? FormReading.Read(record.RecordId, form) : null)
        .OfType<AssessedVisit>();

    private static ComputedResponse ToV1(CourseStep step)
    {
        var form = new ComputedResponse
        {
            AssessmentRecordId = step.Visit.RecordId,
            ResponseDate = CivilDate.ToWire(step.Date),
            Response = step.Response.Level.ToV1(),
            ConfirmedResponse = step.Confirmed.ToV1(),
            InvestigatorResponse = step.Visit.Investigator?.ToV1() ?? Response.Unspecified,
            Agreement = ToV1(step.Comparison),
            Track = ToV1(step.Baseline.Track),
            ProgressionBasis = ToV1(step.Response.Basis),
            Deciding = { step.Response.Deciding.Select(ToV1) },
            Preventing = { step.Response.Preventing.Select(ToV1) },
            RuleSet = ResponseCourse.RuleSet,
        };
        if (step.IsRelapse is { } isRelapse)
        {
            form.RelapseFromCompleteResponse = isRelapse;
        }

        return form;
    }

    private static ComputedResponse.Types.Reason ToV1(Reason reason) =>
        new() { Field = reason.Marker.Field, Text = reason.Text, TextZh = reason.TextZh, Missing = reason.IsMissing };

    private static ComputedResponse.Types.Track ToV1(MeasurableTrack track) => track switch
    {
        MeasurableTrack.Serum => ComputedResponse.Types.Track.Serum,
        MeasurableTrack.Urine => ComputedResponse.Types.Track.Urine,
        MeasurableTrack.SerumAndUrine => ComputedResponse.Types.Track.SerumAndUrine,
        MeasurableTrack.LightChain => ComputedResponse.Types.Track.LightChain,
        MeasurableTrack.Marrow => ComputedResponse.Types.Track.Marrow,
        _ => ComputedResponse.Types.Track.None,
    };

    private static ComputedResponse.Types.ProgressionBasis ToV1(ProgressionBasis? basis) => basis switch
    {
        ProgressionBasis.Laboratory => ComputedResponse.Types.ProgressionBasis.Laboratory,
        ProgressionBasis.Marrow => ComputedResponse.Types.ProgressionBasis.Marrow,
        ProgressionBasis.Imaging => ComputedResponse.Types.ProgressionBasis.Imaging,
        ProgressionBasis.Death => ComputedResponse.Types.ProgressionBasis.Death,
        _ => ComputedResponse.Types.ProgressionBasis.Unspecified,
    };

    private static ComputedResponse.Types.Agreement ToV1(Comparison? comparison) => comparison switch
    {
        Comparison.Same => ComputedResponse.Types.Agreement.Same,
        Comparison.Minor => ComputedResponse.Types.Agreement.Minor,
        Comparison.Major => ComputedResponse.Types.Agreement.Major,
        Comparison.Uncheckable => ComputedResponse.Types.Agreement.Uncheckable,
        _ => ComputedResponse.Types.Agreement.Unspecified,
    };
}
