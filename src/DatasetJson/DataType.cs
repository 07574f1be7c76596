namespace Equecel.DatasetJson;

/// <summary>What the values of a column are.</summary>
/// <remarks>Source: CDISC Dataset-JSON 1.1, column attribute <c>dataType</c>, in its order.</remarks>
public enum DataType
{
    /// <summary>Text: <c>string</c>.</summary>
    Text,

    /// <summary>A whole number: <c>integer</c>.</summary>
    Whole,

    /// <summary>A number that must keep its digits, which the file carries as text: <c>decimal</c>.</summary>
    Exact,

    /// <summary>A binary fraction: <c>float</c>.</summary>
    Binary,

    /// <summary>A binary fraction of double precision: <c>double</c>.</summary>
    BinaryDouble,

    /// <summary>True or false: <c>boolean</c>.</summary>
    Logical,

    /// <summary>A day with its time, ISO 8601: <c>datetime</c>.</summary>
    DateTime,

    /// <summary>A whole day, ISO 8601: <c>date</c>.</summary>
    Date,

    /// <summary>A time of day, ISO 8601: <c>time</c>.</summary>
    Time,

    /// <summary>An address: <c>URI</c>.</summary>
    Uri,
}
