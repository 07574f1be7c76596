using System.Diagnostics;
using Equecel.Cli.Common;
using Spectre.Console;

namespace Equecel.Cli.Backup;

/// <summary>Shows the steps of long work on standard error: moving on a terminal, a line at the end of each elsewhere.</summary>
internal static class Steps
{
    /// <summary>Does a step.</summary>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="title">What is being done.</param>
    /// <param name="work">Does it; tells how far it is, in a few words, through the action.</param>
    public static async Task RunAsync(Terminal terminal, string title, Func<Action<string>, Task> work)
    {
        var clock = Stopwatch.StartNew();
        if (terminal.Surroundings.RichError)
        {
            await Terminal.Draw(terminal.Surroundings.Error, rich: true).Status()
                .StartAsync(Markup.Escape(title), context => work(far => context.Status(Markup.Escape($"{title}: {far}"))));
        }
        else
        {
            terminal.Note($"{title} ...");
            await work(_ => { });
        }

        terminal.Note(FormattableString.Invariant($"{title}: done in {clock.Elapsed.TotalSeconds:0.0} s"));
    }
}
