using System.Text;
using System.Text.Json;
using Equecel.Analytics.Tests.Support;
using Equecel.Analytics.V1;
using Equecel.Common.V1;
using Equecel.DatasetJson.Checks;
using Equecel.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Equecel.Analytics.Tests.Datasets;

[Collection(Support.Servers.Name)]
public sealed class ExportDatasetsTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task Datasets_come_one_file_after_the_other_all_of_one_moment()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await platform.Broker.PublishAsync(
            Sent.Participation("01-0001"), Sent.Infusion("01-0001", "2024-01-15"), Sent.Death("01-0001", "2024-02-01"),
            Sent.Participation("02-0001", DataOrigin.Retrospective), Sent.Infusion("02-0001", "2024-01-15", DataOrigin.Retrospective), Sent.FollowUp("02-0001", "2024-03-01", DataOrigin.Retrospective));
        await analytics.CurveOfAsync(6);

        var files = await ExportAsync(analytics, new ExportDatasetsRequest());

        Assert.Equal(
            ["dm", "ex", "ae", "rs", "ds", "dd", "ho", "qs", "adsl", "adrs", "adtte", "adae", "adqs", "suppdm", "suppae", "supprs", "suppho"],
            files.Select(file => Path.GetFileNameWithoutExtension(file.Start.FileName)));
        Assert.All(files, file =>
        {
            var report = DatasetCheck.Run(file.Start.FileName, () => new MemoryStream(file.Content));
            Assert.DoesNotContain(report.Faults, fault => !fault.IsNote);
            Assert.Equal((file.Start.RowCount, file.Start.Name), (report.RowCount, report.Dataset));
            Assert.Equal(6, file.Start.Position.VersionCount);
            Assert.Contains("RWS-1", file.Start.Method, StringComparison.Ordinal);
        });

        // Infusion on 01-15: death on 02-01 is day 18, the last contact on 03-01 day 47.
        Assert.Equal(["01-0001 18 0", "02-0001 47 1"], Survival(files.Single(file => file.Start.Dataset == Dataset.Adtte).Content));
        Assert.Equal((2L, 2L), (files[0].Start.RowCount, files[0].Start.ParticipantCount));

        var some = await ExportAsync(analytics, new ExportDatasetsRequest
        {
            Datasets = { Dataset.Adtte },
            Population = new() { Origin = DataOrigin.Retrospective },
            DataCutoffDate = "2024-02-10",
        });
        Assert.Equal(["02-0001 27 2"], Survival(Assert.Single(some).Content));
    }

    [Fact]
    public async Task The_same_request_as_of_an_instant_has_the_same_bytes_whatever_came_later()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        var death = Sent.Death("01-0001", "2024-02-01");
        await platform.Broker.PublishAsync(Sent.Participation("01-0001"), Sent.Infusion("01-0001", "2024-01-15"), death);
        await analytics.CurveOfAsync(3);
        foreach (var format in (DatasetFormat[])[DatasetFormat.Json, DatasetFormat.Ndjson, DatasetFormat.Dsjc])
        {
            var request = new ExportDatasetsRequest { Format = format, AsOfTime = Sent.SaveTime.AddHours(1).ToTimestamp() };
            var live = new ExportDatasetsRequest { Format = format };
            var (before, now) = (await ExportAsync(analytics, request), await ExportAsync(analytics, live));
            Assert.Equal(now.Select(file => file.Content), (await ExportAsync(analytics, live)).Select(file => file.Content));
            var count = now[0].Start.Position.VersionCount;

            await platform.Broker.PublishAsync(Sent.FollowUp($"02-{(int)format:0000}", "2024-03-01").SavedAt(Sent.SaveTime.AddDays(1)));
            await analytics.CurveOfAsync(count + 1);

            Assert.Equal(before.Select(file => file.Content), (await ExportAsync(analytics, request)).Select(file => file.Content));
            Assert.NotEqual(now.Select(file => file.Content), (await ExportAsync(analytics, live)).Select(file => file.Content));
        }
    }

    [Fact]
    public async Task An_empty_study_has_datasets_without_rows_and_a_large_one_comes_in_pieces()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        await analytics.CurveAsync();
        var empty = await ExportAsync(analytics, new ExportDatasetsRequest { Datasets = { Dataset.Adsl } });
        Assert.Equal(0, empty[0].Start.RowCount);
        Assert.True(DatasetCheck.Run("adsl.json", () => new MemoryStream(empty[0].Content)).IsGood);

        platform.Capture.Saved.Add([.. Enumerable.Range(1, 1000).Select(number => Sent.Infusion($"01-{number:0000}", "2024-01-15"))]);
        analytics.CatchUp();
        await analytics.CurveOfAsync(1000);

        var pieces = new List<int>();
        var large = await ExportAsync(analytics, new ExportDatasetsRequest { Datasets = { Dataset.Adtte }, Format = DatasetFormat.Ndjson }, pieces.Add);
        Assert.Equal(10_000, large[0].Start.RowCount);
        Assert.True(DatasetCheck.Run("adtte.ndjson", () => new MemoryStream(large[0].Content)).IsGood);
        Assert.InRange(pieces.Max(), 1, 100_000);
        Assert.True(pieces.Count > 10);
    }

    [Fact]
    public async Task Only_the_study_team_may_export_and_a_bad_request_names_its_fields()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();

        Assert.Equal(StatusCode.Unauthenticated, await StatusAsync([]));
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(new Metadata { { "authorization", $"Bearer {platform.Issuer.Issue("equecel.capture")}" } }));
        Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(analytics.Study, new ExportDatasetsRequest { Format = (DatasetFormat)9 }));

        async Task<StatusCode> StatusAsync(Metadata headers, ExportDatasetsRequest? request = null)
        {
            using var call = analytics.Client.ExportDatasets(request ?? new(), headers);
            return (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(default))).StatusCode;
        }
    }

    private static async Task<List<(ExportDatasetsResponse.Types.Start Start, byte[] Content)>> ExportAsync(
        AnalyticsHost analytics, ExportDatasetsRequest request, Action<int>? piece = null)
    {
        var files = new List<(ExportDatasetsResponse.Types.Start Start, MemoryStream Content)>();
        using var call = analytics.Client.ExportDatasets(request, analytics.Study);
        await foreach (var part in call.ResponseStream.ReadAllAsync())
        {
            if (part.Start is { } start)
            {
                files.Add((start, new MemoryStream()));
            }
            else
            {
                piece?.Invoke(part.Piece.Content.Length);
                part.Piece.Content.WriteTo(files[^1].Content);
            }
        }

        return [.. files.Select(file => (file.Start, file.Content.ToArray()))];
    }

    private static List<string> Survival(byte[] adtte)
    {
        using var document = JsonDocument.Parse(Encoding.UTF8.GetString(adtte));
        var names = document.RootElement.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()!).ToList();
        return
        [
            .. document.RootElement.GetProperty("rows").EnumerateArray()
                .Where(row => row[names.IndexOf("PARAMCD")].GetString() == "OS")
                .Select(row => $"{row[names.IndexOf("SUBJID")]} {row[names.IndexOf("AVAL")]} {row[names.IndexOf("CNSR")]}"),
        ];
    }
}
