namespace Equecel.DatasetJson;

/// <summary>How a dataset lies in a file. The content is the same.</summary>
/// <remarks>Source: CDISC Dataset-JSON 1.1 (2024-12-05) and Compressed Dataset-JSON 1.1 (2025-12-11).</remarks>
public enum DatasetCarrier
{
    /// <summary>One object, its rows in it. Files end in <c>.json</c>.</summary>
    Json,

    /// <summary>An object on the first line, a row on each further one. Files end in <c>.ndjson</c>.</summary>
    Ndjson,

    /// <summary>The same lines as one zlib stream (RFC 1950). Files end in <c>.dsjc</c>.</summary>
    Compressed,
}
