using System.Globalization;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Benchmarks.Load;

/// <summary>Forms as hospitals send them. Participants and dates follow from numbers, so every run sends the same.</summary>
internal static class SiteForms
{
    /// <summary>The two sites.</summary>
    public static IReadOnlyList<string> Sites { get; } = ["01", "02"];

    /// <summary>Days from infusion before which every follow-up of the archive lies.</summary>
    public const int ArchiveDays = 1500;

    private static readonly DateOnly FirstInfusion = new(2015, 1, 1);
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>The site itself. Always the same request, so that sending it again changes nothing.</summary>
    public static Enrolment.V1.SubmitRecordRequest Site(string site) => new()
    {
        Header = new() { RequestId = $"00000000-0000-8000-8000-0000000000{site}", Origin = DataOrigin.Retrospective },
        Site = new()
        {
            SiteCode = site,
            Name = $"Benchmark hospital {site}",
            NameZh = "基准测试医院",
            ProvinceCode = "11",
            PrincipalInvestigator = $"Investigator of site {site}",
            EthicsApprovalNumber = $"BENCH-{site}",
            EthicsApprovalDate = "2024-01-15",
            ActivationDate = "2024-03-01",
            Status = Enrolment.V1.Site.Types.Status.Active,
        },
    };

    /// <summary>Participation, infusion and follow-up of participants from the archive: three rows each.</summary>
    /// <param name="site">The site.</param>
    /// <param name="first">Number of the first participant.</param>
    /// <param name="count">How many.</param>
    public static IEnumerable<Enrolment.V1.SubmitRecordRequest> Archive(string site, int first, int count)
    {
        for (var number = first; number < first + count; number++)
        {
            var infusion = InfusionDate(number);
            yield return new()
            {
                Header = Header(site, number, "birth_year_month", "sex", "height_cm", "body_mass_kg", "ecog"),
                Participation = new()
                {
                    ConsentType = Participation.Types.ConsentType.WaivedByEc,
                    WaiverReference = "BENCH-WAIVER-2024",
                    EnrolmentDate = Text(infusion),
                },
            };
            yield return new()
            {
                Header = Header(site, number, "batch_number", "dose_million_cells", "body_mass_kg", "setting"),
                Infusion = new() { StartTime = At(infusion, 10), EndTime = At(infusion, 11) },
            };
            yield return FollowUp(site, number, (int)((long)number * 7919 % ArchiveDays));
        }
    }

    /// <summary>Deaths of two in five of the archive's participants, a day after their follow-up.</summary>
    /// <inheritdoc cref="Archive"/>
    public static IEnumerable<Safety.V1.SubmitRecordRequest> Deaths(string site, int first, int count) =>
        from number in Enumerable.Range(first, count)
        where number % 5 < 2
        select new Safety.V1.SubmitRecordRequest
        {
            Header = Header(site, number, "cause_text"),
            Death = new()
            {
                DeathDate = Text(InfusionDate(number).AddDays((int)((long)number * 7919 % ArchiveDays) + 1)),
                PrimaryCause = Death.Types.Cause.Unknown,
                Causality = Causality.NotAssessable,
                Autopsy = YesNoUnknown.Unknown,
            },
        };

    /// <summary>A follow-up of a participant from the archive.</summary>
    /// <param name="site">The site.</param>
    /// <param name="number">The participant.</param>
    /// <param name="days">Days from infusion on which the participant was known to be alive.</param>
    public static Enrolment.V1.SubmitRecordRequest FollowUp(string site, int number, int days) => new()
    {
        Header = Header(site, number),
        FollowUp = new()
        {
            Status = Enrolment.V1.FollowUp.Types.Status.Ongoing,
            StatusDate = Text(InfusionDate(number)),
            LastKnownAliveDate = Text(InfusionDate(number).AddDays(days)),
        },
    };

    /// <summary>That a participant takes part as of now.</summary>
    public static Enrolment.V1.SubmitRecordRequest ProspectiveParticipation(string site, int number) => new()
    {
        Header = new() { Participant = Code(site, number), Origin = DataOrigin.Prospective },
        Participation = new()
        {
            ConsentType = Participation.Types.ConsentType.Written,
            ConsentVersion = "1.0",
            ConsentDate = "2024-06-01",
            EnrolmentDate = "2024-06-02",
            BirthYearMonth = "1960-05",
            Sex = Participation.Types.Sex.Female,
            HeightCm = 165,
            BodyMassKg = 60,
            Ecog = 1,
        },
    };

    /// <summary>The infusion of a participant as it happened.</summary>
    public static Enrolment.V1.SubmitRecordRequest ProspectiveInfusion(string site, int number) => new()
    {
        Header = new() { Participant = Code(site, number), Origin = DataOrigin.Prospective },
        Infusion = new()
        {
            StartTime = At(new(2024, 7, 1), 10),
            EndTime = At(new(2024, 7, 1), 11),
            BatchNumber = "BENCH-1",
            DoseMillionCells = 60,
            BodyMassKg = 60,
            Setting = Infusion.Types.Setting.Inpatient,
        },
    };

    private static SubmissionHeader Header(string site, int number, params IEnumerable<string> missing) => new()
    {
        Participant = Code(site, number),
        Origin = DataOrigin.Retrospective,
        Missing = { missing.Select(field => new MissingValue { Field = field, Reason = MissingReason.NotAvailable }) },
    };

    private static string Code(string site, int number) => FormattableString.Invariant($"{site}-{number:0000000}");

    private static DateOnly InfusionDate(int number) => FirstInfusion.AddDays(number % 2000);

    private static Timestamp At(DateOnly date, int hour) => new DateTimeOffset(date, new TimeOnly(hour, 0), China).ToTimestamp();

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
