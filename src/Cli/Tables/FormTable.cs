using Equecel.Cli.Common;
using Equecel.Records.V1;
using Google.Protobuf.Reflection;

namespace Equecel.Cli.Tables;

/// <summary>A form as a table: a file of that name with a row for each submission.</summary>
internal sealed class FormTable
{
    /// <summary>Name of the column in which a row names itself, for rows of other tables to refer to.</summary>
    public const string KeyColumn = "key";

    /// <summary>Of a list whose elements have several fields, so many stand in the dictionary, and at least so many in a template; more are added as columns.</summary>
    public const int FewestElements = 2;

    private const string HeaderPrefix = "header.";

    // The order in which a person fills them in.
    private static readonly IReadOnlyList<FieldDescriptor> HeaderFields =
    [
        .. SubmissionHeader.Descriptor.Fields.InDeclarationOrder()
            .Where(field => !field.IsRepeated && FieldPath.FitsCell(field) && field.Name != "validate_only")
            .OrderBy(field => field.Name switch { "participant" => 0, "origin" => 1, _ => 2 }),
    ];

    private FormTable(CaptureService service, FieldDescriptor form, string name)
    {
        Service = service;
        Form = form;
        Name = name;
    }

    /// <summary>All tables, in the order in which they are sent.</summary>
    public static IReadOnlyList<FormTable> All { get; } = [.. CaptureService.All.SelectMany(TablesOf)];

    /// <summary>The service that takes the form.</summary>
    public CaptureService Service { get; }

    /// <summary>The form's field in the submission.</summary>
    public FieldDescriptor Form { get; }

    /// <summary>Name of the file, without <c>.csv</c>: the kind of record, after its service's name where two services have the kind.</summary>
    public string Name { get; }

    /// <summary>The columns that a template has: as many elements of each list as its example has.</summary>
    public IEnumerable<Column> TemplateColumns()
    {
        var lengths = Example.ListLengths(Name);
        return Columns(list => Math.Max(lengths.GetValueOrDefault(list), FewestElements));
    }

    /// <summary>The columns with so many elements of each list whose elements have several fields.</summary>
    public IEnumerable<Column> Columns(int elements = FewestElements) => Columns(_ => elements);

    private IEnumerable<Column> Columns(Func<string, int> elements)
    {
        foreach (var field in HeaderFields.Take(2))
        {
            yield return Find(HeaderName(field.Name))!;
        }

        yield return Find(HeaderName(KeyColumn))!;
        foreach (var name in FormColumns(Form.MessageType, "", elements, []))
        {
            yield return Find(name)!;
        }

        foreach (var field in HeaderFields.Skip(2).OrderBy(field => field.Name == "request_id" ? 1 : 0))
        {
            yield return Find(HeaderName(field.Name))!;
        }
    }

    /// <summary>Finds the column that a name means; null when there is none.</summary>
    public Column? Find(string name)
    {
        if (FieldPath.Find(Form.MessageType, name) is { } path)
        {
            return new Column(name, path, inHeader: false);
        }

        if (name == KeyColumn || name == HeaderPrefix + KeyColumn)
        {
            return new Column(name, path: null, inHeader: true);
        }

        var field = name.StartsWith(HeaderPrefix, StringComparison.Ordinal) ? name[HeaderPrefix.Length..] : name;
        return HeaderFields.Any(known => known.Name == field)
            ? new Column(name, FieldPath.Find(SubmissionHeader.Descriptor, field), inHeader: true)
            : null;
    }

    /// <summary>What a finding's field is called in this table.</summary>
    public string NameOf(string findingField) =>
        findingField.StartsWith(HeaderPrefix, StringComparison.Ordinal) && Form.MessageType.FindFieldByName(findingField[HeaderPrefix.Length..]) is null
            ? findingField[HeaderPrefix.Length..]
            : findingField;

    /// <summary>Name of the column for what a submission says beside the form, such as <c>reason</c>; a field of the form keeps its name, and this one is then longer.</summary>
    public string HeaderName(string field) => Form.MessageType.FindFieldByName(field) is null ? field : HeaderPrefix + field;

    private static IEnumerable<string> FormColumns(MessageDescriptor message, string prefix, Func<string, int> elements, IReadOnlyList<MessageDescriptor> around)
    {
        if (around.Contains(message))
        {
            throw new NotSupportedException($"{message.FullName} is inside itself and fits into no table.");
        }

        foreach (var field in message.Fields.InDeclarationOrder().Where(field => !ContractComments.IsOutput(field)))
        {
            if (field.IsMap)
            {
                throw new NotSupportedException($"{field.FullName} is a map and fits into no table.");
            }

            if (FieldPath.FitsCell(field))
            {
                yield return prefix + field.Name;
                continue;
            }

            var places = field.IsRepeated ? Enumerable.Range(0, elements(Example.ListOf(prefix + field.Name))).Select(i => $"{field.Name}[{i}].") : [$"{field.Name}."];
            foreach (var column in places.SelectMany(place => FormColumns(field.MessageType, prefix + place, elements, [.. around, message])))
            {
                yield return column;
            }
        }
    }

    private static IEnumerable<FormTable> TablesOf(CaptureService service)
    {
        var ordered = new List<FieldDescriptor>();
        var begun = new HashSet<FieldDescriptor>();
        foreach (var form in service.Forms)
        {
            Place(form);
        }

        return ordered.Select(form => new FormTable(service, form, IsShared(service, form) ? $"{service.Name}.{form.Name}" : form.Name));

        void Place(FieldDescriptor form)
        {
            if (begun.Add(form))
            {
                // What others refer to comes first; where two forms refer to each other, the contract's order decides.
                foreach (var other in service.Forms.Where(other => RefersTo(form, other) && !RefersTo(other, form)))
                {
                    Place(other);
                }

                ordered.Add(form);
            }
        }
    }

    private static bool RefersTo(FieldDescriptor form, FieldDescriptor other) => form != other && Column.RefersTo(form.MessageType, other.Name);

    private static bool IsShared(CaptureService service, FieldDescriptor form) =>
        CaptureService.All.Any(other => other != service && other.Forms.Any(known => known.Name == form.Name));
}
