using System.CommandLine;
using Equecel.Benchmarks.Figures;
using Equecel.Benchmarks.Report;
using Equecel.Benchmarks.Running;
using Grpc.Core;
using Npgsql;

namespace Equecel.Benchmarks;

/// <summary>Measures the platform and prints one table.</summary>
internal static class Program
{
    private static readonly string Help = $"""
        Measures the platform on this machine against its targets, in the same run and on the same PostgreSQL server as what it is compared with.
        Starts a platform of its own through the AppHost, on a data folder and ports that nobody else has, and removes it afterwards.
        Prints one table on standard output; what is being done goes to standard error. Run it on a quiet machine.
        R is measured on the same arrays where it is installed: Debian package {RSurvival.Package}.

        The figures:
        {string.Join(Environment.NewLine, Figure.All.Select(figure => $"  {figure.Name,-16}{figure.Summary}"))}
        """;

    private static Task<int> Main(string[] args)
    {
        var isShort = new Option<bool>("--short") { Description = "Everything small and once, in some minutes: to see that it works." };
        var only = new Option<string[]>("--only")
        {
            Description = "Only these figures.",
            HelpName = "NAME,...",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
        };
        only.Validators.Add(result =>
        {
            foreach (var name in result.GetValueOrDefault<string[]>() ?? [])
            {
                if (!Figure.All.Any(figure => figure.Name == name))
                {
                    result.AddError($"There is no figure '{name}'. There are: {string.Join(", ", Figure.All.Select(figure => figure.Name))}.");
                }
            }
        });

        var command = new RootCommand(Help) { isShort, only };
        command.SetAction((parsed, cancellation) =>
        {
            var names = parsed.GetValue(only) ?? [];
            return RunAsync(
                parsed.GetValue(isShort) ? Plan.Short : Plan.Full,
                [.. Figure.All.Where(figure => names.Length == 0 || names.Contains(figure.Name))],
                cancellation);
        });
        return command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
    }

    private static async Task<int> RunAsync(Plan plan, IReadOnlyList<Figure> figures, CancellationToken cancellation)
    {
        var rows = new List<ResultRow>();
        var exitCode = 0;
        try
        {
            await using var bench = new Bench(plan);
            foreach (var figure in figures)
            {
                Progress.Say($"{figure.Name}: {figure.Summary}");
                var measured = await MeasureAsync(figure, bench, cancellation);
                exitCode = measured is null ? 1 : exitCode;
                foreach (var row in measured ?? [new ResultRow(figure.Name, "failed")])
                {
                    Progress.Say($"  {row.Figure}: {row.Measured} {row.Compared}");
                    rows.Add(row);
                }
            }

            return exitCode;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Progress.Say("stopped");
            return 130;
        }
        finally
        {
            ResultTable.Write(Console.Out, rows);
        }
    }

    // One figure that cannot be measured must not take the others with it.
    private static async Task<IReadOnlyList<ResultRow>?> MeasureAsync(Figure figure, Bench bench, CancellationToken cancellation)
    {
        try
        {
            return await figure.MeasureAsync(bench, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested
            && e is (RpcException or NpgsqlException or HttpRequestException or TimeoutException or InvalidOperationException))
        {
            Progress.Say($"  failed: {e.Message}");
            return null;
        }
    }
}
