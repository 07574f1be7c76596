using System.Globalization;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SubmitRecordRequest = Equecel.Safety.V1.SubmitRecordRequest;

namespace Equecel.Safety.Tests;

/// <summary>Forms as a site sends them, with nothing wrong.</summary>
internal static class Form
{
    public static Death Death() => new()
    {
        DeathDate = "2024-06-10",
        PrimaryCause = V1.Death.Types.Cause.ProgressiveDisease,
        CauseText = "Progression",
        Causality = Causality.Unrelated,
        Autopsy = YesNoUnknown.No,
    };

    public static SubmitRecordRequest Submit(string participant, Death? form = null) => new()
    {
        Header = new SubmissionHeader { RequestId = Guid.NewGuid().ToString(), Participant = participant, Origin = DataOrigin.Prospective },
        Death = form ?? Death(),
    };

    /// <summary>A rash of grade 2 after the infusion, over and not serious.</summary>
    public static AdverseEvent AdverseEvent() => new()
    {
        Term = "Rash",
        OnsetDate = "2024-03-10",
        EndDate = "2024-03-14",
        CtcaeVersion = V1.AdverseEvent.Types.CtcaeVersion._50,
        Grade = 2,
        Serious = false,
        Causes = { new V1.AdverseEvent.Types.CauseAssessment { Cause = V1.AdverseEvent.Types.Cause.EqueCel, Causality = Causality.Unlikely } },
        Outcome = EventOutcome.Recovered,
        Action = V1.AdverseEvent.Types.Action.NotApplicable,
    };

    /// <summary>A related pneumonia of grade 3, serious and over.</summary>
    public static AdverseEvent Serious()
    {
        var form = AdverseEvent();
        form.Term = "Pneumonia";
        form.Grade = 3;
        form.Serious = true;
        form.SeriousnessCriteria.Add(V1.AdverseEvent.Types.SeriousnessCriterion.ImportantMedical);
        form.Causes[0].Causality = Causality.Possible;
        form.AwarenessTime = At("2024-03-10T09:00:00+08:00");
        return form;
    }

    /// <summary>CRS of grade 2: fever, low blood pressure that needs no vasopressor.</summary>
    public static AdverseEvent Crs()
    {
        var form = AdverseEvent();
        form.Term = "Cytokine release syndrome";
        form.SpecialInterest = V1.AdverseEvent.Types.SpecialInterest.Crs;
        form.OnsetTime = At("2024-03-10T02:00:00+08:00");
        form.Crs = new CrsFindings { Fever = true, FeverMasked = false, Hypotension = Hypotension.NoPressor, Oxygen = Oxygen.None };
        return form;
    }

    /// <summary>ICANS of grade 2: an ICE score of 5.</summary>
    public static AdverseEvent Icans()
    {
        var form = Crs();
        (form.Term, form.SpecialInterest, form.Crs, form.Icans) = ("ICANS", V1.AdverseEvent.Types.SpecialInterest.Icans, null, Domains());
        form.Icans.IceTotal = 5;
        return form;
    }

    /// <summary>The domains of ICANS with nothing wrong, and no ICE score.</summary>
    public static IcansFindings Domains() => new()
    {
        Consciousness = Consciousness.Normal,
        Seizure = Seizure.None,
        MotorWeakness = MotorWeakness.None,
        CerebralOedema = CerebralOedema.None,
    };

    /// <summary>The ten points of the ICE score, such as <c>1111 111 111</c>; an underscore where one was not tried.</summary>
    public static IceItems Ice(string points)
    {
        var items = new IceItems();
        foreach (var (field, point) in IceItems.Descriptor.Fields.InDeclarationOrder().Zip(points.Replace(" ", "", StringComparison.Ordinal)))
        {
            if (point != '_')
            {
                field.Accessor.SetValue(items, point - '0');
            }
        }

        return items;
    }

    /// <summary>Day 9 with fever and nothing else.</summary>
    public static ToxicityDay ToxicityDay() => new()
    {
        Date = "2024-03-10",
        MaxTemperatureCelsius = 38.4,
        SystolicMmhg = 110,
        DiastolicMmhg = 70,
        OxygenSaturationPercent = 97,
        Crs = new CrsFindings { FeverMasked = false, Hypotension = Hypotension.None, Oxygen = Oxygen.None },
        Icans = new IcansFindings(Domains()) { Ice = Ice("1111 111 111") },
    };

    /// <summary>The stay of the infusion.</summary>
    public static HospitalStay Stay() => new()
    {
        Kind = V1.HospitalStay.Types.Kind.Index,
        AdmissionDate = "2024-02-20",
        DischargeDate = "2024-03-20",
        Reason = V1.HospitalStay.Types.Reason.PlannedCart,
        Outcome = V1.HospitalStay.Types.Outcome.Improved,
    };

    public static HealthcareEncounter Encounter() => new()
    {
        Date = "2024-04-02",
        Kind = V1.HealthcareEncounter.Types.Kind.Outpatient,
        Reason = V1.HealthcareEncounter.Types.Reason.Scheduled,
    };

    public static Prescription Prescription() => new()
    {
        Drug = "Aciclovir",
        StartDate = "2024-03-15",
        Ongoing = true,
        Indication = "Prophylaxis",
        NewlyStarted = YesNoUnknown.Yes,
    };

    public static Transfusion Transfusion() => new() { Date = "2024-03-12", Product = V1.Transfusion.Types.Product.RedCells, Units = 2 };

    public static ImmunoglobulinInfusion Immunoglobulin() => new() { Date = "2024-04-12", Grams = 25 };

    /// <summary>A leukaemia with a marrow sample; its event is <see cref="EventId"/>.</summary>
    public static SecondaryMalignancy Malignancy() => new()
    {
        DiagnosisDate = "2024-06-01",
        Category = V1.SecondaryMalignancy.Types.Category.Myeloid,
        AnatomicalSite = "Marrow",
        Histology = "AML",
        AdverseEventRecordId = EventId,
        Causality = Causality.Possible,
        Outcome = EventOutcome.NotRecovered,
        SampleTaken = true,
        Samples =
        {
            new V1.SecondaryMalignancy.Types.Sample
            {
                Type = V1.SecondaryMalignancy.Types.SampleType.BoneMarrow,
                CollectionDate = "2024-06-02",
                Form = V1.SecondaryMalignancy.Types.SampleForm.FreshFrozen,
                Quantity = 2,
                Consented = true,
            },
        },
    };

    /// <summary>UUID of a record that others link.</summary>
    public const string EventId = "0197f8a0-0000-7000-8000-000000000001";

    /// <summary>Another one.</summary>
    public const string OtherId = "0197f8a0-0000-7000-8000-000000000002";

    public static Timestamp At(string instant) => Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture));

    /// <summary>A stored record that counts.</summary>
    public static CurrentRecord Record(string recordId, IMessage form, params SavedVersion[] versions) =>
        new(recordId, form, new Dictionary<string, MissingReason>()) { Versions = versions };

    /// <summary>Any form of the service.</summary>
    public static SubmitRecordRequest SubmitForm(string participant, IMessage form, DataOrigin origin = DataOrigin.Prospective)
    {
        var request = new SubmitRecordRequest
        {
            Header = new SubmissionHeader { RequestId = Guid.NewGuid().ToString(), Participant = participant, Origin = origin },
        };
        SubmitRecordRequest.Descriptor.Oneofs[0].Fields.Single(field => field.MessageType == form.Descriptor).Accessor.SetValue(request, form);
        return request;
    }

    /// <summary>A saved form with a change, as an amendment of its record.</summary>
    public static SubmitRecordRequest AmendForm<TForm>(SafetyRecord record, TForm form, Action<TForm> change)
        where TForm : IMessage<TForm>
    {
        var amended = form.Clone();
        change(amended);
        var request = SubmitForm(record.Header.Participant, amended, record.Header.Origin);
        request.Header.RecordId = record.Header.RecordId;
        request.Header.ExpectedVersion = record.Header.Version;
        request.Header.Reason = "Known better";
        return request;
    }

    /// <summary>The same form with a change, as an amendment of a record.</summary>
    public static SubmitRecordRequest Amend(SafetyRecord record, Action<SubmitRecordRequest>? change = null)
    {
        var request = Submit(record.Header.Participant, record.Death.Clone());
        request.Header.RecordId = record.Header.RecordId;
        request.Header.ExpectedVersion = record.Header.Version;
        request.Header.Reason = "Typed wrong";
        change?.Invoke(request);
        return request;
    }

    public static ParticipantFacts Facts(string participant = "01-0001") => new()
    {
        Participant = participant,
        Site = participant[..2],
        Origin = DataOrigin.Prospective,
        BirthYearMonth = "1960-05",
        EnrolmentDate = "2024-01-11",
        InfusionDate = "2024-03-01",
        LastKnownAliveDate = "2024-06-01",
        ConsentHgrSamples = YesNoUnknown.Yes,
        Revision = 3,
    };

    /// <summary>What checks are told about a form, on 1 July 2024.</summary>
    public static FormContext Context(DataOrigin origin = DataOrigin.Prospective, ParticipantFacts? facts = null, params CurrentRecord[] others) => new()
    {
        Participant = "01-0001",
        Site = "01",
        Origin = origin,
        Today = new DateOnly(2024, 7, 1),
        Facts = facts ?? Facts(),
        Others = others,
    };

    /// <summary>Findings in short: <c>S06? adverse_event_record_id</c> for a query, with an exclamation mark when hard.</summary>
    public static string Brief(this IEnumerable<Finding?> findings) => string.Join(", ", findings.OfType<Finding>()
        .Select(finding => $"{finding.Code}{(finding.Severity == Severity.Hard ? '!' : '?')} {finding.Field}"));
}
