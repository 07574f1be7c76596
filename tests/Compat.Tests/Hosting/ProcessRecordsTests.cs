using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.Running;

namespace Equecel.Compat.Tests.Hosting;

public sealed class ProcessRecordsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("equecel-records-");
    private readonly Process process = Process.Start("setsid", ["sleep", "600"]);

    [Fact]
    public async Task What_an_earlier_host_left_is_ended_and_forgotten()
    {
        var records = new ProcessRecords(folder.FullName);
        records.Add("sleeper", process.Id);

        await records.EndLeftoversAsync();

        await process.WaitForExitAsync();
        Assert.Equal(137, process.ExitCode);
        Assert.Empty(folder.GetFiles());
    }

    [Fact]
    public async Task A_process_that_only_has_the_same_number_is_left_alone()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "sleeper"), string.Create(CultureInfo.InvariantCulture, $"{process.Id} another-boot 1"));

        await new ProcessRecords(folder.FullName).EndLeftoversAsync();

        Assert.False(process.HasExited);
        Assert.Empty(folder.GetFiles());
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
        folder.Delete(recursive: true);
    }
}
