using Equecel.Common.V1;
using Equecel.Records.Store;
using Equecel.Records.V1;

namespace Equecel.Records.Tests.Store;

public sealed class JournalProofTests
{
    private static readonly JournalSeal Seal = new("a key that no database holds");
    private static readonly DateTime Time = new(2025, 3, 3, 8, 0, 0, DateTimeKind.Utc);
    private static readonly Guid Record = new("00000000-0000-0000-0000-000000000001");
    private static readonly JournalRow First = Row(1, null);
    private static readonly JournalRow Second = Row(2, First);

    [Fact]
    public void A_version_as_it_was_saved_is_sound()
    {
        Assert.Null(JournalProof.Find(First, null, Seal));
        Assert.Null(JournalProof.Find(Second, First, Seal));
    }

    public static TheoryData<string, string> Alterations => new()
    {
        { "actor", "content altered" },
        { "client", "content altered" },
        { "reason", "content altered" },
        { "site", "content altered" },
        { "participant", "content altered" },
        { "kind", "content altered" },
        { "state", "content altered" },
        { "origin", "content altered" },
        { "request id", "content altered" },
        { "content", "content altered" },
        { "findings", "content altered" },
        { "salt", "content altered" },
        { "content hash", "content altered" },
        { "natural key", "content altered" },
        { "no natural key", "content altered" },
        { "text moved to the next field", "content altered" },
        { "time", "time or hash altered" },
        { "hash", "time or hash altered" },
        { "previous hash", "does not follow from the version before it" },
        { "seal", "not saved by the service: its seal is wrong" },
        { "request hash", "hash of the request altered" },
        { "sequence", "moved to another place in the journal" },
        { "transaction", "moved to another place in the journal" },
    };

    [Theory]
    [MemberData(nameof(Alterations))]
    public void Whatever_is_altered_is_found(string what, string fault)
    {
        var saved = Second.Saved!;
        var altered = what switch
        {
            "actor" => saved with { Actor = "somebody" },
            "client" => saved with { Client = "site-02" },
            "reason" => saved with { Reason = "Typed wrong" },
            "site" => saved with { Site = "02" },
            "participant" => saved with { Participant = "01-0002" },
            "kind" => saved with { Kind = "infusion" },
            "state" => saved with { State = 2 },
            "origin" => saved with { Origin = 2 },
            "request id" => saved with { RequestId = new("00000000-0000-0000-0000-000000000009") },
            "content" => saved with { Content = [1, 2, 4] },
            "findings" => saved with { Findings = [] },
            "salt" => saved with { Salt = new byte[16] },
            "content hash" => saved with { ContentHash = new byte[32] },
            "natural key" => saved with { NaturalKey = "death of 01-0002" },
            "no natural key" => saved with { NaturalKey = null },
            "text moved to the next field" => saved with { Actor = saved.Actor + "s", Client = saved.Client[1..] },
            "time" => saved with { SaveTime = saved.SaveTime.AddMicroseconds(1) },
            "hash" => saved with { Hash = new byte[32] },
            "previous hash" => saved with { PreviousHash = new byte[32] },
            "seal" => saved with { Seal = new byte[32] },
            "request hash" => saved with { RequestHash = new byte[32] },
            "sequence" => saved with { Sequence = 0 },
            _ => saved with { IsInFuture = true },
        };

        Assert.Equal(fault, JournalProof.Find(Second with { Saved = altered }, First, Seal)?.What);
    }

    [Fact]
    public void An_empty_natural_key_in_the_place_of_none_is_found()
    {
        var none = Row(1, null, naturalKey: null);

        Assert.Null(JournalProof.Find(none, null, Seal));
        Assert.Equal("content altered", JournalProof.Find(none with { Saved = none.Saved! with { NaturalKey = "" } }, null, Seal)?.What);
    }

    [Fact]
    public void A_version_whose_hashes_are_right_and_whose_seal_is_of_another_key_was_not_saved_by_the_service() =>
        Assert.Equal("not saved by the service: its seal is wrong", JournalProof.Find(Row(2, First, seal: new JournalSeal("guessed")), First, Seal)?.What);

    [Fact]
    public void A_version_without_the_one_before_it_is_found()
    {
        Assert.Equal("version 1 is missing", JournalProof.Find(Second, null, Seal)?.What);
        Assert.Equal("version 3 is missing", JournalProof.Find(Row(4, Second), Second, Seal)?.What);
    }

    [Fact]
    public void A_version_that_cannot_be_read_is_found() =>
        Assert.Equal("cannot be read", JournalProof.Find(First with { Saved = null }, null, Seal)?.What);

    [Fact]
    public void A_retraction_is_sound() => Assert.Null(JournalProof.Find(Row(2, First, state: RecordState.Retracted), First, Seal));

    private static JournalRow Row(
        int version, JournalRow? previous, string? naturalKey = "death of 01-0001", RecordState state = RecordState.Active, JournalSeal? seal = null)
    {
        byte[] content = [1, 2, 3], findings = [10, 0], salt = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
        var (request, reason, previousHash) = (new Guid(version, 0, 0, new byte[8]), version == 1 ? "" : "Typo", previous?.Saved!.Hash ?? []);
        var contentHash = VersionHash.Content(
            salt, Record, version, "death", "01-0001", "01", (short)DataOrigin.Prospective, (short)state, naturalKey ?? "", content, findings, "site-01", "site-01", request, reason);
        return new JournalRow
        {
            RecordId = Record,
            Version = version,
            InJournal = true,
            Current = null,
            Saved = new JournalRowContent
            {
                Kind = "death",
                Participant = "01-0001",
                Site = "01",
                Origin = (short)DataOrigin.Prospective,
                State = (short)state,
                NaturalKey = naturalKey,
                Content = content,
                Findings = findings,
                Actor = "site-01",
                Client = "site-01",
                RequestId = request,
                RequestHash = VersionHash.Request(
                    version == 1 ? "" : $"{Record}", version - 1, reason, "01-0001", DataOrigin.Prospective, state, state == RecordState.Retracted ? [] : content),
                Reason = reason,
                SaveTime = Time.AddMinutes(version),
                Salt = salt,
                ContentHash = contentHash,
                PreviousHash = previousHash,
                Hash = VersionHash.Chain(previousHash, contentHash, Time.AddMinutes(version)),
                Seal = (seal ?? Seal).Of(contentHash),
                Sequence = version,
                IsInFuture = false,
            },
        };
    }
}
