namespace Equecel.DatasetJson.Tests.Checks;

public sealed class SupplementRulesTests
{
    private const string Columns = "\"STUDYID:1\" \"RDOMAIN:2\" \"USUBJID:3\" \"IDVAR:4\" \"IDVARVAL:5\" \"QNAM:6\" \"QLABEL\" \"QVAL\" \"QORIG\" \"QEVAL\"";

    [Theory]
    [InlineData("""["S","AE","S-01","AESEQ","1","AEGRSCL","Scale","ASTCT 2019","CRF",null]""", "")]
    [InlineData("""["S","AE","S-01",null,null,"AEGRSCL","Scale","ASTCT 2019","CRF",null]""", "")]
    [InlineData("""["S","CM","S-01","AESEQ","1","AEGRSCL","Scale","ASTCT 2019","CRF",null]""", "row 1, RDOMAIN")]
    [InlineData("""["S","AE","S-01","AESEQ",null,"AEGRSCL","Scale","ASTCT 2019","CRF",null]""", "row 1, IDVAR")]
    [InlineData("""["S","AE","S-01","AESEQ","1","GRADESCALE","Scale","ASTCT 2019","CRF",null]""", "row 1, QNAM")]
    [InlineData("""["S","AE","S-01","AESEQ","1","AEGRSCL","Scale",null,"CRF",null]""", "row 1, QVAL")]
    [InlineData("""["S","AE","S-01","AESEQ","1","AEGRSCL","Scale","ASTCT 2019",null,null]""", "row 1, QORIG")]
    public void A_qualifier_names_its_row_and_has_a_value(string row, string where) =>
        Assert.Equal(where.Length == 0 ? [] : [where], MadeFile.Places(MadeFile.Of("SUPPAE", Columns, row)));

    [Fact]
    public void A_file_of_qualifiers_has_all_variables_of_the_standard() =>
        Assert.Equal(["columns"], MadeFile.Places(MadeFile.Of("SUPPAE", Columns.Replace(" \"QEVAL\"", "", StringComparison.Ordinal), """["S","AE","S-01","AESEQ","1","AEGRSCL","Scale","ASTCT 2019","CRF"]""")));
}
