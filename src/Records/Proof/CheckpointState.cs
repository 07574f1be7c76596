using Equecel.Records.V1;

namespace Equecel.Records.Proof;

/// <summary>The last checkpoint that this instance knows of.</summary>
internal sealed class CheckpointState
{
    private volatile JournalCheckpoint? last;

    /// <summary>The last checkpoint; null before the first.</summary>
    public JournalCheckpoint? Last
    {
        get => last;
        set => last = value;
    }
}
