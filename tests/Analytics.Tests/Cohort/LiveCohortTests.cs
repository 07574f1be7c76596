using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Endpoints;

namespace Equecel.Analytics.Tests.Cohort;

public sealed class LiveCohortTests
{
    private static readonly Guid Infusion = Guid.CreateVersion7();
    private static readonly CohortPosition Two = CohortPosition.None
        .After("enrolment", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch).After("enrolment", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
    private readonly LiveCohort live = new();

    [Fact]
    public void What_curves_ask_is_there_once_it_is_derived_of_everybody()
    {
        Load("01-0001", "01-0002");
        Assert.False(HasEndpoints());

        Assert.Equal(["01-0001", "01-0002"], live.TakeDue(9));
        Assert.Equal(1, live.Derived([Derived("01-0001", versionSum: 1)]));
        Assert.False(HasEndpoints());

        Assert.Equal(["01-0002"], live.TakeDue(9));
        Assert.Equal(1, live.Derived([Derived("01-0002", versionSum: 1)]));
        Assert.True(HasEndpoints());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void What_was_derived_of_other_versions_than_the_cohort_has_is_not_taken(long versionSum)
    {
        Load("01-0001");
        live.TakeDue(9);

        Assert.Equal(0, live.Derived([Derived("01-0001", versionSum)]));
        Assert.False(HasEndpoints());
        Assert.Equal(["01-0001"], live.TakeDue(9));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public void What_was_derived_before_something_was_taken_in_is_not_taken_be_it_a_version_that_was_there(int version)
    {
        Load("01-0001");
        live.TakeDue(9);
        live.Apply([Change("01-0001", version)], CohortPosition.None);

        Assert.Equal(0, live.Derived([Derived("01-0001", versionSum: version)]));
        Assert.Equal(["01-0001"], live.TakeDue(9));
        Assert.Equal(1, live.Derived([Derived("01-0001", versionSum: version)]));
        Assert.True(HasEndpoints());
    }

    [Fact]
    public void A_cohort_that_begins_anew_has_everybody_derived_anew()
    {
        Load("01-0001");
        live.TakeDue(9);
        Load("01-0001");

        Assert.Equal(0, live.Derived([Derived("01-0001", versionSum: 1)]));
        Assert.Equal(["01-0001"], live.TakeDue(9));
    }

    [Fact]
    public void A_change_that_fails_moves_no_position_and_until_it_is_loaded_anew_nothing_does()
    {
        Load("01-0001");
        var before = live.Revision;

        Assert.Throws<InvalidOperationException>(() => live.Apply(Failing(), Two));
        live.FallBehind();
        live.Apply([Change("01-0001", 2)], Two);
        Assert.Equal(CohortPosition.None, live.Position);
        Assert.NotEqual(before, live.Revision);
        Assert.False(live.TryRead(DateTimeOffset.MaxValue, cohort => cohort, out _));
        Assert.True(live.TryRead(asOf: null, cohort => cohort, out _));

        Load("01-0001");
        live.Apply([Change("01-0001", 2)], Two);
        Assert.Equal(Two, live.Position);
        Assert.True(live.TryRead(DateTimeOffset.MaxValue, cohort => cohort, out _));

        static IEnumerable<CohortChange> Failing()
        {
            yield return Change("01-0001", 2);
            throw new InvalidOperationException();
        }
    }

    private static CohortChange Change(string participant, int version) =>
        new(ParticipantCode.Find(participant, "01")!.Value, "01", Infusion, version, Facts.Parse("infusion 2024-01-15"));

    private static EndpointRow Derived(string participant, long versionSum) => EndpointRow.Derive(new Dossier(participant, "01", []) { VersionSum = versionSum });

    private void Load(params string[] participants)
    {
        var table = new ParticipantTable();
        Array.ForEach(participants, participant => table.Apply(Change(participant, 1)));
        live.Load(table, CohortPosition.None);
    }

    private bool HasEndpoints() => live.TryRead(asOf: null, cohort => cohort.Endpoints, out _);
}
