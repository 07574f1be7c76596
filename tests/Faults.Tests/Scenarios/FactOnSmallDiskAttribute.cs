using Equecel.Faults.Tests.Running;

namespace Equecel.Faults.Tests.Scenarios;

/// <summary>A test for which a disk has to run full; where none can, it is told as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactOnSmallDiskAttribute : FactAttribute
{
    /// <summary>Looks whether one can.</summary>
    public FactOnSmallDiskAttribute() => Skip = SmallDisk.Hindrance;
}
