namespace Equecel.DatasetJson.Tests.Official;

/// <summary>A test against the standard's own files; where they are not there it is told as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OfficialFactAttribute : FactAttribute
{
    /// <summary>Looks whether they are there.</summary>
    public OfficialFactAttribute() => Skip = OfficialFile.Find("dataset.schema.json") is null ? "The official schema is not beside the repository (shared/schemas)." : null;
}
