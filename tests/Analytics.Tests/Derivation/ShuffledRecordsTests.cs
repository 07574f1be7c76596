using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;

namespace Equecel.Analytics.Tests.Derivation;

public sealed class ShuffledRecordsTests
{
    private static readonly ResponseCategory?[] Categories = [null, .. Enum.GetValues<ResponseCategory>().Select(one => (ResponseCategory?)one)];

    [Fact]
    public void Order_of_the_records_never_matters_even_when_days_repeat_and_contradict()
    {
        var random = new Random(20240115);
        for (var round = 0; round < 2000; round++)
        {
            var records = Any(random);
            var cutoff = random.Next(2) == 0 ? (DateOnly?)null : Courses.Infusion.AddDays(random.Next(300));
            var expected = ParticipantEndpoints.Derive(new ClinicalCourse(records, cutoff));

            var shuffled = new ClinicalCourse(Courses.Shuffled(records, random), cutoff);
            Assert.True(expected == ParticipantEndpoints.Derive(shuffled), $"Round {round}: {string.Join(", ", records.Assessments)}");
        }
    }

    [Fact]
    public void Times_are_never_before_the_infusion_nor_after_the_cut_off_and_sensitivity_only_shortens()
    {
        var random = new Random(20240116);
        for (var round = 0; round < 2000; round++)
        {
            var cutoff = Courses.Infusion.AddDays(random.Next(300));
            var course = new ClinicalCourse(Any(random), cutoff);
            var endpoints = ParticipantEndpoints.Derive(course);
            TimeToEvent[] times =
            [
                endpoints.Pfs, endpoints.PfsS1, endpoints.PfsS2, endpoints.PfsS1S2, endpoints.Os,
                endpoints.Ttr, endpoints.Ttcr, endpoints.TtrConfirmed, endpoints.TtcrConfirmed,
            ];
            Assert.All(times, time => Assert.InRange(time.Days, 1, StudyDay.Of(cutoff, Courses.Infusion)));
            Assert.All([endpoints.PfsS1, endpoints.PfsS2, endpoints.PfsS1S2], time => Assert.True(time.Days <= endpoints.Pfs.Days));
            Assert.True(endpoints.Dor is null or { Days: > 0 });
            Assert.True(endpoints.Ttr.Days <= endpoints.Ttcr.Days);
            Assert.Equal(endpoints.Ttr.IsEvent, endpoints.Dor is not null);
            Assert.All(
                Enum.GetValues<PfsCensoring>().Append(PfsCensoring.NewTherapy | PfsCensoring.MissedAssessments),
                censoring => Assert.True(DurationOfResponse.Derive(course, censoring: censoring) is not { Days: <= 0 }));
        }
    }

    private static ParticipantRecords Any(Random random)
    {
        DateOnly Day() => Courses.Infusion.AddDays(random.Next(-20, 300));
        return new ParticipantRecords
        {
            InfusionDate = Courses.Infusion,
            Death = random.Next(3) == 0 ? new PartialDate(Courses.Infusion.AddDays(random.Next(300)), IsMonth: false) : null,
            Contacts = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Day())],
            NewTherapies = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Day())],
            Assessments =
            [
                .. Enumerable.Range(0, random.Next(12)).Select(_ => new ResponseAssessment(
                    Courses.Infusion.AddDays(7 * random.Next(-2, 30)),
                    Categories[random.Next(Categories.Length)],
                    Categories[random.Next(Categories.Length)],
                    random.Next(4) == 0)),
            ],
        };
    }
}
