using System.Globalization;
using Equecel.Cli.Common;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Cli.Demo;

/// <summary>Forms as a hospital's system would fill them in from the archive. What the archive does not have is left empty, and said so.</summary>
/// <remarks>The dates give back the file's time under convention A: last date minus infusion date plus 1.</remarks>
internal static class ArchiveForms
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>Forms for Enrolment: the site, then each patient's participation and infusion, and follow-up of who was last known alive.</summary>
    public static IEnumerable<Enrolment.V1.SubmitRecordRequest> ForEnrolment(SiteArchive site, IReadOnlyList<ArchivePatient> patients)
    {
        yield return new() { Header = new() { RequestId = RequestId(site.Code, "site", ""), Origin = DataOrigin.Retrospective }, Site = SiteForm(site) };
        for (var i = 0; i < patients.Count; i++)
        {
            var patient = patients[i];
            var infusion = site.InfusionDate(i);
            yield return new()
            {
                Header = Header(site, i, patient, "participation", "birth_year_month", "sex", "height_cm", "body_mass_kg", "ecog"),
                Participation = ParticipationForm(infusion),
            };
            yield return new()
            {
                Header = Header(site, i, patient, "infusion", "batch_number", "dose_million_cells", "body_mass_kg", "setting"),
                Infusion = InfusionForm(infusion),
            };
            if (!patient.Died)
            {
                yield return new() { Header = Header(site, i, patient, "follow_up"), FollowUp = FollowUpForm(infusion, LastDate(infusion, patient)) };
            }
        }
    }

    /// <summary>Forms for Safety: the deaths.</summary>
    public static IEnumerable<Safety.V1.SubmitRecordRequest> ForSafety(SiteArchive site, IReadOnlyList<ArchivePatient> patients)
    {
        for (var i = 0; i < patients.Count; i++)
        {
            if (patients[i].Died)
            {
                yield return new()
                {
                    Header = Header(site, i, patients[i], "death", "cause_text"),
                    Death = DeathForm(LastDate(site.InfusionDate(i), patients[i])),
                };
            }
        }
    }

    private static DateOnly LastDate(DateOnly infusion, ArchivePatient patient) => infusion.AddDays(patient.Days - 1);

    private static SubmissionHeader Header(SiteArchive site, int index, ArchivePatient patient, string form, params IEnumerable<string> missing) => new()
    {
        RequestId = RequestId(
            site.Participant(index), form, FormattableString.Invariant($"{patient.Row},{patient.Days},{(patient.Died ? 1 : 0)},{patient.Era}")),
        Participant = site.Participant(index),
        Origin = DataOrigin.Retrospective,
        Missing = { missing.Select(field => new MissingValue { Field = field, Reason = MissingReason.NotAvailable }) },
    };

    // The same row always has the same id, so that the archive can be sent any number of times.
    private static string RequestId(string subject, string form, string row) => NameBasedId.Of($"equecel demo 1\n{subject}\n{form}\n{row}");

    private static Site SiteForm(SiteArchive site) => new()
    {
        SiteCode = site.Code,
        Name = site.Name,
        NameZh = site.NameZh,
        ProvinceCode = site.ProvinceCode,
        PrincipalInvestigator = $"Investigator of site {site.Code}",
        EthicsApprovalNumber = $"DEMO-{site.Code}",
        EthicsApprovalDate = "2024-01-15",
        ActivationDate = "2024-03-01",
        Status = Site.Types.Status.Active,
    };

    private static Participation ParticipationForm(DateOnly infusion) => new()
    {
        ConsentType = Participation.Types.ConsentType.WaivedByEc,
        WaiverReference = "DEMO-WAIVER-2024",
        EnrolmentDate = Text(infusion),
    };

    private static Infusion InfusionForm(DateOnly date) => new()
    {
        StartTime = At(date, new TimeOnly(10, 0)),
        EndTime = At(date, new TimeOnly(10, 30)),
    };

    private static FollowUp FollowUpForm(DateOnly infusion, DateOnly last) => new()
    {
        Status = FollowUp.Types.Status.Ongoing,
        StatusDate = Text(infusion),
        LastKnownAliveDate = Text(last),
    };

    private static Death DeathForm(DateOnly date) => new()
    {
        DeathDate = Text(date),
        PrimaryCause = Death.Types.Cause.Unknown,
        Causality = Causality.NotAssessable,
        Autopsy = YesNoUnknown.Unknown,
    };

    private static Timestamp At(DateOnly date, TimeOnly time) => new DateTimeOffset(date, time, China).ToTimestamp();

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
