using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using CellSearch = Equecel.Assessment.V1.DiseaseAssessment.Types.CellSearch;

namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>One finding of an assessment of the disease, as it was recorded.</summary>
/// <param name="Subject">The participant.</param>
/// <param name="Number">Number of the row among the participant's, from 1.</param>
/// <param name="Form">The assessment.</param>
/// <param name="Record">Its record.</param>
/// <param name="TestCode">Code of what was found.</param>
/// <param name="Test">What was found.</param>
/// <param name="Result">The finding; null when it could not be made.</param>
internal sealed record ResponseRow(
    DatasetSubject Subject, int Number, DiseaseAssessment Form, DossierRecord Record, string TestCode, string Test, string? Result) : IDatasetRow
{
    /// <summary>Code of the investigator's overall response.</summary>
    public const string Overall = "OVRLRESP";

    /// <summary>Code of the search for minimal residual disease.</summary>
    public const string Residual = "MRDIND";

    /// <summary>The findings of a participant by the cut-off. Numbers do not depend on it.</summary>
    /// <param name="subject">The participant.</param>
    public static IEnumerable<ResponseRow> Of(DatasetSubject subject) => subject.Dossier.All<DiseaseAssessment>()
        .SelectMany(found => Findings(found.Form).Select(finding => (found.Form, found.Record, Finding: finding)))
        .Select((one, i) => new ResponseRow(subject, i + 1, one.Form, one.Record, one.Finding.Code, one.Finding.Test, one.Finding.Result))
        .Where(row => subject.HadHappened(row.Date ?? ""));

    /// <summary>The response; null when the row is about something else.</summary>
    public ResponseCategory? Category => TestCode == Overall ? DossierFacts.Category(Form.InvestigatorResponse) : null;

    /// <summary>Date of the finding.</summary>
    public string? Date => Dtc.Text(TestCode == Residual && Form.HasMarrowDate ? Form.MarrowDate : Form.ResponseDate);

    /// <summary>Day of the finding.</summary>
    public DateOnly? Day => Cohort.PartialDate.FindDay(Date ?? "");

    private static IEnumerable<(string Code, string Test, string? Result)> Findings(DiseaseAssessment form)
    {
        if (DossierFacts.Category(form.InvestigatorResponse) is { } category)
        {
            yield return (Overall, "Overall Response", Codes.Response(category));
        }

        if (form.Mrd != CellSearch.Unspecified)
        {
            yield return (Residual, "Minimal Residual Disease Indicator", form.Mrd switch { CellSearch.Positive => "Y", CellSearch.Negative => "N", _ => null });
        }

        if (form.NewLesion is YesNoUnknown.Yes or YesNoUnknown.No)
        {
            yield return ("NEWLIND", "New Lesion Indicator", Codes.Letter(form.NewLesion));
        }
    }
}
