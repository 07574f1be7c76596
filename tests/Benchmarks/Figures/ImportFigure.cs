using System.Globalization;
using Equecel.Benchmarks.Load;
using Equecel.Benchmarks.Report;
using Equecel.Benchmarks.Running;

namespace Equecel.Benchmarks.Figures;

/// <summary>Streamed import of two sites at once, beside COPY of the same rows into the same tables.</summary>
internal sealed class ImportFigure() : Figure("import", "streamed import of two sites with verdicts, against COPY, with memory and the time until it is visible")
{
    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation)
    {
        var platform = await bench.GetStudyAsync(cancellation);
        var postgres = await platform.GetPostgresAsync(cancellation);
        var watched = (await platform.WaitUntilReadyAsync(cancellation)).Services
            .Where(service => service.Name is "enrolment" or "gateway" or "analytics").ToList();
        using var team = new StudyTeam(platform);

        var (rates, visible, rows) = (new List<double>(), new List<double>(), 0);
        var lastSequence = await CopyBaseline.LastSequenceAsync(postgres, cancellation);
        var usage = new CpuUse(await platform.WaitUntilReadyAsync(cancellation));
        await using var memory = new MemoryWatch(watched);
        for (var i = 0; i < bench.Plan.Repetitions; i++)
        {
            Progress.Say($"  {6 * bench.Plan.ImportParticipants} rows");
            var before = await postgres.CountVersionsAsync(cancellation);
            usage.Begin();
            var import = await Imports.SendArchiveAsync(platform, bench.TakeParticipants(bench.Plan.ImportParticipants), bench.Plan.ImportParticipants, cancellation);
            usage.End();
            visible.Add((await team.WaitForVersionsAsync(before + import.Rows, cancellation)).TotalSeconds);
            rates.Add(import.Rows / import.Time.TotalSeconds);
            rows += import.Rows;
        }

        await Task.Delay(bench.Plan.SettleTime, cancellation);
        var after = watched.ToDictionary(service => service.Name, service => ProcessTree.PssMegabytes(service.Pid!.Value));
        Progress.Say("  the same rows by COPY");
        var copy = Spread.Of(await CopyBaseline.MeasureAsync(postgres, lastSequence, bench.Plan.Repetitions, cancellation));
        var rate = Spread.Of(rates);
        return
        [
            new("streamed import with verdicts, two sites", $"{rate.Text("N0")} rows/s", "25,000 rows/s", "FHIR bundles 2,230/s"),
            new("  against COPY into the same two tables", Number(rate.Median / copy.Median, "0.00"), "0.4", $"{copy.Text("N0")} rows/s"),
            new("  its processor time, all processes but the sender", $"{Number(usage.PlatformMilliseconds / rows, "0.000")} ms/row", "", usage.Text(rows)),
            new("  last verdict to all visible", $"{Spread.Of(visible).Text("0.00")} s", "10 s for 1e6 rows", $"{rows / bench.Plan.Repetitions} rows an import"),
            .. watched.Select(service => new ResultRow(
                $"  memory of {service.Name}, before, at most, after",
                $"{Number(memory[service.Name].Before, "0")}, {Number(memory[service.Name].Peak, "0")}, {Number(after[service.Name], "0")} MB",
                service.Name == "analytics" ? "" : "flat",
                $"{rows} rows")),
        ];
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
