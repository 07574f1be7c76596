using Equecel.Records.V1;
using Google.Protobuf;
using Npgsql;

namespace Equecel.Analytics.Ingestion;

/// <summary>
/// Takes the content of redacted versions out of the parked messages as well. Such a message stays with its reason, time and digest; there is
/// nothing in it to replay any more, since the version comes as its service has it now.
/// </summary>
internal static class ParkedCopies
{
    private const string Note = " (taken away: its service redacted the version)";
    private const uint Field1 = (1 << 3) | (uint)WireFormat.WireType.LengthDelimited;

    /// <summary>Empties the parked messages about versions that arrive redacted, and those of newly parked ones that are stored as redacted; within the caller's transaction.</summary>
    /// <param name="connection">The transaction's connection.</param>
    /// <param name="arrivals">What arrives.</param>
    /// <param name="parked">What of it was parked.</param>
    public static async Task TakeAwayAsync(NpgsqlConnection connection, IReadOnlyCollection<Arrival> arrivals, IReadOnlyCollection<Arrival> parked)
    {
        var redacted = arrivals.Select(arrival => arrival.Version).OfType<RecordVersion>()
            .Where(version => version.IsRedacted).Select(version => (version.RecordId, version.Version)).ToHashSet();
        redacted.UnionWith(await FindRedactedAsync(
            connection, [.. parked.Select(arrival => Find(ByteString.CopyFrom(arrival.Message.Body().Span))).OfType<RecordHeader>().Select(Key).Distinct()]));
        if (redacted.Count == 0)
        {
            return;
        }

        // One that cannot be read may be about any version of the record that it names.
        var copies = (await FindAsync(connection, [.. redacted.Select(version => $"{version.RecordId}").Distinct()]))
            .Where(message => Find(message.Body) is not { } header || (header.Redaction is null && redacted.Contains(Key(header))))
            .Select(message => message.Id).ToArray();
        await using var command = new NpgsqlCommand(
            "update parked_messages set body = '', replay_time = coalesce(replay_time, clock_timestamp()), reason = reason || $2 where parked_id = any($1)", connection)
        {
            Parameters = { new NpgsqlParameter<long[]> { TypedValue = copies }, new NpgsqlParameter<string> { TypedValue = Note } },
        };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Which of some versions are stored as redacted.</summary>
    private static async Task<List<(Guid RecordId, int Version)>> FindRedactedAsync(NpgsqlConnection connection, List<(Guid RecordId, int Version)> versions)
    {
        var redacted = new List<(Guid, int)>();
        if (versions.Count == 0)
        {
            return redacted;
        }

        await using var command = new NpgsqlCommand(
            """
            select record_id, version, content
            from unnest($1, $2) as parked (record_id, version)
            cross join lateral (
                select content from record_versions where record_id = parked.record_id and version = parked.version limit 1) as stored
            """,
            connection)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid[]> { TypedValue = [.. versions.Select(version => version.RecordId)] },
                new NpgsqlParameter<int[]> { TypedValue = [.. versions.Select(version => version.Version)] },
            },
        };
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            if (FindField1(ByteString.CopyFrom(rows.GetFieldValue<byte[]>(2))) is { } header && RecordHeader.Parser.ParseFrom(header).Redaction is not null)
            {
                redacted.Add((rows.GetGuid(0), rows.GetInt32(1)));
            }
        }

        return redacted;
    }

    /// <summary>The parked messages that name one of some records, readable or not.</summary>
    private static async Task<List<(long Id, ByteString Body)>> FindAsync(NpgsqlConnection connection, string[] recordIds)
    {
        await using var command = new NpgsqlCommand(
            """
            select parked_id, body from parked_messages
            where length(body) > 0 and exists (select from unnest($1) as record_id where position(convert_to(record_id, 'UTF8') in body) > 0)
            """,
            connection)
        {
            Parameters = { new NpgsqlParameter<string[]> { TypedValue = recordIds } },
        };
        var found = new List<(long, ByteString)>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            found.Add((rows.GetInt64(0), ByteString.CopyFrom(rows.GetFieldValue<byte[]>(1))));
        }

        return found;
    }

    private static (Guid RecordId, int Version) Key(RecordHeader header) => (Guid.Parse(header.RecordId), header.Version);

    /// <summary>The header in a change, whatever comes after it: a change's field 1 is a record, whose field 1 is the header. Null when it cannot be read.</summary>
    private static RecordHeader? Find(ByteString change)
    {
        try
        {
            return FindField1(change) is { } record && FindField1(record) is { } bytes && RecordHeader.Parser.ParseFrom(bytes) is var header
                && Guid.TryParseExact(header.RecordId, "D", out _) ? header : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static ByteString? FindField1(ByteString message)
    {
        using var input = message.CreateCodedInput();
        while (input.ReadTag() is not 0 and var tag)
        {
            if (tag == Field1)
            {
                return input.ReadBytes();
            }

            input.SkipLastField();
        }

        return null;
    }
}
