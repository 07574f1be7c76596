using Equecel.Records.V1;

namespace Equecel.Cli.Tables;

/// <summary>What can be wrong with a cell before a service sees it. Codes F02 to F04 mean the same as in the services; T01 to T08 are of tables alone.</summary>
internal static class CellFault
{
    /// <summary>F02: no number.</summary>
    public static Finding Number(string cell) => Fault(
        "F02", $"'{Short(cell)}' is no number. Write digits and a decimal point, such as 58.5; how a number was reported (< or >) has a column of its own.",
        $"“{Short(cell)}”不是数值，请用数字和小数点填写，如58.5；“<”或“>”请填写在相应的列中。");

    /// <summary>F02: no whole number.</summary>
    public static Finding WholeNumber(string cell) => Fault(
        "F02", $"'{Short(cell)}' is no whole number within reach. Write digits alone, such as 12.", $"“{Short(cell)}”不是整数，请只填写数字，如12。");

    /// <summary>F03: no instant, or one without an offset.</summary>
    public static Finding Instant(string cell) => Fault(
        "F03", $"'{Short(cell)}' is no instant. Write date, time and offset, such as 2025-03-10T09:30:00+08:00.",
        $"“{Short(cell)}”不是有效时间，请填写日期、时间和时区，如2025-03-10T09:30:00+08:00。");

    /// <summary>F04: no value of the list.</summary>
    public static Finding Choice(string cell, string? nearest, string values) => Fault(
        "F04", $"'{Short(cell)}' is none of the values{(nearest is null ? "" : $"; the nearest is {nearest}")}. There are: {values}.",
        $"“{Short(cell)}”不是有效取值{(nearest is null ? "" : $"，最接近的是{nearest}")}。可填：{values}。");

    /// <summary>T01: neither yes nor no.</summary>
    public static Finding YesNo(string cell) => Fault("T01", $"'{Short(cell)}' is neither true nor false. Write one of the two.", $"“{Short(cell)}”应为true或false。");

    /// <summary>T02: no reason for a missing value.</summary>
    public static Finding Reason(string cell) => Fault(
        "T02", $"{Short(cell)} is no reason for a missing value. Reasons are {MissingCell.Reasons}; a text that really reads so is written [{Short(cell)}].",
        $"{Short(cell)}不是缺失原因。可填：{MissingCell.Reasons}；若文字本身如此，请写作[{Short(cell)}]。");

    /// <summary>T02: a reason where none can be stated.</summary>
    public static Finding ReasonMisplaced() => Fault(
        "T02", "A reason can be stated for single fields of the form itself, and for none inside a list or another value. Leave this cell empty.",
        "只有表单自身的单值字段可填写缺失原因，请将此单元格留空。");

    /// <summary>T03: something stands where no column is.</summary>
    public static Finding NoColumn(int place) => Fault(
        "T03", $"Column {place} has a value and no name in the first line. Name the column or empty the cell; a comma in a text needs quotes around the text.",
        $"第{place}列有值但首行无列名。请补列名或清空单元格；文字中有逗号时须加引号。");

    /// <summary>T04: an element of a list is empty, and a later one is not.</summary>
    public static Finding Gap(string element) => Fault(
        "T04", $"{element} is empty and a later one is not. Move the values forward.", $"{element}为空而其后有值，请将其后的值前移。");

    /// <summary>T05: a key that cannot be used.</summary>
    public static Finding KeyTwice(string key) => Fault(
        "T05", $"The key '{Short(key)}' stands in an earlier row of the same participant. Give every row a key of its own.", $"编号“{Short(key)}”在同一受试者的前面行中已使用，请使用不同编号。");

    /// <summary>T05: more keys than a run remembers.</summary>
    public static Finding KeysFull(int most) => Fault(
        "T05", $"A run remembers at most {most} rows that others refer to. Split the folder by participants.", $"一次导入最多记录{most}个被引用的行，请按受试者拆分文件夹。");

    /// <summary>T06: a reference to a row that did not come.</summary>
    public static Finding NoSuchRow(string reference, string participant) => Fault(
        "T06", $"No row before this one is '{Short(reference)}' of participant {participant}. Check form and key, or give the record's UUID from its verdicts.",
        $"此前没有受试者{participant}的“{Short(reference)}”行。请检查表单名和编号，或填写其记录的UUID。");

    /// <summary>T06: a reference to a form that is sent later.</summary>
    public static Finding LaterForm(string reference, string kind, string own) => Fault(
        "T06", $"'{Short(reference)}' is sent after this row. Empty this cell and name this row in that one, as {own} and its key; or give the record's UUID in an amendment.",
        $"“{Short(reference)}”在本行之后提交。请清空此单元格，在{kind}表的该行中填写“{own}:编号”；或在修改时填写其记录的UUID。");

    /// <summary>T06: a reference to a row that was refused.</summary>
    public static Finding RefusedRow(string reference) => Fault(
        "T06", $"The row '{Short(reference)}' was refused. Correct that one, then send both again.", $"被引用的行“{Short(reference)}”未被接受，请先更正该行再重新导入。");

    /// <summary>T06: a reference to no form.</summary>
    public static Finding NoSuchForm(string reference, string nearest) => Fault(
        "T06", $"'{Short(reference)}' names no form; the nearest is {nearest}. Write form and key, such as {nearest}:K1, or a record's UUID.",
        $"“{Short(reference)}”未指明有效表单，最接近的是{nearest}。请填写“表单:编号”或记录的UUID。");

    /// <summary>T07: two values of which there may be one.</summary>
    public static Finding Alternative(string other) => Fault("T07", $"Only one of this and {other} may have a value. Empty one of the two.", $"本列与{other}只能填写一个，请清空其中一个。");

    /// <summary>T08: more than a message may have.</summary>
    public static Finding TooLarge(int bytes, int most) => Fault(
        "T08", $"The row has {bytes} bytes, and at most {most} can be sent. Shorten its texts.", $"该行共{bytes}字节，最多可发送{most}字节，请缩短文字。");

    private static Finding Fault(string code, string message, string messageZh) =>
        new() { Code = code, Severity = Severity.Hard, Message = message, MessageZh = messageZh };

    private static string Short(string cell) => cell.Length <= 60 ? cell : $"{cell[..60]}…";
}
