using Equecel.Analytics.CrossChecks;
using Equecel.Analytics.Dossiers;
using Equecel.Assessment.V1;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf;

namespace Equecel.Analytics.Tests.CrossChecks;

public sealed class CrossCheckRequestsTests
{
    [Fact]
    public void A_service_is_told_about_its_own_records_only()
    {
        var dossier = Person.With(new Death { DeathDate = "2025-06-02", PrimaryCause = Death.Types.Cause.ProgressiveDisease }, new DiseaseAssessment { ResponseDate = "2025-06-03" });

        var safety = Assert.Single(Assert.Single(For("safety", dossier).Participants).Questions);
        var assessment = Assert.Single(Assert.Single(For("assessment", dossier).Participants).Questions);

        Assert.Equal(("S23", "primary_cause", 1), (safety.Code, safety.Field, safety.Version));
        Assert.Equal(("E25", "response_date", 2), (assessment.Code, assessment.Field, assessment.Version));
        Assert.Equal($"{dossier.Records[1].RecordId}", assessment.RecordId);
        Assert.Equal(("Record is dated after death.", "记录日期晚于死亡日期。"), (assessment.Message, assessment.MessageZh));
        Assert.Empty(For("enrolment", dossier).Participants);
    }

    [Theory]
    [InlineData(DataQuery.Types.State.Open, true, true)]
    [InlineData(DataQuery.Types.State.Answered, true, true)]
    [InlineData(DataQuery.Types.State.Closed, true, false)]
    [InlineData(DataQuery.Types.State.Open, false, false)]
    public void Where_nothing_is_asked_a_service_is_told_if_something_was(DataQuery.Types.State state, bool acrossServices, bool isTold)
    {
        var asked = Person.With(new DataQuery { Code = "E25", State = state, AcrossServices = acrossServices });
        var dossier = asked with { Records = [asked.Records[0] with { Service = "assessment" }] };

        Assert.Equal(isTold, For("assessment", dossier).Participants is [{ Participant: "01-0001", Questions.Count: 0 }]);
        Assert.Empty(For("safety", dossier).Participants);
    }

    [Fact]
    public void A_service_is_not_told_more_than_it_takes()
    {
        var dossier = Person.With([new Death { DeathDate = "2025-06-02" }, .. Enumerable.Repeat<IMessage>(new DiseaseAssessment { ResponseDate = "2025-06-03" }, 201)]);
        Assert.Equal(CrossCheckRequests.MostQuestions, Assert.Single(For("assessment", dossier).Participants).Questions.Count);
    }

    private static SetCrossChecksRequest For(string service, Dossier dossier) => CrossCheckRequests.For(service, [(dossier, [.. CrossCheckRules.Run(dossier)])]);
}
