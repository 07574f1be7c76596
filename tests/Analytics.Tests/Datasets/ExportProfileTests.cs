namespace Equecel.Analytics.Tests.Datasets;

public sealed class ExportProfileTests
{
    [Theory]
    [InlineData("ADAE", "Fever", "AGE", 65)]
    [InlineData("ADQS", "EOR0131", "SEX", "M")]
    [InlineData("ADRS", "BOR", "TRTSDT", "2025-03-02")]
    [InlineData("ADTTE", "PFS", "FASFL", "N")]
    [InlineData("ADTTE", "PFS", "TRT01A", null)]
    public void A_dataset_that_tells_something_else_of_a_subject_than_ADSL_is_told(string dataset, string having, string variable, object? value)
    {
        Assert.Empty(new MadeExport(RichStudy.Make()).Faults());
        Assert.Equal(
            [$"{dataset}, USUBJID has other values of the subject's variables than ADSL, for EQUECEL-RWS-01-0001"],
            new MadeExport(RichStudy.Make()).Set(dataset, "01-0001", having, variable, value).Faults());
    }

    [Fact]
    public void What_ADSL_tells_otherwise_is_told_of_every_dataset() => Assert.Equal(
        ["ADAE", "ADQS", "ADRS", "ADTTE"],
        new MadeExport(RichStudy.Make()).Set("ADSL", "01-0001", "", "AGE", 70).Faults().Select(fault => fault.Split(',')[0]));
}
