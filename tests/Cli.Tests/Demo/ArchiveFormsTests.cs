using System.Globalization;
using Equecel.Cli.Demo;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;

namespace Equecel.Cli.Tests.Demo;

public sealed class ArchiveFormsTests
{
    private static readonly Archive Data = Archive.Read(Archive.StandardFolder);

    [Fact]
    public void The_archive_has_the_patients_that_R_counted()
    {
        Assert.Equal(3882, Data.Patients.Count);
        Assert.Equal([1712, 2170], SiteArchive.All.Select(site => site.PatientsOf(Data).Count));
        Assert.Equal(Data.Expected.Strata[0].NEvent, Data.Patients.Count(patient => patient.Died));
    }

    [Fact]
    public void Dates_give_back_the_days_of_the_file()
    {
        foreach (var site in SiteArchive.All)
        {
            var patients = site.PatientsOf(Data);
            var infusions = ArchiveForms.ForEnrolment(site, patients).Where(row => row.Infusion is not null)
                .ToDictionary(row => row.Header.Participant, row => InChina(row.Infusion.StartTime.ToDateTimeOffset()));
            var ends = ArchiveForms.ForEnrolment(site, patients).Where(row => row.FollowUp is not null)
                .Select(row => (row.Header.Participant, Date: row.FollowUp.LastKnownAliveDate))
                .Concat(ArchiveForms.ForSafety(site, patients).Select(row => (row.Header.Participant, Date: row.Death.DeathDate)))
                .ToDictionary(row => row.Participant, row => DateOnly.ParseExact(row.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture));

            Assert.Equal(
                patients.Select(patient => patient.Days),
                patients.Select((_, i) => ends[site.Participant(i)].DayNumber - infusions[site.Participant(i)].DayNumber + 1));
            Assert.All(ends.Values, date => Assert.True(date < new DateOnly(2026, 1, 1)));
        }
    }

    [Fact]
    public void Every_request_id_is_another_and_always_the_same()
    {
        var ids = Ids().ToList();

        Assert.Equal(2 + (2 * 3882) + 1113 + 2769, ids.Count);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(ids, Ids());
        Assert.All(ids, id => Assert.Equal(8, Guid.Parse(id).Version));

        static IEnumerable<string> Ids() => SiteArchive.All.SelectMany(site => ArchiveForms.ForEnrolment(site, site.PatientsOf(Data)).Select(row => row.Header.RequestId)
            .Concat(ArchiveForms.ForSafety(site, site.PatientsOf(Data)).Select(row => row.Header.RequestId)));
    }

    [Fact]
    public void A_site_sends_its_form_first_and_its_own_participants_only()
    {
        var rows = ArchiveForms.ForEnrolment(SiteArchive.All[1], SiteArchive.All[1].PatientsOf(Data)).ToList();

        Assert.Equal("02", rows[0].Site.SiteCode);
        Assert.Empty(rows[0].Header.Participant);
        Assert.All(rows.Skip(1), row => Assert.StartsWith("02-", row.Header.Participant, StringComparison.Ordinal));
        Assert.All(rows, row => Assert.Equal(DataOrigin.Retrospective, row.Header.Origin));
    }

    [Fact]
    public void What_the_archive_does_not_have_is_said_to_be_missing()
    {
        var rows = ArchiveForms.ForEnrolment(SiteArchive.All[0], SiteArchive.All[0].PatientsOf(Data)).ToList();

        var participation = rows.First(row => row.FormCase == SubmitRecordRequest.FormOneofCase.Participation);
        Assert.Equal(["birth_year_month", "sex", "height_cm", "body_mass_kg", "ecog"], participation.Header.Missing.Select(value => value.Field));
        Assert.All(participation.Header.Missing, value => Assert.Equal(MissingReason.NotAvailable, value.Reason));
    }

    private static DateOnly InChina(DateTimeOffset time) => DateOnly.FromDateTime(time.ToOffset(TimeSpan.FromHours(8)).DateTime);
}
