using Equecel.Common.V1;
using Equecel.Records.Queries;
using Equecel.Records.V1;
using Google.Protobuf;

namespace Equecel.Records.Tests.Queries;

/// <summary>What is asked about a record, and whether it is asked of the site.</summary>
public sealed class CrossCheckComparisonTests
{
    private const string Id = "0197a1b2-0000-7000-8000-0000000000aa";

    [Theory]
    // The record's participant, kind, version and state; and the record that the question is about.
    [InlineData("01-0001 follow_up 2 Active", Id, "asked")]
    [InlineData("01-0001 follow_up 2 Active", "0197A1B2-0000-7000-8000-0000000000AA", "asked")]
    [InlineData("01-0001 follow_up 3 Active", Id, "outdated")]
    [InlineData("01-0001 follow_up 1 Active", Id, "outdated")]
    [InlineData("01-0001 follow_up 2 Retracted", Id, "unknown")]
    [InlineData("01-0001 data_query 2 Active", Id, "unknown")]
    [InlineData("01-0002 follow_up 2 Active", Id, "unknown")]
    [InlineData("01-0001 follow_up 2 Active", "0197a1b2-0000-7000-8000-0000000000ab", "unknown")]
    public void A_question_is_asked_about_the_latest_version_of_what_a_site_sent(string record, string askedAbout, string expected)
    {
        var parts = record.Split(' ');
        var stored = new AskedRecord
        {
            RecordId = Id,
            Version = int.Parse(parts[2], null),
            Kind = parts[1],
            Participant = parts[0],
            Site = "01",
            Origin = DataOrigin.Prospective,
            State = Enum.Parse<RecordState>(parts[3]),
            NaturalKey = null,
            Findings = [],
            Content = ByteString.Empty,
        };

        var comparison = CrossCheckComparison.Of(Request("01-0001", askedAbout, version: 2), [stored], kind => kind == "follow_up");

        var told = comparison.Asked.Select(_ => "asked").Concat(comparison.Unknown.Select(_ => "unknown")).Concat(comparison.Outdated.Select(_ => "outdated"));
        Assert.Equal([expected], told);
        Assert.All(comparison.Asked, query => Assert.Equal(
            (Id, 2, "follow_up", "status", "E26", DataQuery.Types.Source.CrossCheck, true),
            (query.SubjectRecordId, query.SubjectVersion, query.SubjectKind, query.Field, query.Code, query.Source, query.AcrossServices)));
    }

    internal static SetCrossChecksRequest Request(string participant, string recordId, int version) => new()
    {
        Participants =
        {
            new ParticipantCrossChecks
            {
                Participant = participant,
                Questions =
                {
                    new CrossCheckQuestion
                    {
                        RecordId = recordId, Version = version, Field = "status", Code = "E26",
                        Message = "Disposition and death record do not agree.", MessageZh = "研究结局与死亡记录不一致。",
                    },
                },
            },
        },
    };
}
