using Equecel.Assessment.V1;
using Equecel.Cli.Tables;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Google.Protobuf.Reflection;

namespace Equecel.Cli.Tests.Tables;

public sealed class CellValueTests
{
    [Theory]
    [InlineData("participation", "height_cm", "162")]
    [InlineData("participation", "body_mass_kg", "58.5")]
    [InlineData("participation", "hbv_dna_iu_per_ml", "-0.25")]
    [InlineData("participation", "ecog", "0")]
    [InlineData("participation", "consent_type", "WRITTEN")]
    [InlineData("participation", "consent_type", "WAIVED_BY_EC")]
    [InlineData("participation", "consent_date", "2025-03-03")]
    [InlineData("participation", "birth_year_month", "1961-07")]
    [InlineData("participation", "consent_version", "2.0, \"new\"; 第二版")]
    [InlineData("participation", "consent_version", "[[ND]]")]
    [InlineData("participation", "consent_version", "[[[nd]]]")]
    [InlineData("participation", "consent_version", "[a text in brackets]")]
    [InlineData("infusion", "start_time", "2025-03-10T09:30:00+08:00")]
    [InlineData("infusion", "start_time", "2025-03-10T09:30:00.125+08:00")]
    [InlineData("infusion", "second_infusion", "true")]
    [InlineData("disease_assessment", "mrd_sensitivity", "1E5")]
    public void A_cell_becomes_a_value_and_the_same_cell_again(string form, string name, string cell)
    {
        var field = Field(form, name);

        var value = CellValue.Read(field, cell, out var fault);

        Assert.Null(fault);
        Assert.Equal(cell, CellValue.Write(field, value!));
    }

    [Theory]
    [InlineData("participation", "consent_type", "written", "WRITTEN")]
    [InlineData("participation", "consent_type", "CONSENT_TYPE_WRITTEN", "WRITTEN")]
    [InlineData("participation", "consent_type", "waived by EC", "WAIVED_BY_EC")]
    [InlineData("participation", "consent_date", "2025/3/3", "2025-03-03")]
    [InlineData("participation", "consent_date", "2025.3.13", "2025-03-13")]
    [InlineData("participation", "birth_year_month", "1961/7", "1961-07")]
    [InlineData("participation", "body_mass_kg", "5.85E1", "58.5")]
    [InlineData("infusion", "start_time", "2025-03-10 09:30+08:00", "2025-03-10T09:30:00+08:00")]
    [InlineData("infusion", "start_time", "2025-03-10T01:30:00Z", "2025-03-10T09:30:00+08:00")]
    [InlineData("infusion", "second_infusion", "TRUE", "true")]
    [InlineData("infusion", "second_infusion", "no", "false")]
    public void What_spreadsheets_make_of_it_means_the_same(string form, string name, string cell, string same)
    {
        var field = Field(form, name);

        Assert.Equal(CellValue.Read(field, same, out _), CellValue.Read(field, cell, out var fault));
        Assert.Null(fault);
    }

    [Theory]
    [InlineData("participation", "height_cm", "1,62", "F02")]
    [InlineData("participation", "height_cm", "162 cm", "F02")]
    [InlineData("participation", "height_cm", "<0.1", "F02")]
    [InlineData("participation", "height_cm", "NaN", "F02")]
    [InlineData("participation", "height_cm", "1E999", "F02")]
    [InlineData("participation", "ecog", "1.5", "F02")]
    [InlineData("participation", "ecog", "99999999999", "F02")]
    [InlineData("participation", "consent_type", "verbal", "F04")]
    [InlineData("participation", "consent_type", "UNSPECIFIED", "F04")]
    [InlineData("participation", "consent_type", "1", "F04")]
    [InlineData("infusion", "start_time", "2025-03-10T09:30:00", "F03")]
    [InlineData("infusion", "start_time", "2025-03-10", "F03")]
    [InlineData("infusion", "start_time", "2025-02-30T09:30:00+08:00", "F03")]
    [InlineData("infusion", "second_infusion", "perhaps", "T01")]
    public void What_cannot_be_read_is_told_in_two_languages(string form, string name, string cell, string code)
    {
        Assert.Null(CellValue.Read(Field(form, name), cell, out var fault));

        Assert.Equal(code, fault!.Code);
        Assert.Contains(cell, fault.Message, StringComparison.Ordinal);
        Assert.Contains(cell, fault.MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_like_none_of_those_there_are_is_answered_with_all_of_them()
    {
        CellValue.Read(Participation.Descriptor.FindFieldByName("sex"), "woman", out var fault);

        Assert.Equal("'woman' is none of the values. There are: MALE, FEMALE.", fault!.Message);
    }

    [Fact]
    public void A_value_that_does_not_exist_is_answered_with_the_nearest()
    {
        CellValue.Read(Field("participation", "consent_type"), "writen", out var fault);

        Assert.Contains("the nearest is WRITTEN", fault!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A", "A")]
    [InlineData("A;B", "A", "B")]
    [InlineData(@"A\;B;C\\", "A;B", @"C\")]
    public void A_list_becomes_its_elements_and_the_same_cell_again(string cell, params string[] elements)
    {
        Assert.Equal(elements, CellValue.Split(cell));
        Assert.Equal(cell, CellValue.Join(elements));
    }

    [Fact]
    public void Blanks_and_a_semicolon_too_many_are_no_elements() => Assert.Equal(["A", "B"], CellValue.Split(" A ;; B ;"));

    [Theory]
    [InlineData("[ND]", MissingReason.NotDone)]
    [InlineData("[UNK]", MissingReason.Unknown)]
    [InlineData("[na]", MissingReason.NotApplicable)]
    [InlineData("[NAV]", MissingReason.NotAvailable)]
    [InlineData("[REF]", MissingReason.Refused)]
    public void A_reason_for_a_missing_value_stands_in_brackets(string cell, MissingReason reason)
    {
        Assert.True(MissingCell.Is(cell));
        Assert.Equal(reason, MissingCell.Find(cell));
        Assert.Equal(cell.ToUpperInvariant(), MissingCell.Write(reason));
    }

    [Fact]
    public void Every_reason_of_the_contract_can_be_written() =>
        Assert.All(Enum.GetValues<MissingReason>().Where(reason => reason != MissingReason.Unspecified), reason => Assert.Equal(reason, MissingCell.Find(MissingCell.Write(reason))));

    private static FieldDescriptor Field(string form, string name) => (form switch
    {
        "participation" => Participation.Descriptor,
        "infusion" => Infusion.Descriptor,
        _ => DiseaseAssessment.Descriptor,
    }).FindFieldByName(name);
}
