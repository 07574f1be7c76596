using Equecel.Safety.HospitalStays;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.HospitalStay.Types;

namespace Equecel.Safety.Tests.HospitalStays;

public sealed class HospitalStayChecksTests
{
    public static TheoryData<string, Action<HospitalStay>> Stays => new()
    {
        { "", _ => { } },
        { "F01! kind", form => form.Kind = Kind.Unspecified },
        { "F01! admission_date", form => form.AdmissionDate = "" },
        { "F03! admission_date", form => form.AdmissionDate = "2024-02" },
        { "F01! discharge_date, F04! outcome", form => form.Ongoing = true },
        { "F01! discharge_date", form => form.DischargeDate = "" },
        { "", form => (form.DischargeDate, form.Ongoing, form.Outcome) = ("", true, Outcome.Unspecified) },
        { "F04! outcome", form => (form.DischargeDate, form.Ongoing) = ("", true) },
        { "S11! discharge_date, S14! kind", form => form.DischargeDate = "2024-02-19" },
        { "", form => (form.AdmissionDate, form.DischargeDate) = ("2024-03-01", "2024-03-01") },
        { "S14! kind", form => form.AdmissionDate = "2024-03-02" },
        { "S14! kind", form => form.DischargeDate = "2024-02-29" },
        { "", form => (form.Kind, form.DischargeDate) = (Kind.Other, "2024-02-29") },
        { "F01! reason", form => form.Reason = Reason.Unspecified },
        { "F01! reason_text", form => form.Reason = Reason.Other },
        { "F01! outcome", form => form.Outcome = Outcome.Unspecified },
        { "F09! adverse_event_record_ids[0]", form => form.AdverseEventRecordIds.Add(Form.EventId) },
        { "F04! adverse_event_record_ids[0]", form => form.AdverseEventRecordIds.Add("") },
        { "F01! icu_periods[0].in_time, F01! icu_periods[0].out_time", form => form.IcuPeriods.Add(new IcuPeriod()) },
        { "", form => form.IcuPeriods.Add(Icu("2024-03-05T10:00:00+08:00", "2024-03-07T10:00:00+08:00")) },
        { "S12! icu_periods[0].in_time", form => form.IcuPeriods.Add(Icu("2024-03-07T10:00:00+08:00", "2024-03-05T10:00:00+08:00")) },
        { "S12! icu_periods[0].in_time", form => form.IcuPeriods.Add(Icu("2024-02-19T10:00:00+08:00", "2024-03-05T10:00:00+08:00")) },
        { "S12! icu_periods[0].in_time", form => form.IcuPeriods.Add(Icu("2024-03-19T10:00:00+08:00", "2024-03-21T00:00:00+08:00")) },
        { "", form => form.IcuPeriods.Add(Icu("2024-03-19T10:00:00+08:00", "2024-03-20T23:59:00+08:00")) },
        { "S12! icu_periods[0].in_time", form => LeftEarly(form) },
        { "F03! discharge_time", form => form.DischargeTime = Form.At("2024-03-19T09:00:00+08:00") },
        { "F02! cost_cny", form => form.CostCny = 5_000_001 },
        { "F02! cost_cny", form => form.CostCny = -1 },
        { "E01! discharge_date", form => form.DischargeDate = "2024-07-02" },
    };

    [Theory]
    [MemberData(nameof(Stays))]
    public void Each_rule_finds_its_field(string expected, Action<HospitalStay> change)
    {
        var form = Form.Stay();
        change(form);

        Assert.Equal(expected, HospitalStayChecks.Run(form, Form.Context()).Brief());
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "S14! kind")]
    public void The_index_stay_can_begin_before_the_infusion_is_known(bool ongoing, string expected)
    {
        var facts = Form.Facts();
        facts.ClearInfusionDate();
        var form = Form.Stay();
        (form.Ongoing, form.DischargeDate, form.Outcome) = ongoing ? (true, "", Outcome.Unspecified) : (false, "2024-03-20", Outcome.Improved);

        Assert.Equal(expected, HospitalStayChecks.Run(form, Form.Context(facts: facts)).Brief());
    }

    [Fact]
    public void There_is_one_index_stay()
    {
        Assert.Equal("F10! kind", HospitalStayChecks.Run(Form.Stay(), Form.Context(others: Form.Record(Form.OtherId, Form.Stay()))).Brief());

        var other = Form.Stay();
        other.Kind = Kind.Leukapheresis;
        Assert.Equal("", HospitalStayChecks.Run(Form.Stay(), Form.Context(others: Form.Record(Form.OtherId, other))).Brief());
    }

    private static void LeftEarly(HospitalStay form)
    {
        form.DischargeTime = Form.At("2024-03-20T09:00:00+08:00");
        form.IcuPeriods.Add(Icu("2024-03-19T10:00:00+08:00", "2024-03-20T10:00:00+08:00"));
    }

    private static IcuPeriod Icu(string begin, string end) => new() { InTime = Form.At(begin), OutTime = Form.At(end) };
}
