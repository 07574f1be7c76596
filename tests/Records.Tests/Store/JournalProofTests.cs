using Equecel.Common.V1;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Records.Tests.Store;

public sealed class JournalProofTests
{
    private static readonly byte[] Salt = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
    private static readonly byte[] Findings = new RecordHeader { Findings = { new Finding { Code = "E05" } } }.ToByteArray();
    private static readonly byte[] PreviousHash = [.. Enumerable.Repeat((byte)7, 32)];

    [Fact]
    public void A_version_as_it_was_saved_is_sound() => Assert.Equal("", Fault(_ => { }));

    public static TheoryData<string, Action<RecordHeader>> Alterations => new()
    {
        { "actor", header => header.Actor = "somebody" },
        { "client", header => header.Client = "site-02" },
        { "reason", header => header.Reason = "Typed wrong" },
        { "site", header => header.Site = "02" },
        { "participant", header => header.Participant = "01-0002" },
        { "kind", header => header.Kind = "infusion" },
        { "state", header => header.State = RecordState.Retracted },
        { "origin", header => header.Origin = DataOrigin.Retrospective },
        { "request", header => header.RequestId = "00000000-0000-0000-0000-000000000009" },
        { "record", header => header.RecordId = "00000000-0000-0000-0000-000000000009" },
    };

    [Theory]
    [MemberData(nameof(Alterations))]
    public void Whatever_is_altered_is_found(string what, Action<RecordHeader> alter) =>
        Assert.True(Fault(alter) == "content altered", what);

    [Fact]
    public void An_altered_byte_of_the_form_is_found() =>
        Assert.Equal("content altered", Fault(_ => { }, content: [1, 2, 4]));

    [Fact]
    public void An_altered_finding_is_found() => Assert.Equal("content altered", Fault(_ => { }, findings: []));

    [Fact]
    public void An_altered_natural_key_is_found() => Assert.Equal("content altered", Fault(_ => { }, naturalKey: null));

    [Fact]
    public void Text_moved_from_one_field_to_the_next_is_found() =>
        Assert.Equal("content altered", Fault(header => (header.Actor, header.Client) = (header.Actor + "s", header.Client[1..])));

    [Fact]
    public void An_altered_time_or_hash_is_found()
    {
        Assert.Equal("time or hash altered", Fault(header => header.SaveTime = new Timestamp { Seconds = header.SaveTime.Seconds, Nanos = header.SaveTime.Nanos + 1000 }));
        Assert.Equal("time or hash altered", Fault(header => header.Hash = ByteString.CopyFrom(new byte[32])));
    }

    [Fact]
    public void A_version_that_does_not_follow_the_one_before_is_found()
    {
        Assert.Equal("does not follow from the version before it", Fault(header => header.PreviousHash = ByteString.CopyFrom(new byte[32])));
        Assert.Equal("version 2 is missing", Fault(header => header.Version = 3));
        Assert.Equal("version 2 is missing", Fault(header => header.Version = 1));
    }

    private static string Fault(Action<RecordHeader> alter, byte[]? content = null, byte[]? findings = null, string? naturalKey = "death of 01-0001")
    {
        var header = new RecordHeader
        {
            RecordId = "00000000-0000-0000-0000-000000000001",
            Version = 2,
            Kind = "death",
            Participant = "01-0001",
            Site = "01",
            Origin = DataOrigin.Prospective,
            State = RecordState.Active,
            Actor = "site-01",
            Client = "site-01",
            RequestId = "00000000-0000-0000-0000-000000000002",
            Reason = "Typo",
            SaveTime = new Timestamp { Seconds = 1_700_000_000, Nanos = 123_456_000 },
            PreviousHash = ByteString.CopyFrom(PreviousHash),
        };
        var contentHash = VersionHash.Content(
            Salt, Guid.Parse(header.RecordId), header.Version, header.Kind, header.Participant, header.Site, (short)header.Origin, (short)header.State,
            "death of 01-0001", [1, 2, 3], Findings, header.Actor, header.Client, Guid.Parse(header.RequestId), header.Reason);
        header.Hash = ByteString.CopyFrom(VersionHash.Chain(PreviousHash, contentHash, header.SaveTime.ToDateTime()));

        alter(header);
        var version = new StoredVersion
        {
            Header = header,
            Content = ByteString.CopyFrom(content ?? [1, 2, 3]),
            RequestHash = [],
            Cursor = JournalCursor.Start,
            NaturalKey = naturalKey,
        };
        return JournalProof.Fault(version, findings ?? Findings, Salt, contentHash, previousVersion: 1, PreviousHash);
    }
}
