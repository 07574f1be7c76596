using System.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Equecel.Cli.Common;

/// <summary>Shows how far pieces of work are: bars on a terminal, a line for each when it is done elsewhere. On standard error.</summary>
internal static class ProgressBars
{
    /// <summary>Runs work and shows its progress.</summary>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="works">Name and number of rows of each piece; the number is null when it is not known.</param>
    /// <param name="run">Does the work. Tells the rows done of each piece through the action with its number.</param>
    public static Task RunAsync(Terminal terminal, IReadOnlyList<(string Name, long? RowCount)> works, Func<IReadOnlyList<Action<long>>, Task> run) =>
        terminal.Surroundings.RichError ? RunRichAsync(terminal, works, run) : RunPlainAsync(terminal, works, run);

    private static Task RunRichAsync(Terminal terminal, IReadOnlyList<(string Name, long? RowCount)> works, Func<IReadOnlyList<Action<long>>, Task> run) =>
        Terminal.Draw(terminal.Surroundings.Error, rich: true)
            .Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = 24 }, new RowsColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                var bars = works.Select(work =>
                {
                    var bar = context.AddTask(Markup.Escape(work.Name), maxValue: work.RowCount ?? 1);
                    bar.IsIndeterminate = work.RowCount is null;
                    return bar;
                }).ToList();
                await run([.. bars.Select(bar => (Action<long>)(done => bar.Value = bar.IsIndeterminate ? SetEnd(bar, done) : done))]);
                bars.ForEach(bar => bar.StopTask());
            });

    // Without a known end, the rows so far are the end, so that their number shows.
    private static double SetEnd(ProgressTask bar, long done)
    {
        bar.MaxValue = done + 1;
        return done;
    }

    private static async Task RunPlainAsync(Terminal terminal, IReadOnlyList<(string Name, long? RowCount)> works, Func<IReadOnlyList<Action<long>>, Task> run)
    {
        var clock = Stopwatch.StartNew();
        var done = new long[works.Count];
        var ends = new TimeSpan[works.Count];
        await run([.. Enumerable.Range(0, works.Count).Select(i => (Action<long>)(count => (done[i], ends[i]) = (count, clock.Elapsed)))]);
        for (var i = 0; i < works.Count; i++)
        {
            terminal.Note(FormattableString.Invariant(
                $"{works[i].Name}: {done[i]:N0} rows, the last after {ends[i].TotalSeconds:0.0} s"));
        }
    }

    private sealed class RowsColumn : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(FormattableString.Invariant($"{task.Value,9:N0} rows {task.Speed ?? 0,8:N0} rows/s"));
    }
}
