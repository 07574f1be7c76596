using System.Runtime.Versioning;
using System.Security.Cryptography;
using Equecel.Audit;
using Equecel.Records.Store;
using Microsoft.Extensions.Configuration;

namespace Equecel.Records.Tests.Proof;

/// <summary>The keys beside the checkpoints, whatever a kill at the first start left of them.</summary>
public sealed class KeyFileTests : IDisposable
{
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("equecel-keys-").FullName;
    private readonly IConfiguration configuration;

    public KeyFileTests() => configuration = new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["Records:CheckpointPath"] = Path.Combine(folder, "checkpoints") }).Build();

    public void Dispose() => System.IO.Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Nobody_meets_a_key_that_is_being_made()
    {
        for (var round = 0; round < 50; round++)
        {
            var service = $"service{round}";
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => PublicKeyOf(service) + SealOf(service))));

            Assert.Equal(PublicKeyOf(service), File.ReadAllText(PathOf($"{service}.checkpoint-key.pub.pem")));
        }

        // Nothing is left of the keys that were made in vain.
        Assert.Equal(3 * 50, System.IO.Directory.GetFiles(PathOf("")).Length);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Only_their_owner_reads_the_secret_halves()
    {
        PublicKeyOf("safety");
        SealOf("safety");

        var ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal((ownerOnly, ownerOnly), (File.GetUnixFileMode(PathOf("safety.checkpoint-key.pem")), File.GetUnixFileMode(PathOf("safety.seal-key"))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEI")]
    public void What_is_no_key_to_sign_checkpoints_with_is_refused_and_stays(string left)
    {
        PublicKeyOf("safety");
        File.WriteAllText(PathOf("safety.checkpoint-key.pem"), left);

        var refusal = Assert.Throws<InvalidDataException>(() => PublicKeyOf("safety"));

        Assert.Contains("safety.checkpoint-key.pem holds no key", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(left, File.ReadAllText(PathOf("safety.checkpoint-key.pem")));
    }

    [Fact]
    public void An_empty_file_is_no_key_to_seal_with()
    {
        SealOf("safety");
        File.WriteAllText(PathOf("safety.seal-key"), "");

        var refusal = Assert.Throws<InvalidDataException>(() => SealOf("safety"));

        Assert.Contains("safety.seal-key holds no key", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void The_public_half_is_there_again_when_it_was_lost_or_is_empty(string? left)
    {
        var key = PublicKeyOf("safety");
        File.Delete(PathOf("safety.checkpoint-key.pub.pem"));
        if (left is not null)
        {
            File.WriteAllText(PathOf("safety.checkpoint-key.pub.pem"), left);
        }

        Assert.Equal(key, PublicKeyOf("safety"));
        Assert.Equal(key, File.ReadAllText(PathOf("safety.checkpoint-key.pub.pem")));
    }

    private string PathOf(string name) => Path.Combine(folder, "checkpoints", name);

    private string PublicKeyOf(string service)
    {
        using var key = new CheckpointFile(service, configuration).OpenKey();
        return key.ExportSubjectPublicKeyInfoPem();
    }

    private string SealOf(string service) =>
        Convert.ToHexString(new JournalSeal(new RecordsOptions(service), configuration).Of(SHA256.HashData("a version"u8)));
}
