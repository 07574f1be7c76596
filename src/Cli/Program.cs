using System.CommandLine;
using Equecel.Cli.Backup;
using Equecel.Cli.Common;
using Equecel.Cli.Curves;
using Equecel.Cli.Datasets;
using Equecel.Cli.Demo;
using Equecel.Cli.Import;
using Equecel.Cli.Operate;
using Equecel.Cli.Results;
using Equecel.Cli.Snapshots;
using Equecel.Cli.Study;
using Equecel.Cli.Tables;
using Equecel.Cli.VerifyJournal;
using Equecel.Cli.Watch;

namespace Equecel.Cli;

/// <summary>The command line of the platform.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => RunAsync(args, Surroundings.OfProcess());

    /// <summary>Runs a command line and gives its exit code; see <see cref="ExitCode"/>.</summary>
    internal static Task<int> RunAsync(string[] args, Surroundings surroundings) => Invocation.RunAsync(Commands(surroundings), args, surroundings);

    /// <summary>What there is.</summary>
    internal static RootCommand Commands(Surroundings surroundings) =>
        new($"The Equecel platform from the command line: send records, see results, prove that nothing was altered, see how it runs and mend it.{Environment.NewLine}{ExitCode.Meaning}")
        {
            new StudyCommand(surroundings),
            new DemoCommand(surroundings),
            new TemplateCommand(surroundings),
            new ImportCommand(surroundings),
            new SurvivalCommand(surroundings),
            new IncidenceCommand(surroundings),
            new TableCommand(surroundings),
            new SwimmerCommand(surroundings),
            new SnapshotCommand(surroundings),
            new CompareCommand(surroundings),
            new DatasetCommand(surroundings),
            new CheckDatasetCommand(surroundings),
            new ReportCommand(surroundings),
            new WatchCommand(surroundings),
            new VerifyJournalCommand(surroundings),
            new StatusCommand(surroundings),
            new ReplayCommand(surroundings),
            new ReconcileCommand(surroundings),
            new RebuildCommand(surroundings),
            new BackupCommand(surroundings),
            new RestoreCommand(surroundings),
        };
}
