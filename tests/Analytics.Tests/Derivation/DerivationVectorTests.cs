using Equecel.Analytics.Derivation;
using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Derivation;

public sealed class DerivationVectorTests
{
    public static TheoryData<string> Subjects => [.. DerivationVector.All.Select(vector => vector.Subject)];

    [Fact]
    public void Every_patient_of_the_vectors_is_tested() => Assert.Equal(20, Subjects.Count);

    [Fact]
    public void Schedule_of_the_study_is_that_of_the_vectors() =>
        Assert.Equal(DerivationVector.Schedule.Visits, AssessmentSchedule.Study.Visits);

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Endpoints_are_those_expected(string subject)
    {
        var vector = DerivationVector.Load(subject);
        var endpoints = ParticipantEndpoints.Derive(vector.Course(), DerivationVector.Schedule);

        Same("pfs", endpoints.Pfs);
        Same("pfs_s1", endpoints.PfsS1);
        Same("pfs_s2", endpoints.PfsS2);
        Same("pfs_s1s2", endpoints.PfsS1S2);
        Same("os", endpoints.Os);
        Same("ttr", endpoints.TtrConfirmed);
        Same("ttcr", endpoints.TtcrConfirmed);
        Assert.Equal(Courses.Category(vector.Expected["bor_24w_as_assessed"]), endpoints.BestAsAssessed.Category);
        Assert.Equal(Courses.Category(vector.Expected["bor_24w"]), endpoints.BestConfirmed.Category);
        Assert.Equal(Courses.Category(vector.Expected["bor_overall"]), endpoints.BestConfirmedOverall.Category);
        Assert.Equal(vector.Expected["responder_24w"] == "1", endpoints.BestConfirmed.IsResponse);

        void Same(string endpoint, TimeToEvent actual)
        {
            var status = Enum.Parse<CompetingOutcome>(vector.Expected[$"{endpoint}_status"]);
            Assert.Equal(
                (endpoint, vector.Expected[$"{endpoint}_aval"], status),
                (endpoint, $"{actual.Days}", actual.Outcome));
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Order_of_the_records_does_not_matter(string subject)
    {
        var vector = DerivationVector.Load(subject);
        var expected = ParticipantEndpoints.Derive(vector.Course(), DerivationVector.Schedule);
        var random = new Random(subject[^1]);
        for (var round = 0; round < 50; round++)
        {
            var course = new ClinicalCourse(Courses.Shuffled(vector.Records, random), vector.Cutoff);
            Assert.Equal(expected, ParticipantEndpoints.Derive(course, DerivationVector.Schedule));
        }
    }
}
