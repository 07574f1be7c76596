using System.Globalization;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Tests.Support;
using Equecel.Testing;

namespace Equecel.Analytics.Tests.Ingestion;

[Collection(IngestionServers.Name)]
public sealed class VersionDigestTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Theory]
    [InlineData("1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.010Z", "1970-01-01T00:00:00.005Z")]
    [InlineData("1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.005Z", "1970-01-01T00:00:00.002Z")]
    [InlineData(null, "2026-01-01T00:00:00Z", "1998-01-01T00:00:00Z")]
    public void A_range_is_halved_at_a_whole_millisecond(string? from, string to, string middle)
    {
        var range = new SaveTimeRange(from is null ? null : Instant(from), Instant(to));

        Assert.Equal((new SaveTimeRange(range.From, Instant(middle)), new SaveTimeRange(Instant(middle), range.To)), range.Halve());
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00.001Z", true)]
    [InlineData("1970-01-01T00:00:00.002Z", false)]
    public void A_range_of_a_millisecond_is_not_halved(string to, bool isShort) =>
        Assert.Equal(isShort, new SaveTimeRange(DateTimeOffset.UnixEpoch, Instant(to)).IsShort);

    [Fact]
    public void What_is_left_without_a_part_wraps_as_the_sum_does() =>
        Assert.Equal(new VersionDigest(3, ulong.MaxValue), new VersionDigest(5, 1).Without(new VersionDigest(2, 2)));

    [Fact]
    public async Task The_database_sums_up_modulo_two_to_the_64th()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await platform.Broker.PublishAsync(
            Sent.Infusion("01-0001", "2024-01-15"), Sent.Infusion("01-0002", "2024-01-15"), Sent.Infusion("01-0003", "2024-01-15").SavedAt(Sent.SaveTime.AddSeconds(1)));
        await analytics.CurveOfAsync(3);
        var hashes = new StoredHashes(analytics.Database);
        var range = new SaveTimeRange(Sent.SaveTime, Sent.SaveTime.AddSeconds(1));

        // 2^63 + (2^63 + 5) = 5; the third one lies outside.
        await HashAsync("01-0001", "8000000000000000");
        await HashAsync("01-0002", "8000000000000005");
        Assert.Equal(new VersionDigest(2, 5), await hashes.DigestAsync("enrolment", range, default));

        // (2^64 - 1) + (2^63 + 5) = 2^63 + 4.
        await HashAsync("01-0001", "ffffffffffffffff");
        Assert.Equal(new VersionDigest(2, 0x8000000000000004), await hashes.DigestAsync("enrolment", range, default));
        Assert.Equal(new VersionDigest(0, 0), await hashes.DigestAsync("safety", range, default));

        // (2^64 - 1) + (2^64 - 2) = 2^64 - 3.
        await HashAsync("01-0002", "fffffffffffffffe");
        Assert.Equal(new VersionDigest(2, 0xfffffffffffffffd), await hashes.DigestAsync("enrolment", range, default));

        async Task HashAsync(string participant, string beginning) => await analytics.QueryAsync<string>(
            $"update record_versions set hash = decode('{beginning}{new string('0', 48)}', 'hex') where participant = '{participant}'");
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
