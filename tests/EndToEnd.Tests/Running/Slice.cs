using System.Globalization;
using Equecel.Cli.Demo;

namespace Equecel.EndToEnd.Tests.Running;

/// <summary>Forms of a few patients of site 01's archive, exactly as the demo sends them.</summary>
internal sealed record Slice(IReadOnlyList<Enrolment.V1.SubmitRecordRequest> Enrolment, IReadOnlyList<Safety.V1.SubmitRecordRequest> Safety)
{
    private const int PatientCount = 150;

    /// <summary>The site form, then the forms of 150 patients.</summary>
    /// <param name="number">Which 150, from 0; no two slices have a patient in common.</param>
    public static Slice Of(int number)
    {
        var site = SiteArchive.All[0];
        var patients = site.PatientsOf(Archive.Read(Archive.StandardFolder));
        return new(
            [.. ArchiveForms.ForEnrolment(site, patients).Where(form => form.Header.Participant.Length == 0 || Has(form.Header.Participant))],
            [.. ArchiveForms.ForSafety(site, patients).Where(form => Has(form.Header.Participant))]);

        bool Has(string participant) =>
            (int.Parse(participant.AsSpan(participant.IndexOf('-', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture) - 1) / PatientCount == number;
    }
}
