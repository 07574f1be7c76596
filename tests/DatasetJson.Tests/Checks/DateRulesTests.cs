namespace Equecel.DatasetJson.Tests.Checks;

public sealed class DateRulesTests
{
    // The second event has a month without its day.
    [Fact]
    public void A_study_day_needs_a_date_with_its_day()
    {
        var changed = MadeFile.Ae.Replace("\"2025-03-20\",null]", "\"2025-03-20\",20]", StringComparison.Ordinal);

        Assert.NotEqual(MadeFile.Ae, changed);
        Assert.Empty(MadeFile.Places(MadeFile.Ae));
        Assert.Equal(["row 2, AESTDY"], MadeFile.Places(changed));
    }

    [Theory]
    [InlineData("""["S-1","OS","2025-03-10",null]""", false)]
    [InlineData("""["S-1","OS","2025-03-10","D"]""", false)]
    [InlineData("""["S-1","OS",null,"D"]""", true)]
    public void A_flag_of_completion_needs_its_date(string row, bool isFault)
    {
        var places = MadeFile.Places(MadeFile.Of("ADTTE", "\"USUBJID\" \"PARAMCD\" \"ADT\" \"ADTF\"", row)).Where(place => place != "columns");

        Assert.Equal(isFault ? ["row 1, ADTF"] : [], places);
    }
}
