using Equecel.Assessment.V1;
using Equecel.Common.V1;
using static Equecel.Assessment.V1.DiseaseAssessment.Types;

namespace Equecel.StudyRules.Tests;

public sealed class RequiredTestsTests
{
    [Theory]
    [InlineData(Visit.Baseline, 6, 13)]
    [InlineData(Visit.Week1, 6, 13)]
    [InlineData(Visit.Week24, 6, 13)]
    [InlineData(Visit.Later, 6, 0)]
    [InlineData(Visit.Unscheduled, 6, 0)]
    [InlineData(Visit.Screening, 0, 0)]
    [InlineData(Visit.AfterBridging, 0, 0)]
    [InlineData(Visit.Unspecified, 0, 0)]
    public void A_visit_asks_for_the_tests_of_the_response_and_of_the_blood(Visit visit, int response, int blood)
    {
        var fields = RequiredTests.Of(new DiseaseAssessment { Visit = visit }).ToList();

        Assert.Equal(response + blood, fields.Count);
        Assert.Equal(response > 0, fields.Contains("kappa_mg_per_l"));
        Assert.Equal(blood > 0, fields.Contains("haemoglobin_g_per_l"));
        Assert.All(fields, field => Assert.NotNull(DiseaseAssessment.Descriptor.FindFieldByName(field)));
    }

    [Fact]
    public void A_negative_immunofixation_needs_no_quantity()
    {
        var fields = RequiredTests.Of(new DiseaseAssessment { Visit = Visit.Later, SerumImmunofixation = Immunofixation.Negative, UrineImmunofixation = Immunofixation.Positive });

        Assert.Equal(["serum_immunofixation", "urine_m_protein_mg_per_24h", "urine_immunofixation", "kappa_mg_per_l", "lambda_mg_per_l"], fields);
    }
}
