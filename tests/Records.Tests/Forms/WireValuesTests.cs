using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Records.Tests.Forms;

/// <summary>Values that the stack below would change silently (reliability, section 15).</summary>
public sealed class WireValuesTests
{
    public static TheoryData<IMessage, string> Bad => new()
    {
        { new Site { Name = "A\uFFFDB" }, "F06 name" },
        { new Site { Name = "A\0B" }, "F06 name" },
        { new Site { Name = "A\bB" }, "F06 name" },
        { new Site { Name = "A\vB" }, "F06 name" },
        { new Site { Name = "A\fB" }, "F06 name" },
        { new Site { Name = "A\u000eB" }, "F06 name" },
        { new Site { Name = "A\u001fB" }, "F06 name" },
        { new Site { Name = "A\u007fB" }, "F06 name" },
        { new Site { Name = new string('x', 10_001) }, "F05 name" },
        { new Site { Status = (Site.Types.Status)99 }, "F04 status" },
        { new Site { Status = (Site.Types.Status)(-1) }, "F04 status" },
        { new Participation { HeightCm = double.NaN }, "F02 height_cm" },
        { new Participation { HeightCm = double.PositiveInfinity }, "F02 height_cm" },
        { new Participation { BodyMassKg = double.NegativeInfinity }, "F02 body_mass_kg" },
        { new Infusion { StartTime = new Timestamp { Seconds = long.MaxValue } }, "F02 start_time" },
        { new Infusion { StartTime = new Timestamp { Seconds = long.MinValue } }, "F02 start_time" },
        { new Infusion { StartTime = new Timestamp { Nanos = -1 } }, "F02 start_time" },
        { new Infusion { StartTime = new Timestamp { Nanos = 1_000_000_000 } }, "F02 start_time" },
        { new Infusion { StartTime = At("1899-12-31T23:59:59Z") }, "F02 start_time" },
        { new Infusion { StartTime = At("2200-01-01T00:00:00Z") }, "F02 start_time" },
        { new Infusion { Premedications = { Infusion.Types.Premedication.Other, (Infusion.Types.Premedication)9 } }, "F04 premedications[1]" },
        { new Participation { Comorbidities = { new Participation.Types.Comorbidity(), new Participation.Types.Comorbidity { Term = "\0" } } }, "F06 comorbidities[1].term" },
        { new SubmissionHeader { Missing = { Enumerable.Repeat(new MissingValue(), 1_001) } }, "F08 missing" },
        { new SubmissionHeader { Missing = { new MissingValue { Reason = (MissingReason)77 } } }, "F04 missing[0].reason" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_cannot_be_kept_exactly_is_refused_with_its_field(IMessage message, string expected) =>
        Assert.Equal([expected], WireValues.Check(message).Select(finding => $"{finding.Code} {finding.Field}"));

    [Fact]
    public void Every_fault_is_found_at_once() =>
        Assert.Equal(["form.name", "form.name_zh", "form.status"], WireValues.Check(
            new Site { Name = "\0", NameZh = "\uFFFD", Status = (Site.Types.Status)99 }, "form.").Select(finding => finding.Field));

    public static TheoryData<IMessage> Good => new()
    {
        new Site(),
        new Site { Name = "tab\t, line\r\n, 北京, e\u0301, \u200b, =1+1, <b>, \ud83e\uddec" },
        new Site { Name = new string('x', 10_000) },
        new Participation { HeightCm = 0, BodyMassKg = double.MaxValue, HbvDnaIuPerMl = -0.0 },
        new Infusion { StartTime = At("1900-01-01T00:00:00Z"), EndTime = At("2199-12-31T23:59:59.9999999Z") },
        new SubmissionHeader { Missing = { Enumerable.Repeat(new MissingValue(), 1_000) } },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void What_reads_back_identical_is_taken(IMessage message) => Assert.Empty(WireValues.Check(message));

    [Fact]
    public void Bytes_that_are_not_UTF8_never_become_a_form() =>
        Assert.Throws<InvalidProtocolBufferException>(() => Site.Parser.ParseFrom([0x12, 0x02, 0xC3, 0x28]));

    private static Timestamp At(string instant) => Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(instant));
}
