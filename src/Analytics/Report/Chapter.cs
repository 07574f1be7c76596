using System.Xml.Linq;

namespace Equecel.Analytics.Report;

/// <summary>A chapter of the report.</summary>
/// <param name="Id">Id of its heading.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Content">Its parts.</param>
internal sealed record Chapter(string Id, string Title, IReadOnlyList<XElement> Content);
