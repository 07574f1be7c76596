using Google.Protobuf.Reflection;
using Npgsql;

namespace Equecel.Records.Store;

/// <summary>Tells the database how the forms are laid out, so that people with SQL can read what each version changed.</summary>
internal static class FormLayout
{
    private const string RootSql =
        "insert into form_root (only_row, message) values (true, $1) on conflict (only_row) do update set message = excluded.message";

    private const string FieldsSql = """
        insert into form_fields (message, number, name, type, of_type, repeated) select * from unnest($1, $2, $3, $4, $5, $6)
        on conflict (message, number) do update set name = excluded.name, type = excluded.type, of_type = excluded.of_type, repeated = excluded.repeated
        """;

    private const string EnumsSql = """
        insert into form_enums (of_type, number, name) select * from unnest($1, $2, $3) on conflict (of_type, number) do update set name = excluded.name
        """;

    /// <summary>Writes the layout of a message and of all that is in it.</summary>
    /// <param name="connection">A connection of the migration role, in its transaction.</param>
    /// <param name="root">The message.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task WriteAsync(NpgsqlConnection connection, MessageDescriptor root, CancellationToken cancellation)
    {
        var fields = MessagesIn(root).SelectMany(message => message.Fields.InFieldNumberOrder()).ToList();
        var values = fields.Where(field => field.FieldType == FieldType.Enum).Select(field => field.EnumType).Distinct()
            // A number with two names has the first.
            .SelectMany(type => type.Values.DistinctBy(value => value.Number)).ToList();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(RootSql) { Parameters = { new() { Value = root.FullName } } },
                new(FieldsSql)
                {
                    Parameters =
                    {
                        Column(fields, field => field.ContainingType.FullName),
                        Column(fields, field => field.FieldNumber),
                        Column(fields, field => field.Name),
                        Column(fields, TypeOf),
                        Column(fields, field => field.FieldType switch
                        {
                            FieldType.Message => field.MessageType.FullName,
                            FieldType.Enum => field.EnumType.FullName,
                            _ => "",
                        }),
                        Column(fields, field => field.IsRepeated),
                    },
                },
                new(EnumsSql)
                {
                    Parameters =
                    {
                        Column(values, value => value.EnumDescriptor.FullName), Column(values, value => (long)value.Number), Column(values, value => value.Name),
                    },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static IEnumerable<MessageDescriptor> MessagesIn(MessageDescriptor root)
    {
        var seen = new HashSet<MessageDescriptor> { root };
        var open = new Queue<MessageDescriptor>([root]);
        while (open.TryDequeue(out var message))
        {
            yield return message;
            foreach (var inner in message.Fields.InFieldNumberOrder().Where(field => field.FieldType == FieldType.Message).Select(field => field.MessageType).Where(seen.Add))
            {
                open.Enqueue(inner);
            }
        }
    }

    // As the proto says it: string, double, int32, message ...
    private static string TypeOf(FieldDescriptor field) => field.FieldType.ToString().ToLowerInvariant();

    private static NpgsqlParameter<T[]> Column<TItem, T>(List<TItem> items, Func<TItem, T> value) => new() { TypedValue = [.. items.Select(value)] };
}
