using System.Diagnostics;

namespace Equecel.EndToEnd.Tests.Recomputed;

/// <summary>What the recomputation says where the study of the comparison does not come.</summary>
public sealed class RecomputationTests
{
    [Theory]
    [InlineData("words", "part(0, 3, 0)", "not estimable: no participants")]
    [InlineData("words", "part(1, 3, 2)", "1/2 (50.0 %)")]
    [InlineData("words", "share(0, 0)", "not estimable: no participants")]
    [InlineData("life", "qualityOfLife([{ forms: {}, infusion: 20000 }]).lines.at(-1).split(' | ')[4]", "not estimable: no participants")]
    public async Task A_share_of_nobody_is_not_estimable(string module, string expression, string expected) =>
        Assert.Equal(expected, await EvaluateAsync(module, expression));

    private static async Task<string> EvaluateAsync(string module, string expression)
    {
        var program = new Uri(Path.Combine(AppContext.BaseDirectory, "Recomputed", $"{module}.mjs"));
        using var node = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "--eval", $"import * as it from '{program}'; console.log(it.{expression});"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await error);
        return output.Trim();
    }
}
