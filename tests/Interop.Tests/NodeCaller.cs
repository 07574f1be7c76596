using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Equecel.Interop.Tests;

/// <summary>Calls with @grpc/grpc-js, in a Node.js process for each call.</summary>
internal sealed class NodeCaller : ICaller
{
    private static readonly string Folder = typeof(NodeCaller).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "NodeFolder").Value!;

    private static readonly Lazy<Task> Packages = new(InstallPackagesAsync);

    public string Name => "node";

    public async Task<Outcome> CallAsync(string address, EchoCall wanted) =>
        JsonSerializer.Deserialize<Outcome>(await RunScriptAsync(address, "call", JsonSerializer.Serialize(wanted)))!;

    public Task<string> CheckHealthAsync(string address, string service) => RunScriptAsync(address, "health", service);

    private static async Task<string> RunScriptAsync(params string[] arguments)
    {
        await Packages.Value;
        return await RunAsync("node", [Path.Combine(Folder, "caller.mjs"), .. arguments]);
    }

    private static Task InstallPackagesAsync() => Directory.Exists(Path.Combine(Folder, "node_modules"))
        ? Task.CompletedTask
        : RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]);

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed: {await error}");
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(
                $"The program {program} is missing: run eng/setup --test, or install the Debian packages nodejs and npm.", e);
        }
    }
}
