using System.Text.Json;
using Equecel.Records.Verbs;
using Google.Protobuf;

namespace Equecel.Records.Store;

/// <summary>Says whether the current state is what follows from the journal: of each record its latest version, and nothing else.</summary>
internal static class CurrentStateProof
{
    private const string Advice =
        "The journal says what was saved. Have the current state made anew from it: empty the table records as the database's owner and start the service again.";

    /// <summary>What is wrong with the current state of a record at one of its versions; null when it is as it should be.</summary>
    /// <param name="row">The version.</param>
    /// <param name="isLatest">Whether the journal has no later version of the record.</param>
    /// <param name="contract">How the service's records are laid out.</param>
    public static JournalFault? Find(JournalRow row, bool isLatest, RecordContract contract)
    {
        switch (row.InJournal, isLatest, row.Current)
        {
            case (false, _, _):
                return new("the current state has a version that the journal does not have", Advice);
            case (_, false, null):
                return null;
            case (_, false, _):
                return new("the current state stands at this version, which is not the latest", Advice);
            case (_, true, null):
                return new("the current state does not stand at this version, which is the latest", Advice);
        }

        var different = row.Saved is null ? [] : Differences(row.Saved, row.Current, contract).ToList();
        return different.Count == 0 ? null : new($"the current state differs in {string.Join(", ", different)}", Advice);
    }

    private static IEnumerable<string> Differences(JournalRowContent saved, CurrentRow current, RecordContract contract) =>
        new (bool Same, string Column)[]
        {
            (saved.Kind == current.Kind, "kind"),
            (saved.Participant == current.Participant, "participant"),
            (saved.Site == current.Site, "site"),
            (saved.Origin == current.Origin, "origin"),
            (saved.State == current.State, "state"),
            (saved.NaturalKey == current.NaturalKey, "natural key"),
            (saved.SaveTime == current.SaveTime, "time"),
            (saved.Hash.AsSpan().SequenceEqual(current.Hash), "hash"),
            (SaysTheSame(saved, current, contract), "form"),
        }.Where(one => !one.Same).Select(one => one.Column);

    private static bool SaysTheSame(JournalRowContent saved, CurrentRow current, RecordContract contract)
    {
        try
        {
            using var expected = JsonDocument.Parse(contract.FormJsonOf(ByteString.CopyFrom(saved.Content)));
            using var stored = JsonDocument.Parse(current.FormJson);
            return JsonElement.DeepEquals(expected.RootElement, stored.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidProtocolBufferException or NullReferenceException)
        {
            return false;
        }
    }
}
