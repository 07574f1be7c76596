using Equecel.Analytics.Tests.Report;
using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;
using Measure = Equecel.Analytics.V1.Table.Types.Measure;

namespace Equecel.Analytics.Tests.Tables;

/// <summary>Who is behind a cell, and which records say so.</summary>
public sealed class ContributorTests
{
    public static TheoryData<V1.Topic> Topics => [.. Enum.GetValues<V1.Topic>().Skip(1)];

    [Theory]
    [MemberData(nameof(Topics))]
    public void Every_cell_counts_as_many_participants_as_are_behind_it(V1.Topic topic)
    {
        var study = ReportStudy.Of(7);
        var request = new V1.GetTableRequest { Topic = topic, Grouping = V1.Grouping.Provenance, ExposureAdjustedRates = $"{topic}".StartsWith("AdverseEvents", StringComparison.Ordinal) };
        var table = study.Table(request);

        foreach (var (column, i) in table.Columns.Select((column, i) => (column, i)))
        {
            foreach (var row in table.Rows)
            {
                var expected = row.Measure == Measure.Unspecified ? 0 : row.Cells[i].ParticipantCount;
                Assert.Equal($"{row.Key} {expected}", $"{row.Key} {study.Contributors(request, row.Key, column.Key, pageSize: 500).Contributors.Count}");
            }
        }
    }

    [Theory]
    [InlineData(V1.Topic.Baseline, "type/igg", "MyelomaHistory")]
    [InlineData(V1.Topic.Treatment, "infusion-to-discharge", "Infusion HospitalStay")]
    [InlineData(V1.Topic.Deaths, "without-progression", "Death DiseaseAssessment")]
    [InlineData(V1.Topic.Deaths, "any", "Death")]
    public void The_records_that_decide_are_named(V1.Topic topic, string row, string expected)
    {
        var study = new MadeStudy().Infused(
            "01-0001", new MyelomaHistory { HeavyChain = MyelomaHistory.Types.HeavyChain.Igg }, new Death { DeathDate = "2025-09-01" },
            new HospitalStay { Kind = HospitalStay.Types.Kind.Index, AdmissionDate = "2025-02-25", DischargeDate = "2025-03-20" },
            new DiseaseAssessment { ResponseDate = "2025-04-01", InvestigatorResponse = Response.Partial });

        var behind = Assert.Single(study.Contributors(new V1.GetTableRequest { Topic = topic }, row).Contributors);
        Assert.Equal(expected, string.Join(' ', behind.Sources.Select(source => source.Kind)));
    }
}
