using System.Net;
using System.Text;

namespace Equecel.Cli.Tables;

/// <summary>The data dictionary as a page to read.</summary>
internal static class DictionaryPage
{
    private const string Head = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>Equecel: tables and their columns</title>
        <style>
        body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #222; }
        table { border-collapse: collapse; width: 100%; margin: .5rem 0 2rem; }
        th, td { border-bottom: 1px solid #ddd; padding: .3rem .6rem; text-align: left; vertical-align: top; }
        th { background: #f3f3f3; }
        td:first-child, code { font-family: ui-monospace, monospace; font-size: 13px; }
        dl { margin: 0; } dt { font-family: ui-monospace, monospace; font-size: 13px; } dd { margin: 0 0 .2rem 1rem; color: #555; }
        nav a { margin-right: 1rem; }
        </style>
        </head>
        <body>
        <h1>Tables and their columns</h1>
        """;

    private static readonly string Rules = $"""
        <h2>How to fill in</h2>
        <ul>
        <li>One file for each form, named as here, with the columns named in the first line. Their order does not matter. Columns that you do not need may be left out, and tables too.</li>
        <li>Save as UTF-8 (in spreadsheets: “CSV UTF-8”). Tell the spreadsheet that all columns are text, or it may drop zeros (<code>01</code>) and rewrite dates.</li>
        <li>Each row has its <code>participant</code> (site code and number; empty in a table about sites) and its <code>origin</code>: <code>PROSPECTIVE</code> or <code>RETROSPECTIVE</code>.</li>
        <li>An empty cell says nothing. A value that is missing for a reason has the reason in its cell: <code>[ND]</code> not done, <code>[UNK]</code> not known,
        <code>[NA]</code> does not apply, <code>[NAV]</code> source not available (retrospective data only), <code>[REF]</code> refused. A text that really reads so is written <code>[[ND]]</code>.</li>
        <li>Dates are <code>2025-03-10</code>, instants <code>2025-03-10T09:30:00+08:00</code>, numbers <code>58.5</code>. Values from a list may be written in upper or lower case.</li>
        <li>Several values of one cell stand between semicolons; a semicolon inside one is written <code>\;</code>.</li>
        <li>Columns such as <code>list[0].field</code>, <code>list[1].field</code> are the first and second element of a list. Add columns with <code>[2]</code>, <code>[3]</code>… as you need.</li>
        <li>A row may have a <code>{FormTable.KeyColumn}</code>, which names it within its form and participant. Cells that ask for a record's UUID may refer to a row by form and key instead: <code>form:key</code>.
        That row must come before: tables are sent in the order of this page. Where two forms refer to each other, such as <code>adverse_event</code> and <code>hospital_stay</code>, one side is enough:
        the later one, as <code>adverse_event:PN1</code> in <code>adverse_event_record_ids</code> of the stay.</li>
        <li>To amend what was saved, fill in <code>record_id</code> and <code>expected_version</code>, both as in the verdicts, and <code>reason</code> (<code>header.reason</code> where the form has a field <code>reason</code>).</li>
        </ul>
        <p>After an import the file <code>FORM.verdicts.csv</code> beside each table says what became of each row. Ranges and conditions stand with each column below; the service checks more,
        between fields and between forms, and every finding has its code and says what to do. The codes are not listed here, since the checks are the services': they come with the verdicts of
        <code>equecel import --dry-run</code>, which saves nothing.</p>
        """;

    /// <summary>Writes it.</summary>
    public static string Write()
    {
        var page = new StringBuilder(Head).AppendLine().Append(Rules).AppendLine().Append("<nav>");
        foreach (var table in FormTable.All)
        {
            page.Append($"<a href=\"#{table.Name}\">{table.Name}</a> ");
        }

        page.AppendLine("</nav>");
        foreach (var table in FormTable.All)
        {
            AddTable(page, table);
        }

        return page.AppendLine("</body>").AppendLine("</html>").ToString();
    }

    private static void AddTable(StringBuilder page, FormTable table)
    {
        page.AppendLine($"<h2 id=\"{table.Name}\">{table.Name}.csv</h2>")
            .AppendLine($"<p>{Text(ContractComments.Of(table.Form.MessageType))} Taken by {table.Service.Name}.</p>")
            .AppendLine("<table><tr><th>column</th><th>required</th><th>meaning</th><th>how to write</th></tr>");
        foreach (var column in table.Columns())
        {
            page.Append($"<tr><td>{Text(column.Name)}</td><td>{DataDictionary.Required(column)}</td><td>{Text(DataDictionary.Meaning(column))}</td><td>{Text(DataDictionary.HowToWrite(column))}");
            AddValues(page, column);
            page.AppendLine("</td></tr>");
        }

        page.AppendLine("</table>");
    }

    private static void AddValues(StringBuilder page, Column column)
    {
        var values = DataDictionary.Values(column).ToList();
        if (values.Count > 0)
        {
            page.Append("<dl>");
            foreach (var (name, meaning) in values)
            {
                page.Append($"<dt>{Text(name)}</dt><dd>{Text(meaning)}</dd>");
            }

            page.Append("</dl>");
        }
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
