using System.Runtime.Versioning;
using Duende.IdentityServer.Configuration;
using Duende.IdentityServer.Keys;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equecel.Compat.Tests.IdentityServer;

public sealed class KeyRotationTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"equecel-keys-{Guid.NewGuid():N}");
    private readonly Clock clock = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_key_is_announced_before_it_signs_and_kept_after()
    {
        var ring = Ring();
        var first = ring.Refresh().Signing.Id;

        clock.Day = 75;
        Assert.Equal([first], Published(ring));

        clock.Day = 76;
        Assert.Equal(2, Published(ring).Length);
        Assert.Equal(first, ring.Refresh().Signing.Id);
        var second = Published(ring)[1];

        clock.Day = 89;
        Assert.Equal(first, ring.Refresh().Signing.Id);

        clock.Day = 90;
        Assert.Equal(second, ring.Refresh().Signing.Id);
        Assert.Equal([first, second], Published(ring));

        clock.Day = 103;
        Assert.Contains(first, Published(ring));

        clock.Day = 104;
        Assert.Equal([second], Published(ring));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void Keys_outlive_the_process()
    {
        var before = Ring().Refresh();
        var after = Ring().Refresh();

        Assert.Equal(before.Signing.Id, after.Signing.Id);
        Assert.Equal(before.Signing.Published, after.Signing.Published);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Only_their_owner_can_read_the_files()
    {
        Ring().Refresh();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(folder).Single()));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_left_alone_and_replaced_by_a_new_key()
    {
        Ring().Refresh();
        var file = Directory.GetFiles(folder).Single();
        File.WriteAllText(file, "{");

        var published = Published(Ring());

        Assert.Single(published);
        Assert.Equal("{", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("RS256", 2048)]
    [InlineData("none", 2048)]
    [InlineData("PS256", 1024)]
    public void Weak_or_unknown_keys_are_refused(string algorithm, int bits)
    {
        Directory.CreateDirectory(folder);

        Assert.ThrowsAny<Exception>(() => Ring(options =>
        {
            options.SigningAlgorithms = [new SigningAlgorithmOptions(algorithm)];
            options.RsaKeySize = bits;
        }));
    }

    [Fact]
    public void Keys_that_are_to_be_encrypted_are_refused()
    {
        Directory.CreateDirectory(folder);

        Assert.Throws<NotSupportedException>(() => Ring(options => options.DataProtectKeys = true));
    }

    private static string[] Published(KeyRing ring) => [.. ring.Refresh().Published.Select(key => key.Id)];

    private KeyRing Ring(Action<KeyManagementOptions>? change = null)
    {
        var options = new KeyManagementOptions { KeyPath = folder, DataProtectKeys = false, SigningAlgorithms = [new SigningAlgorithmOptions("PS256")] };
        change?.Invoke(options);
        return new(new KeyFiles(options, NullLogger<KeyFiles>.Instance), options, clock, NullLogger<KeyRing>.Instance);
    }

    private sealed class Clock : TimeProvider
    {
        public int Day { get; set; }

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(Day);
    }
}
