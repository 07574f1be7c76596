using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Proof;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Records.Tests.Proof;

public sealed class FieldChangesTests
{
    [Fact]
    public void A_first_version_is_everything_that_it_holds() => Assert.Equal(
        ["status_date: — → \"2024-06-01\"", "status: — → \"STATUS_ONGOING\""],
        Changes(null, new FollowUp { StatusDate = "2024-06-01", Status = FollowUp.Types.Status.Ongoing }).OrderBy(line => line[..7] == "status:"));

    [Fact]
    public void Equal_messages_differ_nowhere() => Assert.Empty(Changes(new FollowUp { StatusDate = "2024-06-01" }, new FollowUp { StatusDate = "2024-06-01" }));

    [Fact]
    public void A_value_that_changed_came_or_went_is_told() => Assert.Equal(
        ["height_cm: 162 → 163", "body_mass_kg: — → 60.5", "consent_date: \"2024-01-10\" → —"],
        Changes(
            new Participation { HeightCm = 162, ConsentDate = "2024-01-10" },
            new Participation { HeightCm = 163, BodyMassKg = 60.5 }).OrderBy(line => line[..4] switch { "heig" => 0, "body" => 1, _ => 2 }));

    [Fact]
    public void Instants_lists_and_other_scripts_are_readable() => Assert.Equal(
        [
            "missing[0].field: — → \"batch_number\"",
            "missing[0].reason: — → \"MISSING_REASON_UNKNOWN\"",
            "infusion.start_time: — → \"2024-03-01T02:00:00Z\"",
            "infusion.batch_number: — → \"批次“1”\"",
        ],
        Changes(null, new EnrolmentRecord
        {
            Missing = { new MissingValue { Field = "batch_number", Reason = MissingReason.Unknown } },
            Infusion = new Infusion { StartTime = new Timestamp { Seconds = 1_709_258_400 }, BatchNumber = "批次“1”" },
        }));

    private static IEnumerable<string> Changes(IMessage? before, IMessage after) => FieldChanges.Between(before, after).Select(change =>
        $"{change.Field}: {(change.HasOldValue ? change.OldValue : "—")} → {(change.HasNewValue ? change.NewValue : "—")}");
}
