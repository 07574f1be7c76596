namespace Equecel.DatasetJson.Tests.Official;

/// <summary>A file of the standard's own, which is not part of this repository: it lies in <c>shared/schemas</c> beside it, or above.</summary>
internal static class OfficialFile
{
    /// <summary>Its path; null where there is none.</summary>
    /// <param name="name">Its name.</param>
    public static string? Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "schemas", "dataset-json-1.1", name);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
