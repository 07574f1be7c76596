using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Equecel.Audit;
using Equecel.Records.Proof;

namespace Equecel.Records.Tests.Proof;

public sealed class CheckpointFormatTests
{
    // As the first versions of the platform wrote it.
    private const string Json = """
        {"number":2,"service":"safety","time":"2026-03-01T01:14:00.5+00:00","from":"a.3","position":"b.5","versions":5,"digest":"0d","auditEvents":7,"auditHash":"0a","previous":"0f"}
        """;

    [Fact]
    public void A_line_from_before_is_read_as_it_was_signed()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var line = $"{Json}\t{Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(Json), HashAlgorithmName.SHA256))}";

        Assert.Equal(
            new Checkpoint
            {
                Number = 2,
                Service = "safety",
                Time = new(2026, 3, 1, 1, 14, 0, 500, TimeSpan.Zero),
                From = "a.3",
                Position = "b.5",
                Versions = 5,
                Digest = "0d",
                AuditEvents = 7,
                AuditHash = "0a",
                Previous = "0f",
                LineHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line))),
            },
            Checkpoint.Find(line, key));
    }

    [Fact]
    public void A_line_of_now_says_the_same_by_the_same_names()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var line = $"{Json}\t{Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(Json), HashAlgorithmName.SHA256))}";

        var written = AuditCheckpoint.Find<Checkpoint>(line, key)!.ToLine(key).Split('\t')[0];

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Json), JsonNode.Parse(written)), written);
    }
}
