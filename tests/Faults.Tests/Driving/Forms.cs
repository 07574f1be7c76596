using System.Globalization;
using System.Security.Cryptography;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Faults.Tests.Driving;

/// <summary>Forms as hospitals send them: right in themselves, and each different, so that content sent and content kept can be told apart.</summary>
internal static class Forms
{
    private static readonly DateOnly FirstContact = new(2023, 1, 1);
    private static readonly DateOnly FirstDeath = new(2025, 1, 1);

    /// <summary>A participant's code.</summary>
    public static string Code(string site, int number) => string.Create(CultureInfo.InvariantCulture, $"{site}-{number:0000000}");

    /// <summary>A site.</summary>
    public static Equecel.Enrolment.V1.SubmitRecordRequest Site(string site) => new()
    {
        Header = new() { Origin = DataOrigin.Prospective },
        Site = new()
        {
            SiteCode = site,
            Name = $"Hospital {site}",
            NameZh = "医院",
            ProvinceCode = "11",
            PrincipalInvestigator = "Investigator",
            EthicsApprovalNumber = $"FAULTS-{site}",
            EthicsApprovalDate = "2021-01-15",
            ActivationDate = "2021-03-01",
            Status = Enrolment.V1.Site.Types.Status.Active,
        },
    };

    /// <summary>That a participant takes part.</summary>
    public static Equecel.Enrolment.V1.SubmitRecordRequest Participation(string participant, Random dice) => new()
    {
        Header = new() { Participant = participant, Origin = DataOrigin.Prospective },
        Participation = new()
        {
            ConsentType = Enrolment.V1.Participation.Types.ConsentType.Written,
            ConsentVersion = $"{dice.Next(1, 1_000_000)}",
            ConsentDate = "2022-05-01",
            EnrolmentDate = "2022-06-02",
            BirthYearMonth = string.Create(CultureInfo.InvariantCulture, $"{dice.Next(1940, 1980)}-{dice.Next(1, 13):00}"),
            Sex = Enrolment.V1.Participation.Types.Sex.Female,
            HeightCm = dice.Next(150, 190),
            BodyMassKg = 60,
            Ecog = 1,
        },
    };

    /// <summary>A participant's infusion.</summary>
    public static Equecel.Enrolment.V1.SubmitRecordRequest Infusion(string participant, Random dice) => new()
    {
        Header = new() { Participant = participant, Origin = DataOrigin.Prospective },
        Infusion = new()
        {
            StartTime = Timestamp.FromDateTime(new DateTime(2022, 7, 1, 2, 0, 0, DateTimeKind.Utc).AddMinutes(dice.Next(1000))),
            EndTime = Timestamp.FromDateTime(new DateTime(2022, 7, 1, 20, 0, 0, DateTimeKind.Utc)),
            BatchNumber = $"B{dice.Next()}",
            DoseMillionCells = 60,
            BodyMassKg = 60,
            Setting = Enrolment.V1.Infusion.Types.Setting.Inpatient,
        },
    };

    /// <summary>How a participant is.</summary>
    public static Equecel.Enrolment.V1.SubmitRecordRequest FollowUp(string participant, Random dice)
    {
        var day = Text(FirstContact.AddDays(dice.Next(700)));
        return new()
        {
            Header = new() { Participant = participant, Origin = DataOrigin.Prospective },
            FollowUp = new()
            {
                Status = Enrolment.V1.FollowUp.Types.Status.Ongoing,
                StatusDate = day,
                LastKnownAliveDate = day,
                ContactAttemptCount = dice.Next(100),
            },
        };
    }

    /// <summary>A follow-up that no service may take: it lies in the future.</summary>
    public static Equecel.Enrolment.V1.SubmitRecordRequest WrongFollowUp(string participant, Random dice)
    {
        var form = FollowUp(participant, dice);
        form.FollowUp.LastKnownAliveDate = "2199-01-01";
        return form;
    }

    /// <summary>A participant's death, after every contact.</summary>
    public static Equecel.Safety.V1.SubmitRecordRequest Death(string participant, Random dice) => new()
    {
        Header = new() { Participant = participant, Origin = DataOrigin.Prospective },
        Death = new()
        {
            DeathDate = Text(FirstDeath.AddDays(dice.Next(300))),
            PrimaryCause = Equecel.Safety.V1.Death.Types.Cause.Unknown,
            CauseText = $"cause {dice.Next()}",
            Causality = Causality.NotAssessable,
            Autopsy = YesNoUnknown.Unknown,
        },
    };

    /// <summary>Hash of the content of a submission, as it has to read back.</summary>
    public static string ContentOf(Equecel.Enrolment.V1.SubmitRecordRequest request)
    {
        var record = new EnrolmentRecord { Missing = { request.Header.Missing } };
        switch (request.FormCase)
        {
            case Equecel.Enrolment.V1.SubmitRecordRequest.FormOneofCase.Site: record.Site = request.Site; break;
            case Equecel.Enrolment.V1.SubmitRecordRequest.FormOneofCase.Participation: record.Participation = request.Participation; break;
            case Equecel.Enrolment.V1.SubmitRecordRequest.FormOneofCase.Infusion: record.Infusion = request.Infusion; break;
            default: record.FollowUp = request.FollowUp; break;
        }

        return Hash(record);
    }

    /// <inheritdoc cref="ContentOf(Equecel.Enrolment.V1.SubmitRecordRequest)"/>
    public static string ContentOf(Equecel.Safety.V1.SubmitRecordRequest request) =>
        Hash(new SafetyRecord { Missing = { request.Header.Missing }, Death = request.Death });

    /// <summary>Hash of a record without its header.</summary>
    public static string ContentOf(EnrolmentRecord record)
    {
        var content = record.Clone();
        content.Header = null;
        return Hash(content);
    }

    /// <inheritdoc cref="ContentOf(EnrolmentRecord)"/>
    public static string ContentOf(SafetyRecord record)
    {
        var content = record.Clone();
        content.Header = null;
        return Hash(content);
    }

    private static string Hash(IMessage message) => Convert.ToHexString(SHA256.HashData(message.ToByteArray()), 0, 12);

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
