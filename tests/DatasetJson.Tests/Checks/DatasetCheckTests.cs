using System.Text;
using Equecel.DatasetJson.Tests.Official;

namespace Equecel.DatasetJson.Tests.Checks;

public sealed class DatasetCheckTests
{
    [Fact]
    public void Good_files_are_good()
    {
        Assert.Empty(MadeFile.Check(MadeFile.Adtte).Faults);
        Assert.Empty(MadeFile.Check(MadeFile.Ae).Faults);
        Assert.Empty(MadeFile.Check(MadeFile.Lines(MadeFile.Adtte), "adtte.ndjson").Faults);
        Assert.Empty(MadeFile.Check(MadeFile.Compressed(MadeFile.Lines(MadeFile.Adtte)), "adtte.dsjc").Faults);
    }

    [Theory]
    [InlineData("\"datasetJSONVersion\":\"1.1.0\",", "", "datasetJSONVersion")]
    [InlineData("\"datasetJSONVersion\":\"1.1.0\"", "\"datasetJSONVersion\":\"1x1.0\"", "datasetJSONVersion")]
    [InlineData("2026-01-01T00:00:00Z", "2026-01-01T00:00Z", "datasetJSONCreationDateTime")]
    [InlineData("2026-01-01T00:00:00Z", "2026-02-31T00:00:00Z", "datasetJSONCreationDateTime")]
    [InlineData("2025-12-31T00:00:00Z", "2026-01-02T00:00:00Z", "dbLastModifiedDateTime")]
    [InlineData("\"originator\":\"us\"", "\"originator\":null", "originator")]
    [InlineData("\"originator\":\"us\"", "\"maker\":\"us\"", "maker")]
    [InlineData("\"originator\":\"us\"", "\"originator\":\"us\",\"originator\":\"we\"", "originator")]
    [InlineData("\"name\":\"Equecel\",\"version\":\"1\"", "\"name\":\"Equecel\"", "sourceSystem.version")]
    [InlineData("\"records\":2", "\"records\":3", "records")]
    [InlineData("\"records\":2", "\"records\":-1", "records")]
    [InlineData("\"label\":\"Times\"", "\"label\":\"\"", "label")]
    [InlineData("\"label\":\"Censor\",\"dataType\":\"integer\"", "\"label\":\"Censor\",\"dataType\":\"integer\",\"unit\":\"d\"", "columns[5].unit")]
    [InlineData("\"label\":\"Censor\",\"dataType\":\"integer\"", "\"label\":\"Censor\",\"dataType\":\"int\"", "columns[5].dataType")]
    [InlineData("\"label\":\"Censor\",\"dataType\":\"integer\"", "\"label\":\"Censor\",\"dataType\":\"integer\",\"targetDataType\":\"integer\"", "columns[5].targetDataType")]
    [InlineData("\"length\":40", "\"length\":0", "columns[2].length")]
    [InlineData("\"keySequence\":2", "\"keySequence\":4", "columns")]
    [InlineData("\"name\":\"EVNTDESC\"", "\"name\":\"adt\"", "columns[8].name")]
    [InlineData("\"name\":\"EVNTDESC\"", "\"name\":\"ADT\"", "columns")]
    [InlineData("\"name\":\"CNSR\"", "\"name\":\"CNSX\"", "columns")]
    [InlineData(",\"DM\"]", "]", "row 1")]
    [InlineData("\"OS\",10,", "\"OS\",[10],", "row 1, AVAL")]
    [InlineData("\"OS\",10,", "\"OS\",\"10\",", "row 1, AVAL")]
    [InlineData("\"OS\",10,", "\"OS\",10.5,", "row 1, AVAL")]
    [InlineData("\"OS\",10,", "\"OS\",11,", "row 1, AVAL")]
    [InlineData("\"OS\",10,", "\"OS\",null,", "row 1, AVAL")]
    [InlineData("\"OS\",10,0,", "\"OS\",10,-1,", "row 1, CNSR")]
    [InlineData("\"OS\",10,0,", "\"OS\",10,2,", "row 1, EVNTDESC")]
    [InlineData("\"DEATH\",null", "null,null", "row 1, EVNTDESC")]
    [InlineData("\"DEATH\",null", "\"DEATH\",\"DEATH\"", "row 1, CNSDTDSC")]
    [InlineData("null,\"DM\"", "null,null", "row 1, SRCDOM")]
    [InlineData("\"DEATH\"", "\"DEATH FROM ANY CAUSE WHATEVER\"", "row 1, EVNTDESC")]
    [InlineData("\"2025-03-10\"", "\"2025-03\"", "row 1, ADT")]
    [InlineData("\"2025-03-10\"", "\"2025-02-30\"", "row 1, ADT")]
    [InlineData("[\"S\",\"S-02\"", "[\"S\",\"S-01\"", "row 2")]
    [InlineData("[\"S\",\"S-02\"", "[\"S\",\"S-00\"", "row 2")]
    [InlineData("\"Overall Survival\",\"OS\",31", "\"Survival\",\"OS\",31", "row 2, PARAMCD")]
    [InlineData("\"Overall Survival\",\"OS\",31", "\"Overall Survival\",\"OSX\",31", "row 2, PARAMCD")]
    [InlineData("\"S-02\"", "null", "row 2, USUBJID")]
    [InlineData("[\"S\",\"S-02\",", "{\"a\":1},[\"S\",\"S-02\",", "row 2")]
    public void A_fault_in_times_to_events_is_found_where_it_is(string good, string bad, string where)
    {
        Assert.Contains(good, MadeFile.Adtte, StringComparison.Ordinal);

        Assert.Contains(where, MadeFile.Places(MadeFile.Adtte.Replace(good, bad, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("\"N\",\"NOT APPLICABLE\"", "\"Y\",\"NOT APPLICABLE\"", "row 1, AESER")]
    [InlineData("\"Y\",\"NOT APPLICABLE\"", "\"N\",\"NOT APPLICABLE\"", "row 2, AESER")]
    [InlineData("\"FATAL\",\"Y\"", "\"FATAL\",null", "row 2, AESDTH")]
    [InlineData("\"FATAL\"", "\"DEAD\"", "row 2, AEOUT")]
    [InlineData("\"RECOVERED/RESOLVED\"", "\"recovered\"", "row 1, AEOUT")]
    [InlineData("\"AE\",\"S-01\",1", "\"CM\",\"S-01\",1", "row 1, DOMAIN")]
    [InlineData("\"S-01\",2,\"sepsis\"", "\"S-01\",1,\"sepsis\"", "row 2, AESEQ")]
    [InlineData("\"sepsis\"", "\"\"", "row 2, AETERM")]
    [InlineData("\"2025-03-04\",2]", "\"2025-03-04\",0]", "row 1, AESTDY")]
    [InlineData("\"2025-03-04\"", "\"2025-03-01\"", "row 1, AEENDTC")]
    [InlineData("\"2025-03\"", "\"03/2025\"", "row 2, AESTDTC")]
    [InlineData("\"2025-03\"", "\"2025-13\"", "row 2, AESTDTC")]
    [InlineData("\"name\":\"AEBODSYS\"", "\"name\":\"AEBODSY\"", "columns")]
    public void A_fault_in_adverse_events_is_found_where_it_is(string good, string bad, string where)
    {
        Assert.Contains(good, MadeFile.Ae, StringComparison.Ordinal);

        Assert.Contains(where, MadeFile.Places(MadeFile.Ae.Replace(good, bad, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""["Y","2025-03-10","A","Arm","A","Arm",null,null]""", "")]
    [InlineData("""["Y",null,"A","Arm","A","Arm",null,null]""", "row 1, DTHFL")]
    [InlineData("""[null,null,"A",null,"A","Arm","NOT ASSIGNED",null]""", "row 1, ARMCD")]
    [InlineData("""[null,null,"A","Arm",null,null,null,null]""", "row 1, ARMNRS")]
    [InlineData("""[null,null,"A","Arm","A","Arm","NOT ASSIGNED",null]""", "row 1, ARMNRS")]
    [InlineData("""[null,null,"A","Arm",null,null,"UNPLANNED TREATMENT",null]""", "row 1, ACTARMUD")]
    public void Arms_and_deaths_of_demographics_agree(string row, string where)
    {
        var places = MadeFile.Places(MadeFile.Of("DM", "\"DTHFL\" \"DTHDTC\" \"ARMCD\" \"ARM\" \"ACTARMCD\" \"ACTARM\" \"ARMNRS\" \"ACTARMUD\"", row)).Where(place => place != "columns");

        Assert.Equal(where.Length == 0 ? [] : [where], places);
    }

    [Theory]
    [InlineData("""["S-1","A",60,50,10,null]""", "")]
    [InlineData("""["S-1","A",60,50,11,null]""", "row 2, CHG")]
    [InlineData("""["S-1","A",50,50,0,"Y"]""", "row 2, CHG")]
    [InlineData("""["S-1","A",50,50,null,"Y"]""", "row 2, ABLFL")]
    [InlineData("""["S-1","B",60,50,null,"Y"]""", "row 2, ABLFL")]
    public void A_change_is_that_from_the_one_baseline(string row, string where)
    {
        var file = MadeFile.Of("ADQS", "\"USUBJID\" \"PARAMCD\" \"AVAL#\" \"BASE#\" \"CHG#\" \"ABLFL\"", """["S-1","A",50,50,null,"Y"]""", row);

        var places = MadeFile.Places(file).Where(place => place != "columns");

        Assert.Equal(where.Length == 0 ? [] : [where], where.Length == 0 ? places : places.Take(1));
    }

    [Fact]
    public void Rows_that_are_not_sorted_are_searched_for_keys_that_are_there_twice()
    {
        var file = MadeFile.Of("XX", "\"A:1\" \"B#:2\"", "[\"b\",2]", "[\"a\",10]", "[\"b\",2]", "[\"b\",10]", "[\"b\",9]");

        Assert.Equal(["row 2", "row 5", "row 3"], MadeFile.Places(file));
    }

    [Fact]
    public void Of_many_faults_of_one_kind_the_first_are_told_and_the_rest_are_counted()
    {
        var report = MadeFile.Check(MadeFile.Of("XX", "\"A#:1\"", [.. Enumerable.Range(0, 1000).Select(i => $"[\"{i:0000}\"]")]));

        Assert.Equal(["row 1, A", "row 2, A", "row 3, A", "row 4, A", "row 5, A"], report.Faults.Select(fault => fault.Where));
        Assert.Equal(995, report.FurtherCount);
        Assert.Equal(1000, report.RowCount);
        Assert.False(report.IsGood);
    }

    [Fact]
    public void What_is_not_coded_and_what_breaks_a_convention_is_noted_and_no_fault()
    {
        var report = MadeFile.Check(MadeFile.Ae.Replace("\"Sepsis\"", "null", StringComparison.Ordinal).Replace("IG.AE", "IG.EVENTS", StringComparison.Ordinal));

        Assert.True(report.IsGood);
        Assert.Equal(["itemGroupOID", "AEDECOD"], report.Faults.Select(fault => fault.Where));
    }

    [Fact]
    public void What_a_file_holds_and_what_it_is_called_agree()
    {
        var lines = MadeFile.Lines(MadeFile.Adtte);

        Assert.Equal(["file"], MadeFile.Places(lines, "adtte.json"));
        Assert.Equal(["records"], MadeFile.Places(lines[..(lines.IndexOf('\n', StringComparison.Ordinal) + 1)], "adtte.ndjson"));
        Assert.Equal(["file"], MadeFile.Places(MadeFile.Adtte, "adtte.dsjc"));
        Assert.Equal(["file"], [.. MadeFile.Check(MadeFile.Compressed(MadeFile.Adtte), "adtte.dsjc").Faults.Select(fault => fault.Where)]);
        Assert.Equal(["file"], [.. MadeFile.Check([.. MadeFile.Compressed(lines), 0], "adtte.dsjc").Faults.Select(fault => fault.Where)]);
        Assert.Equal(["file"], [.. MadeFile.Check(MadeFile.Compressed(lines)[..^2], "adtte.dsjc").Faults.Select(fault => fault.Where)]);
        Assert.NotEmpty(MadeFile.Check(MadeFile.Compressed(lines)[..^20], "adtte.dsjc").Faults);
        Assert.Equal(["file"], [.. MadeFile.Check([0x1F, 0x8B, 8, 0], "adtte.dsjc").Faults.Select(fault => fault.Where)]);
        Assert.Equal(["file"], [.. MadeFile.Check([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(MadeFile.Adtte)], "adtte.json").Faults.Select(fault => fault.Where)]);
        Assert.Equal(["row 2"], MadeFile.Places(lines.Replace("\n[\"S\",\"S-02\"", " [\"S\",\"S-02\"", StringComparison.Ordinal), "adtte.ndjson"));
    }

    [Fact]
    public void What_is_no_json_is_told_with_its_line()
    {
        Assert.Equal(["line 15, byte 12"], MadeFile.Places(MadeFile.Adtte.Replace("[\"S\",\"S-02\",", "[\"S\",\"S-02\";", StringComparison.Ordinal)));
        Assert.Equal(["file"], MadeFile.Places("[]"));
        Assert.NotEmpty(MadeFile.Places(""));
    }

    [Fact]
    public void Attributes_are_read_in_any_order_and_the_order_is_noted()
    {
        var rows = MadeFile.Adtte[MadeFile.Adtte.IndexOf("\"rows\"", StringComparison.Ordinal)..^1];
        var turned = $"{{{rows},{MadeFile.Adtte[1..MadeFile.Adtte.IndexOf("\"rows\"", StringComparison.Ordinal)].TrimEnd().TrimEnd(',')}}}";

        var report = MadeFile.Check(turned.Replace("\"OS\",10,", "\"OS\",11,", StringComparison.Ordinal));

        Assert.Equal(["rows", "row 1, AVAL"], report.Faults.Select(fault => fault.Where));
        Assert.True(report.Faults[0].IsNote);
    }

    [OfficialFact]
    public void The_standard_s_own_example_is_good_to_its_schema_and_to_the_check()
    {
        foreach (var name in (string[])["example-dd.json", "example-dd.ndjson"])
        {
            var text = File.ReadAllText(OfficialFile.Find(name)!);

            Assert.Empty(OfficialSchema.Faults(name.EndsWith(".ndjson", StringComparison.Ordinal) ? OfficialSchema.Join(text) : text));
            Assert.Empty(MadeFile.Places(text, name));
        }
    }

    [OfficialFact]
    public void The_official_schema_accepts_what_the_check_finds()
    {
        Assert.Empty(OfficialSchema.Faults(MadeFile.Adtte));
        Assert.Empty(OfficialSchema.Faults(MadeFile.Adtte.Replace("\"records\":2", "\"records\":3", StringComparison.Ordinal)));
        Assert.Empty(OfficialSchema.Faults(MadeFile.Adtte.Replace("\"OS\",10,", "\"OS\",\"ten\",", StringComparison.Ordinal)));
        Assert.NotEmpty(OfficialSchema.Faults(MadeFile.Adtte.Replace("\"originator\":\"us\"", "\"originator\":null", StringComparison.Ordinal)));
    }
}
