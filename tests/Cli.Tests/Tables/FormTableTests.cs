using System.Globalization;
using CsvHelper;
using Equecel.Cli.Common;
using Equecel.Cli.Tables;
using Equecel.Enrolment.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Equecel.Cli.Tests.Tables;

public sealed class FormTableTests
{
    public static TheoryData<string> Tables => [.. FormTable.All.Select(table => table.Name)];

    [Fact]
    public void Every_form_of_every_capture_service_has_a_table() =>
        Assert.Equal(CaptureService.All.Sum(service => service.Forms.Count), FormTable.All.Select(table => table.Name).Distinct().Count());

    [Fact]
    public void Sites_come_before_participants_and_those_before_all_else() =>
        Assert.Equal(["site", "participation"], FormTable.All.Take(2).Select(table => table.Name));

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_column_stands_for_its_place_in_the_form_and_takes_what_its_dictionary_shows(string name)
    {
        var table = FormTable.All.Single(table => table.Name == name);
        Assert.All(table.TemplateColumns().Where(column => column.Path is not null), column =>
        {
            var root = column.InHeader ? new Records.V1.SubmissionHeader() : FieldPath.Empty(table.Form.MessageType);
            var field = column.Path!.Field;
            var cell = Sample(field);
            var value = CellValue.Read(field, cell, out var fault);
            Assert.Null(fault);
            Assert.Equal(cell, CellValue.Write(field, value!));
            Put(column.Path, root, value!);
            // What the protobuf JSON format makes of the message has the value under the same names.
            Assert.Contains(field.JsonName, new JsonFormatter(JsonFormatter.Settings.Default.WithFormatDefaultValues(true)).Format(root), StringComparison.Ordinal);
            Assert.NotEqual("", DataDictionary.Meaning(column));
        });
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void What_a_template_names_is_found_again(string name)
    {
        var table = FormTable.All.Single(table => table.Name == name);

        var names = table.TemplateColumns().Select(column => column.Name).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, column => Assert.NotNull(table.Find(column)));
        Assert.Contains(names, column => column is "participant" or "header.participant");
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void An_example_has_columns_that_there_are_and_cells_that_can_be_read(string name)
    {
        var table = FormTable.All.Single(table => table.Name == name);
        var path = Example.PathOf(name);
        Assert.True(File.Exists(path), $"src/Cli/Tables/Example/{name}.csv is missing: give the new form rows to imitate.");
        using var cells = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        cells.Read();
        cells.ReadHeader();
        Assert.All(cells.HeaderRecord!, column => Assert.NotNull(table.Find(column)));
        var participants = 0;
        while (cells.Read())
        {
            participants++;
            Assert.All(cells.HeaderRecord!, column => AssertReads(table.Find(column)!, cells.GetField(column)!));
        }

        Assert.NotEqual(0, participants);
        Assert.Empty(cells.HeaderRecord!.Except(table.TemplateColumns().Select(column => column.Name)));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void The_example_is_about_the_same_ten_participants_of_one_site(string name)
    {
        var participants = Participants("participation");
        Assert.Equal(10, participants.Distinct().Count());
        Assert.All(participants, participant => Assert.StartsWith("01-", participant, StringComparison.Ordinal));

        Assert.Empty(Participants(name).Except(participants));
    }

    [Fact]
    public void A_template_has_as_many_elements_of_a_list_as_its_example()
    {
        var names = FormTable.All.Single(table => table.Name == "qlq_c30").TemplateColumns().Select(column => column.Name).ToList();

        Assert.Contains("answers[29].score", names);
        Assert.DoesNotContain("answers[30].score", names);
        Assert.Equal(new Dictionary<string, int> { ["samples"] = 1, ["samples.tests"] = 1 }, Example.ListLengths("secondary_malignancy"));
    }

    [Theory]
    [InlineData("comorbidities[0].term", true)]
    [InlineData("comorbidities[17].ongoing", true)]
    [InlineData("comorbidities[1000].term", false)]
    [InlineData("comorbidities[01].term", false)]
    [InlineData("comorbidities.term", false)]
    [InlineData("comorbidities[0]", false)]
    [InlineData("comorbidities", false)]
    [InlineData("height_cm[0]", false)]
    [InlineData("height_cm.value", false)]
    [InlineData("Height_cm", false)]
    [InlineData("", false)]
    public void A_path_is_that_of_findings(string path, bool there)
    {
        var found = FieldPath.Find(Participation.Descriptor, path);

        Assert.Equal(there, found is not null);
        Assert.Equal(there ? path : null, found?.ToString());
    }

    [Fact]
    public void An_element_that_was_left_out_is_told()
    {
        var form = new Participation();

        FieldPath.Find(Participation.Descriptor, "comorbidities[1].term")!.Owner(form, out var gap);

        Assert.Equal("comorbidities[0]", gap);
    }

    private static List<string> Participants(string name)
    {
        using var cells = new CsvReader(new StreamReader(Example.PathOf(name)), CultureInfo.InvariantCulture);
        cells.Read();
        cells.ReadHeader();
        var participants = new List<string>();
        while (cells.HeaderRecord!.Contains("participant") && cells.Read())
        {
            participants.Add(cells.GetField("participant")!);
        }

        return participants;
    }

    private static string Sample(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => CellValue.IsDate(field) ? "2025-03-10" : "text",
        FieldType.Bool => "true",
        FieldType.Enum => CellValue.ChoiceName(CellValue.Choices(field.EnumType).First()),
        FieldType.Message => "2025-03-10T09:30:00+08:00",
        FieldType.Bytes => "AQID",
        FieldType.Double or FieldType.Float => "58.5",
        _ => "12",
    };

    private static void Put(FieldPath path, IMessage root, object value)
    {
        var owner = path.Owner(root, out _);
        if (path.Field.IsRepeated)
        {
            ((System.Collections.IList)path.Field.Accessor.GetValue(owner)).Add(value);
        }
        else
        {
            path.Field.Accessor.SetValue(owner, value);
        }
    }

    private static void AssertReads(Column column, string cell)
    {
        if (cell.Length == 0 || column.Path is null || MissingCell.Is(cell))
        {
            return;
        }

        foreach (var element in column.Path.Field.IsRepeated ? CellValue.Split(cell) : [cell])
        {
            CellValue.Read(column.Path.Field, element, out var fault);
            Assert.Null(fault);
        }
    }
}
