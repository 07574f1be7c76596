using System.CommandLine;
using Equecel.Cli.Common;

namespace Equecel.Cli.Tests;

public sealed class HelpTests
{
    public static TheoryData<string> Commands => [.. Root().Subcommands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_option_and_argument_is_described(string name)
    {
        var command = Root().Subcommands.Single(command => command.Name == name);

        Assert.False(string.IsNullOrEmpty(command.Description));
        Assert.All(command.Options, option => Assert.False(string.IsNullOrEmpty(option.Description), option.Name));
        Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrEmpty(argument.Description), argument.Name));
        Assert.Contains(command.Options, option => option.Name == "--json");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_shows_every_option_and_examples_that_parse(string name)
    {
        var run = await CommandLineRun.RunAsync([], "", name, "--help");

        var command = (PlatformCommand)Root().Subcommands.Single(command => command.Name == name);
        Assert.Equal(0, run.ExitCode);
        Assert.All(command.Options, option => Assert.Contains(option.Name, run.Output, StringComparison.Ordinal));
        Assert.All(command.Examples, example => Assert.Contains(example.Line, run.Output, StringComparison.Ordinal));
        Assert.All(
            command.Examples.Where(example => example.Line.StartsWith("equecel ", StringComparison.Ordinal)),
            example => Assert.Empty(Root().Parse(example.Line["equecel ".Length..]).Errors));
    }

    [Theory]
    [InlineData("survival")]
    [InlineData("compare")]
    public async Task Help_shows_the_moment_that_is_meant_when_none_is_given_in_words(string name)
    {
        var run = await CommandLineRun.RunAsync([], "", name, "--help");

        Assert.Contains("[default: now]", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("{ Time", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_command_and_the_exit_codes()
    {
        var run = await CommandLineRun.RunAsync([], "", "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(Root().Subcommands, command => Assert.Contains(command.Name, run.Output, StringComparison.Ordinal));
        Assert.Contains("3 platform not reachable", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void No_option_takes_a_secret() =>
        Assert.DoesNotContain(
            Root().Subcommands.SelectMany(command => command.Options),
            option => option.Name.Contains("secret", StringComparison.Ordinal) && option.ValueType == typeof(string));

    private static RootCommand Root() =>
        Program.Commands(new Surroundings(Stream.Null, TextWriter.Null, TextWriter.Null, _ => null, RichOutput: false, RichError: false));
}
