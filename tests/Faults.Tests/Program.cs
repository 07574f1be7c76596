using System.CommandLine;
using System.Globalization;
using Equecel.Faults.Tests.PlantedBugs;
using Equecel.Faults.Tests.Rounds;
using Equecel.Faults.Tests.Running;

namespace Equecel.Faults.Tests;

/// <summary>Breaks the platform on purpose for as long as wanted, and says whether it kept its promises.</summary>
internal static class Program
{
    private const string Help = """
        Breaks a platform of its own on purpose, round after round, and looks after each whether every promise was kept: what was
        acknowledged is in the journal once and as it was sent, what was refused is nowhere, and so on.
        Progress goes to standard error, the summary to standard output. Exits with 0 only when nothing was violated.
        """;

    private static async Task<int> Main(string[] args)
    {
        var hours = new Option<double>("--hours") { Description = "How long; no round begins later.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var seed = new Option<int>("--seed") { Description = "What everything is drawn from; another one each time when not given.", DefaultValueFactory = _ => Random.Shared.Next(), HelpName = "S" };
        var rounds = new Option<int>("--rounds") { Description = "No more rounds than this.", DefaultValueFactory = _ => int.MaxValue, HelpName = "N" };
        var data = new Option<string>("--data") { Description = "Folder for the ledger and for what explains violations.", DefaultValueFactory = _ => Path.Combine(Environment.GetEnvironmentVariable("EQUECEL_DATA") ?? Path.Combine(Repository.Root, ".data"), "faults"), HelpName = "FOLDER" };
        var planted = new Option<bool>("--planted") { Description = "Instead: plant each known bug in a copy of the platform, and see that it is found." };
        var only = new Option<string>("--only") { Description = "With --planted: only these bugs.", HelpName = "NAME,..." };
        var command = new RootCommand(Help) { hours, seed, rounds, data, planted, only };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(planted))
            {
                return await PlantedRun.RunAsync(parsed.GetValue(only), parsed.GetValue(data)!, cancellation);
            }

            var campaign = new Campaign(parsed.GetValue(seed), parsed.GetValue(data)!);
            Progress.Say($"seed {parsed.GetValue(seed)}; each round adds a line to {campaign.Ledger.File}");
            var over = TimeSpan.FromHours(parsed.GetValue(hours));
            await campaign.RunAsync(over, parsed.GetValue(rounds), cancellation);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed                  {parsed.GetValue(seed)}"));
            foreach (var line in campaign.Ledger.Summary())
            {
                Console.WriteLine(line);
            }

            return campaign.Ledger.ViolationCount == 0 ? 0 : 1;
        });
        return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(5) });
    }
}
