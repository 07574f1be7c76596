using Aspire.Hosting;
using Aspire.Hosting.Running;

namespace Equecel.Compat.Tests.Hosting;

public sealed class DataFolderTests : IDisposable
{
    // Nobody but its owner gets into a temporary folder.
    private readonly string folder = Directory.CreateTempSubdirectory("equecel-data-").FullName;

    private string Elsewhere => Path.Combine(folder, "elsewhere");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_server_of_this_user_has_its_folder_here()
    {
        using var data = Open();
        Assert.Equal(Path.Combine(data.Root, "postgres"), data.ServerFolder("postgres", user: null, Elsewhere));
    }

    [Fact]
    public void A_server_of_a_user_who_cannot_get_here_has_its_folder_elsewhere_and_a_link_leads_there()
    {
        using var data = Open();

        var there = data.ServerFolder("postgres", "nobody", Elsewhere);

        Assert.Equal(Elsewhere, Path.GetDirectoryName(there));
        Assert.Equal(there, new FileInfo(Path.Combine(data.Root, "postgres")).LinkTarget);
        Assert.Equal(there, data.ServerFolder("postgres", "nobody", Elsewhere));
    }

    [Fact]
    public void What_lies_elsewhere_is_found_from_where_the_data_folder_was_moved_to()
    {
        string there;
        using (var data = Open())
        {
            there = data.ServerFolder("postgres", "nobody", Elsewhere);
        }

        Directory.Move(Path.Combine(folder, "data"), Path.Combine(folder, "moved"));

        using var moved = Open("moved");
        Assert.Equal(there, moved.ServerFolder("postgres", "nobody", Elsewhere));
    }

    [Fact]
    public void A_data_folder_that_was_removed_does_not_come_back_with_its_databases()
    {
        string there;
        using (var data = Open())
        {
            there = data.ServerFolder("postgres", "nobody", Elsewhere);
            Directory.CreateDirectory(there);
            Directory.Delete(data.Root, recursive: true);
        }

        using var next = Open();
        Assert.NotEqual(there, next.ServerFolder("postgres", "nobody", Elsewhere));
        Assert.True(Directory.Exists(there));
    }

    [Fact]
    public void Databases_that_another_user_made_here_are_not_passed_over()
    {
        using var data = Open();
        var here = Directory.CreateDirectory(Path.Combine(data.Root, "postgres")).FullName;

        var refusal = Assert.Throws<DistributedApplicationException>(() => data.ServerFolder("postgres", "nobody", Elsewhere));

        Assert.StartsWith($"The data in {here} are out of reach for user nobody", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Elsewhere));
    }

    [Fact]
    public void A_data_folder_of_somebody_else_is_left_alone()
    {
        var (theirs, owner) = Environment.IsPrivilegedProcess ? (Path.Combine(folder, "data"), "nobody") : ("/usr", "root");
        if (owner == "nobody")
        {
            ServerAccount.CreateFolder(theirs, owner);
        }

        var refusal = Assert.Throws<DistributedApplicationException>(() => DataFolder.Open(theirs));

        Assert.StartsWith($"The data folder {theirs} belongs to user {owner}", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(theirs, "logs")));
    }

    private DataFolder Open(string name = "data") => DataFolder.Open(Path.Combine(folder, name));
}
