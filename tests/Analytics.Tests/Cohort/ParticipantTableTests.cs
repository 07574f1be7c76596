using Equecel.Analytics.Cohort;

namespace Equecel.Analytics.Tests.Cohort;

public sealed class ParticipantTableTests
{
    private static readonly Guid Infusion = Guid.CreateVersion7();
    private static readonly Guid FollowUp = Guid.CreateVersion7();

    private readonly ParticipantTable table = new();

    [Fact]
    public void An_amendment_replaces_what_was_said_before()
    {
        Apply(Infusion, 1, "infusion 2024-01-15");
        Apply(Infusion, 2, "infusion 2024-01-20");
        Assert.Equal(new DateOnly(2024, 1, 20), table.Columns[0].InfusionDate);
    }

    [Fact]
    public void A_version_that_arrives_late_changes_nothing()
    {
        Assert.True(Apply(Infusion, 2, "infusion 2024-01-20"));
        Assert.False(Apply(Infusion, 1, "infusion 2024-01-15"));
        Assert.Equal(new DateOnly(2024, 1, 20), table.Columns[0].InfusionDate);
    }

    [Fact]
    public void A_version_that_arrives_twice_changes_nothing()
    {
        Assert.True(Apply(Infusion, 1, "infusion 2024-01-15"));
        Assert.False(Apply(Infusion, 1, "infusion 2024-01-15"));
        Assert.Equal(1, table.Columns.Count);
    }

    [Fact]
    public void A_retraction_takes_back_and_an_amendment_brings_back()
    {
        Apply(Infusion, 1, "infusion 2024-01-15");
        Apply(FollowUp, 1, "contact 2024-03-01");
        Apply(FollowUp, 2, "-contact 2024-03-01");
        Assert.Null(table.Columns[0].LastAliveDate);

        Apply(FollowUp, 3, "contact 2024-02-01");
        Assert.Equal(new DateOnly(2024, 2, 1), table.Columns[0].LastAliveDate);
    }

    [Fact]
    public void Participants_keep_apart()
    {
        for (var i = 1; i <= 1000; i++)
        {
            Apply(Guid.CreateVersion7(), 1, $"infusion 2024-01-{1 + (i % 28):00}", $"01-{i:0000}");
        }

        Assert.Equal(1000, table.Columns.Count);
        Assert.Equal(new DateOnly(2024, 1, 1 + (77 % 28)), table.Columns[76].InfusionDate);
        Assert.Equal(["01"], table.Columns.Sites);
    }

    private bool Apply(Guid record, int version, string fact, string participant = "01-0001") =>
        table.Apply(new CohortChange(ParticipantCode.Find(participant, "01")!.Value, "01", record, version, Facts.Parse(fact)));
}
