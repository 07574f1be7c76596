using Equecel.Common.V1;
using Google.Protobuf;

namespace Equecel.Records.Forms;

/// <summary>One version of a record, for derivations that look at its history.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="SaveTime">When it was saved.</param>
/// <param name="Origin">Where the record's data come from.</param>
/// <param name="Counts">Whether it counts: false when it marks the record as entered in error, or what it said was taken away.</param>
/// <param name="Form">What it says.</param>
public sealed record SavedVersion(int Number, DateTimeOffset SaveTime, DataOrigin Origin, bool Counts, IMessage Form);
