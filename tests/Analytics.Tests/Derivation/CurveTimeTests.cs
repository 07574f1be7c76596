using Equecel.Analytics.Derivation;

namespace Equecel.Analytics.Tests.Derivation;

public sealed class CurveTimeTests
{
    [Theory]
    [InlineData("28 PR, 56 CR, 84 CR, 120 PD, 150 PD, 100 therapy, 400 death")]
    [InlineData("28 PR, 56 PR, 500 PD!, 40 therapy")]
    [InlineData("28 SD, 200 alive, 300 death")]
    [InlineData("100 alive")]
    public void Each_time_is_the_endpoint_of_the_participant_that_has_its_name(string records)
    {
        var course = Courses.Of(records);
        var expected = ParticipantEndpoints.Derive(course);

        Assert.Equal(
            [
                expected.Os, expected.Pfs, expected.PfsS1, expected.PfsS2, expected.PfsS1S2, expected.Dor,
                DurationOfResponse.Derive(course, censoring: PfsCensoring.NewTherapy), DurationOfResponse.Derive(course, censoring: PfsCensoring.MissedAssessments),
                DurationOfResponse.Derive(course, censoring: PfsCensoring.NewTherapy | PfsCensoring.MissedAssessments),
                expected.Ttr, expected.TtrConfirmed, expected.Ttcr, expected.TtcrConfirmed,
            ],
            Enum.GetValues<CurveTime>().Select(time => time.Derive(course)));
    }
}
