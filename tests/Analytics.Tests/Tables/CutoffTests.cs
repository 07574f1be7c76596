using Equecel.Enrolment.V1;
using Equecel.Safety.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Criterion = Equecel.Safety.V1.AdverseEvent.Types.SeriousnessCriterion;

namespace Equecel.Analytics.Tests.Tables;

/// <summary>Infused on 1 March 2025 and cut off on 30 April, which is 60 days later.</summary>
public sealed class CutoffTests
{
    private const string Cutoff = "2025-04-30";

    [Theory]
    [InlineData("2025-05-10", "", "1 0", 69, 60)]
    [InlineData("2025-04-30", "", "0 1", 69, 60)]
    [InlineData("2025-04-20", "", "0 1", 59, 50)]
    [InlineData("", "2025-04-10", "1 0", 49, 40)]
    [InlineData("", "2025-05-10", "1 0", 69, 60)]
    public void A_stay_that_ends_later_goes_on_at_the_cut_off_but_not_after_death(string discharge, string death, string ongoingAndImproved, double days, double daysAfter)
    {
        var stay = new HospitalStay { Kind = HospitalStay.Types.Kind.Index, AdmissionDate = "2025-02-20", Ongoing = discharge.Length == 0 };
        if (discharge.Length > 0)
        {
            (stay.DischargeDate, stay.Outcome) = (discharge, HospitalStay.Types.Outcome.Improved);
        }

        var table = Table(V1.Topic.Hospitalisation, stay, new Death { DeathDate = death });

        Assert.Equal(ongoingAndImproved, $"{table.Cell("outcome/ongoing").EventCount} {table.Cell("outcome/improved").EventCount}");
        Assert.Equal((days, daysAfter), (table.Cell("index-days").Summary.Median, table.Cell("days-after").Summary.Median));
    }

    [Theory]
    [InlineData("2025-04-30", "1/1", 60.0)]
    [InlineData("2025-05-01", "0/1", null)]
    public void A_second_infusion_and_a_discharge_are_not_known_before_they_happened(string date, string second, double? days)
    {
        var table = Table(
            V1.Topic.Treatment,
            new Infusion { SecondInfusion = true, StartTime = DateTimeOffset.Parse($"{date}T10:00+08:00", System.Globalization.CultureInfo.InvariantCulture).ToTimestamp() },
            new HospitalStay { Kind = HospitalStay.Types.Kind.Index, AdmissionDate = "2025-02-20", DischargeDate = date });

        var discharged = table.Cell("infusion-to-discharge").Summary;
        Assert.Equal((second, days), (table.Share("second-infusion"), discharged.HasMedian ? discharged.Median : (double?)null));
    }

    [Theory]
    [InlineData("2025-04-10", "2025-04-30", "1/1 1/1")]
    [InlineData("2025-04-10", "2025-05-01", "1/1 0/1")]
    [InlineData("2025-05-01", "2025-05-10", "0/1 0/1")]
    public void A_sample_and_its_result_are_not_known_before_their_days(string collection, string result, string expected)
    {
        var table = Table(V1.Topic.SecondCancers, new SecondaryMalignancy
        {
            DiagnosisDate = "2025-04-10",
            SampleTaken = true,
            Samples =
            {
                new SecondaryMalignancy.Types.Sample
                {
                    CollectionDate = collection,
                    Tests =
                    {
                        new SecondaryMalignancy.Types.SampleTest
                        {
                            Kind = SecondaryMalignancy.Types.TestKind.CarTransgene, Result = SecondaryMalignancy.Types.TestResult.Positive, ResultDate = result,
                        },
                    },
                },
            },
        });

        Assert.Equal(expected, $"{table.Share("sample/taken")} {table.Share("sample/transgene-positive")}");
    }

    [Theory]
    [InlineData(false, "1/1 1/1")]
    [InlineData(true, "0/1 0/1")]
    public void Product_and_lymphodepletion_are_those_of_the_first_infusion(bool second, string expected)
    {
        var table = Table(
            V1.Topic.Treatment,
            new Leukapheresis { SecondInfusion = second, ManufacturingOutcome = Leukapheresis.Types.ManufacturingOutcome.OutOfSpecification },
            new Lymphodepletion { SecondInfusion = second });

        Assert.Equal(expected, $"{table.Share("out-of-specification")} {table.Share("lymphodepletion")}");
    }

    [Theory]
    // Fatal on the day of death; any, of grade 3 or more, serious, fatal.
    [InlineData("2025-04-30", Criterion.Death, "1/1 1/1 1/1 1/1")]
    [InlineData("2025-05-01", Criterion.Death, "1/1 0/1 0/1 0/1")]
    [InlineData("2025-05-01", Criterion.Hospitalisation, "1/1 0/1 1/1 0/1")]
    public void An_event_is_not_fatal_before_the_death(string death, Criterion criterion, string expected)
    {
        IMessage[] forms = [Fatal("2025-04-20", death, criterion), new Death { DeathDate = death }];

        var table = Table(V1.Topic.AdverseEvents, forms);
        Assert.Equal(expected, $"{table.Share("any")} {table.Share("grade-3")} {table.Share("serious")} {table.Share("grade-5")}");
        Assert.Equal(expected[^3..], table.Share("crs/grade-5"));
        var terms = Table(V1.Topic.AdverseEventsByTerm, forms);
        Assert.Equal(
            expected,
            $"{terms.Share("term/sepsis")} {terms.Share("term/sepsis/grade-3-or-more")} {terms.Share("term/sepsis/serious")} {terms.Share("term/sepsis/grade-5")}");
    }

    [Theory]
    [InlineData("2025-04-30", "1/1")]
    [InlineData("2025-05-01", "0/1")]
    public void An_event_from_before_the_infusion_does_not_become_worse_by_a_death_to_come(string death, string expected)
    {
        var form = Fatal("2025-02-20", death, Criterion.Death);
        form.GradeBeforeInfusion = 3;

        Assert.Equal(expected, Table(V1.Topic.AdverseEvents, form, new Death { DeathDate = death }).Share("any"));
    }

    [Theory]
    [InlineData("2025-04-30", "1/1")]
    [InlineData("2025-05-01", "0/1")]
    [InlineData("", "1/1")]
    public void A_drug_that_is_given_later_is_not_known_yet(string start, string expected)
    {
        var form = Fatal("2025-04-20", "2025-06-01", Criterion.Death);
        form.Treatments.Add(new AdverseEvent.Types.Treatment { Kind = AdverseEvent.Types.TreatmentKind.Tocilizumab, StartDate = start });

        Assert.Equal(expected, Table(V1.Topic.AdverseEvents, form).Share("crs/tocilizumab"));
    }

    private static V1.Table Table(V1.Topic topic, params IMessage[] forms) =>
        new MadeStudy().Infused("01-0001", forms).Table(new V1.GetTableRequest { Topic = topic, DataCutoffDate = Cutoff });

    private static AdverseEvent Fatal(string onset, string end, Criterion criterion) => new()
    {
        Term = "Sepsis",
        OnsetDate = onset,
        EndDate = end,
        Grade = 5,
        Outcome = EventOutcome.Fatal,
        Serious = true,
        SeriousnessCriteria = { criterion },
        SpecialInterest = AdverseEvent.Types.SpecialInterest.Crs,
    };
}
