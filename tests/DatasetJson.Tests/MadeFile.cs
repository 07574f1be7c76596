using System.IO.Compression;
using System.Text;
using Equecel.DatasetJson.Checks;

namespace Equecel.DatasetJson.Tests;

/// <summary>Files made by hand, and what the check says of them.</summary>
internal static class MadeFile
{
    /// <summary>Times to events of two subjects, as they should be.</summary>
    public const string Adtte =
        """
        {"datasetJSONCreationDateTime":"2026-01-01T00:00:00Z","datasetJSONVersion":"1.1.0","fileOID":"F.1","dbLastModifiedDateTime":"2025-12-31T00:00:00Z","originator":"us","sourceSystem":{"name":"Equecel","version":"1"},"itemGroupOID":"IG.ADTTE","records":2,"name":"ADTTE","label":"Times","columns":[
        {"itemOID":"IT.ADTTE.STUDYID","name":"STUDYID","label":"Study","dataType":"string","length":5,"keySequence":1},
        {"itemOID":"IT.ADTTE.USUBJID","name":"USUBJID","label":"Subject","dataType":"string","length":10,"keySequence":2},
        {"itemOID":"IT.ADTTE.PARAM","name":"PARAM","label":"Parameter","dataType":"string","length":40},
        {"itemOID":"IT.ADTTE.PARAMCD","name":"PARAMCD","label":"Code","dataType":"string","length":8,"keySequence":3},
        {"itemOID":"IT.ADTTE.AVAL","name":"AVAL","label":"Value","dataType":"integer"},
        {"itemOID":"IT.ADTTE.CNSR","name":"CNSR","label":"Censor","dataType":"integer"},
        {"itemOID":"IT.ADTTE.STARTDT","name":"STARTDT","label":"Origin","dataType":"date","targetDataType":"integer","displayFormat":"E8601DA."},
        {"itemOID":"IT.ADTTE.ADT","name":"ADT","label":"Date","dataType":"date","targetDataType":"integer","displayFormat":"E8601DA."},
        {"itemOID":"IT.ADTTE.EVNTDESC","name":"EVNTDESC","label":"Event","dataType":"string","length":20},
        {"itemOID":"IT.ADTTE.CNSDTDSC","name":"CNSDTDSC","label":"Censoring","dataType":"string","length":20},
        {"itemOID":"IT.ADTTE.SRCDOM","name":"SRCDOM","label":"Source","dataType":"string","length":8}],
        "rows":[
        ["S","S-01","Overall Survival","OS",10,0,"2025-03-01","2025-03-10","DEATH",null,"DM"],
        ["S","S-02","Overall Survival","OS",31,1,"2025-03-01","2025-03-31",null,"LAST KNOWN ALIVE","ADSL"]]}
        """;

    /// <summary>Two adverse events of one subject, as they should be.</summary>
    public static string Ae { get; } = Of(
        "AE",
        """
        "STUDYID:1" "DOMAIN" "USUBJID:2" "AESEQ#:3" "AETERM" "AELLT" "AELLTCD#" "AEDECOD" "AEPTCD#" "AEHLT" "AEHLTCD#" "AEHLGT" "AEHLGTCD#" "AEBODSYS" "AEBDSYCD#" "AESOC" "AESOCCD#" "AESER" "AEACN" "AEREL" "AEOUT" "AESDTH" "AESLIFE" "AESHOSP" "AESDISAB" "AESCONG" "AESMIE" "AESTDTC" "AEENDTC" "AESTDY#"
        """,
        """["S","AE","S-01",1,"fever","",null,"Pyrexia",10037660,null,null,null,null,null,null,null,null,"N","NOT APPLICABLE","RELATED","RECOVERED/RESOLVED",null,null,null,null,null,null,"2025-03-02T18:30:00+08:00","2025-03-04",2]""",
        """["S","AE","S-01",2,"sepsis","",null,"Sepsis",10040047,null,null,null,null,null,null,null,null,"Y","NOT APPLICABLE","RELATED","FATAL","Y",null,"Y",null,null,null,"2025-03","2025-03-20",null]""");

    /// <summary>Makes a dataset of texts and whole numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="columns">Names in quotation marks; with <c>#</c> for a whole number, and with the place in the key.</param>
    /// <param name="rows">The rows.</param>
    public static string Of(string name, string columns, params string[] rows)
    {
        var declared = columns.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Trim('"', '\n').Split(':')).Select(parts =>
            $$"""{"itemOID":"IT.{{name}}.{{parts[0].TrimEnd('#')}}","name":"{{parts[0].TrimEnd('#')}}","label":"{{parts[0]}}","dataType":"{{(parts[0].EndsWith('#') ? "integer" : "string")}}"{{(parts.Length > 1 ? $",\"keySequence\":{parts[1]}" : "")}}}""");
        return $$"""{"datasetJSONCreationDateTime":"2026-01-01T00:00:00Z","datasetJSONVersion":"1.1","itemGroupOID":"IG.{{name}}","records":{{rows.Length}},"name":"{{name}}","label":"{{name}}","columns":[{{string.Join(',', declared)}}],"rows":[{{string.Join(",\n", rows)}}]}""";
    }

    /// <summary>Checks a file.</summary>
    public static DatasetReport Check(string text, string name = "file.json") => Check(Encoding.UTF8.GetBytes(text), name);

    /// <summary>Checks a file.</summary>
    public static DatasetReport Check(byte[] bytes, string name) => DatasetCheck.Run(name, () => new MemoryStream(bytes, writable: false));

    /// <summary>Where a file has faults, notes left out.</summary>
    public static IReadOnlyList<string> Places(string text, string name = "file.json") => [.. Check(text, name).Faults.Where(fault => !fault.IsNote).Select(fault => fault.Where)];

    /// <summary>Compresses text as zlib does.</summary>
    public static byte[] Compressed(string text)
    {
        using var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(Encoding.UTF8.GetBytes(text));
        }

        return target.ToArray();
    }

    /// <summary>The same dataset in lines.</summary>
    public static string Lines(string json)
    {
        var rows = json.IndexOf("\"rows\":[", StringComparison.Ordinal);
        var head = json[..rows].Replace("\n", "", StringComparison.Ordinal).TrimEnd(',') + "}";
        return head + "\n" + json[(rows + 8)..^2].Trim('\n').Replace(",\n", "\n", StringComparison.Ordinal) + "\n";
    }
}
