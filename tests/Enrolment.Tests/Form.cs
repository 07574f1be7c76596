using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Enrolment.Tests;

/// <summary>Forms as a site sends them, with nothing wrong.</summary>
internal static class Form
{
    public static Site Site(string code = "01") => new()
    {
        SiteCode = code,
        Name = "First Hospital",
        NameZh = "第一医院",
        ProvinceCode = "11",
        PrincipalInvestigator = "Li Wei",
        EthicsApprovalNumber = "EC-2023-01",
        EthicsApprovalDate = "2023-01-10",
        ActivationDate = "2023-02-01",
        Status = V1.Site.Types.Status.Active,
    };

    /// <summary>A range up to 250 U/L for everybody from 2019.</summary>
    public static V1.Site.Types.LaboratoryRange Range(V1.Site.Types.LaboratoryTest test = V1.Site.Types.LaboratoryTest.Ldh) =>
        new() { Test = test, Unit = "U/L", Low = 120, High = 250, ValidFromDate = "2019-01-01" };

    public static Participation Participation() => new()
    {
        ConsentType = V1.Participation.Types.ConsentType.Written,
        ConsentVersion = "2.0",
        ConsentDate = "2024-01-10",
        EnrolmentDate = "2024-01-11",
        BirthYearMonth = "1960-05",
        Sex = V1.Participation.Types.Sex.Female,
        HeightCm = 162,
        BodyMassKg = 60,
        Ecog = 1,
    };

    public static Infusion Infusion() => new()
    {
        StartTime = At("2024-03-01T02:00:00Z"),
        EndTime = At("2024-03-01T02:30:00Z"),
        BatchNumber = "B-1",
        DoseMillionCells = 60,
        BodyMassKg = 60,
        Setting = V1.Infusion.Types.Setting.Inpatient,
    };

    public static FollowUp FollowUp(string alive = "2024-06-01") => new()
    {
        Status = V1.FollowUp.Types.Status.Ongoing,
        StatusDate = "2024-06-01",
        LastKnownAliveDate = alive,
        LastContactDate = "2024-06-01",
    };

    public static Eligibility Eligibility() => new()
    {
        Criteria =
        {
            Enumerable.Range(1, 5).Select(number => new V1.Eligibility.Types.Criterion { Number = number, TextVersion = "1.0", Met = YesNoUnknown.Yes }),
        },
        Eligible = YesNoUnknown.Yes,
        EligibilityDate = "2024-01-10",
    };

    /// <summary>ISS II, LDH below its limit.</summary>
    public static MyelomaHistory History() => new()
    {
        DiagnosisDate = "2019-05",
        HeavyChain = V1.MyelomaHistory.Types.HeavyChain.Igg,
        LightChain = V1.MyelomaHistory.Types.LightChain.Kappa,
        Extramedullary = V1.MyelomaHistory.Types.Extramedullary.None,
        DiagnosisBeta2MicroglobulinMgPerL = 3.5,
        DiagnosisAlbuminGPerL = 36,
        DiagnosisLdhUPerL = 200,
        DiagnosisLdhUpperLimitUPerL = 250,
        DiagnosisCreatinineUmolPerL = 70,
    };

    /// <summary>t(4;14) in two thirds of the cells, nothing else.</summary>
    public static Cytogenetics Cytogenetics() => new()
    {
        SampleDate = "2019-05-20",
        Method = V1.Cytogenetics.Types.Method.FishCd138,
        Results =
        {
            Result(V1.Cytogenetics.Types.Abnormality.T414, V1.Cytogenetics.Types.Outcome.Positive, 66),
            Result(V1.Cytogenetics.Types.Abnormality.Del17P, V1.Cytogenetics.Types.Outcome.Negative),
            Result(V1.Cytogenetics.Types.Abnormality.T1416, V1.Cytogenetics.Types.Outcome.Negative),
        },
    };

    public static V1.Cytogenetics.Types.Result Result(
        V1.Cytogenetics.Types.Abnormality abnormality, V1.Cytogenetics.Types.Outcome outcome, double? percent = null, int? copies = null)
    {
        var result = new V1.Cytogenetics.Types.Result { Abnormality = abnormality, Outcome = outcome };
        if (percent is { } share)
        {
            result.PercentCells = share;
        }

        if (copies is { } number)
        {
            result.Copies1Q = number;
        }

        return result;
    }

    /// <summary>A line with bortezomib and lenalidomide, one year from the first of January, with progression on its last day.</summary>
    public static PriorLine Line(int number = 1, int year = 2020) => new()
    {
        LineNumber = number,
        StartDate = $"{year}-01-01",
        EndDate = $"{year}-12-31",
        Purposes = { V1.PriorLine.Types.Purpose.Induction },
        BestResponse = TherapyResponse.VeryGoodPartial,
        Progressed = YesNoUnknown.Yes,
        ProgressionDate = $"{year}-12-31",
        Treatments = { Drug(Agent.Bortezomib, TherapyClass.Pi, year), Drug(Agent.Lenalidomide, TherapyClass.Imid, year) },
    };

    public static Treatment Drug(Agent agent, TherapyClass therapyClass, int year = 2020) =>
        new() { Agent = agent, TherapyClass = therapyClass, FirstDoseDate = $"{year}-01-01", LastDoseDate = $"{year}-12-31" };

    public static Leukapheresis Leukapheresis(string date = "2024-01-20") =>
        new() { CollectionDate = date, CollectionOutcome = V1.Leukapheresis.Types.CollectionOutcome.Success };

    public static Bridging Bridging() => new()
    {
        Given = YesNoUnknown.Yes,
        StartDate = "2024-01-25",
        EndDate = "2024-02-15",
        Treatments = { new Treatment { Agent = Agent.Dexamethasone, TherapyClass = TherapyClass.Steroid } },
    };

    /// <summary>Fludarabine and cyclophosphamide on the days 25 to 27 of February.</summary>
    public static Lymphodepletion Lymphodepletion() => new()
    {
        Doses =
        {
            from day in Enumerable.Range(25, 3)
            from drug in new[] { (V1.Lymphodepletion.Types.Agent.Fludarabine, 30d), (V1.Lymphodepletion.Types.Agent.Cyclophosphamide, 500d) }
            select new V1.Lymphodepletion.Types.Dose { Agent = drug.Item1, DoseDate = $"2024-02-{day}", DoseMgPerM2 = drug.Item2 },
        },
    };

    public static SubsequentTherapy Subsequent(string date = "2024-06-10") => new()
    {
        StartDate = date,
        Reason = V1.SubsequentTherapy.Types.Reason.Pd,
        Treatments = { new Treatment { Agent = Agent.Talquetamab, TherapyClass = TherapyClass.Gprc5DBispecific } },
    };

    public static SubmitRecordRequest Submit(Site form) => new() { Header = Header("", DataOrigin.Prospective), Site = form };

    /// <summary>A form about a participant, in the field that holds it.</summary>
    public static SubmitRecordRequest Submit(string participant, IMessage form, DataOrigin origin = DataOrigin.Prospective)
    {
        var request = new SubmitRecordRequest { Header = Header(participant, origin) };
        Field(SubmitRecordRequest.Descriptor, form).Accessor.SetValue(request, form);
        return request;
    }

    /// <summary>The same form with a change, as an amendment of a record.</summary>
    public static SubmitRecordRequest Amend(EnrolmentRecord record, Action<SubmitRecordRequest>? change = null)
    {
        var request = new SubmitRecordRequest { Header = Header(record.Header.Participant, record.Header.Origin) };
        request.Header.RecordId = record.Header.RecordId;
        request.Header.ExpectedVersion = record.Header.Version;
        request.Header.Reason = "Typed wrong";
        request.Header.Missing.AddRange(record.Missing);
        var form = SubmitRecordRequest.Descriptor.FindFieldByNumber((int)record.FormCase);
        form.Accessor.SetValue(request, form.MessageType.Parser.ParseFrom(record.Content().ToByteString()));
        change?.Invoke(request);
        return request;
    }

    public static Timestamp At(string instant) => Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(instant));

    /// <summary>What checks are told about a form, on 1 July 2024.</summary>
    public static FormContext Context(
        DataOrigin origin = DataOrigin.Prospective, ParticipantFacts? facts = null, params (string Field, MissingReason Reason)[] missing) => new()
        {
            Participant = "01-0001",
            Site = "01",
            Origin = origin,
            Today = new DateOnly(2024, 7, 1),
            Facts = facts,
            Missing = missing.ToDictionary(value => value.Field, value => value.Reason),
        };

    /// <summary>The same context with other records of the participant.</summary>
    public static FormContext With(this FormContext context, params IMessage[] others) => context with { Others = Records(others) };

    /// <summary>Forms as records that count.</summary>
    public static IReadOnlyList<CurrentRecord> Records(params IMessage[] forms) =>
        [.. forms.Select((form, i) => new CurrentRecord($"{i}", form, new Dictionary<string, MissingReason>()) { Origin = DataOrigin.Prospective })];

    /// <summary>The form that a record holds.</summary>
    public static IMessage Content(this EnrolmentRecord record) =>
        (IMessage)EnrolmentRecord.Descriptor.FindFieldByNumber((int)record.FormCase).Accessor.GetValue(record);

    /// <summary>Findings in short: <c>E05? body_mass_kg</c> for a query, with an exclamation mark when hard.</summary>
    public static string Brief(this IEnumerable<Finding?> findings) => string.Join(", ", findings.OfType<Finding>()
        .Select(finding => $"{finding.Code}{(finding.Severity == Severity.Hard ? '!' : '?')} {finding.Field}"));

    private static FieldDescriptor Field(MessageDescriptor message, IMessage form) =>
        message.Oneofs.Single(oneof => oneof.Name == "form").Fields.Single(field => field.MessageType == form.Descriptor);

    private static SubmissionHeader Header(string participant, DataOrigin origin) =>
        new() { RequestId = Guid.NewGuid().ToString(), Participant = participant, Origin = origin };
}
