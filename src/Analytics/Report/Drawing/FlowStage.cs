namespace Equecel.Analytics.Report.Drawing;

/// <summary>A node of a flow.</summary>
/// <param name="Key">Names it.</param>
/// <param name="Label">What it is.</param>
/// <param name="Count">Participants who come through it.</param>
internal sealed record FlowNode(string Key, string Label, long Count);

/// <summary>A stage of a flow: everybody is in one of its nodes.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Nodes">Its nodes, from the top.</param>
internal sealed record FlowStage(string Label, IReadOnlyList<FlowNode> Nodes);

/// <summary>Participants who go from a node to one of the next stage.</summary>
/// <param name="From">Key of the one.</param>
/// <param name="To">Key of the other.</param>
/// <param name="Count">How many.</param>
internal sealed record FlowLink(string From, string To, long Count);
