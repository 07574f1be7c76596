using Equecel.Common.V1;
using Google.Protobuf;

namespace Equecel.Analytics.Dossiers;

/// <summary>The latest version of a participant's record, as it stood.</summary>
/// <param name="Service">Name of the service that holds it.</param>
/// <param name="Kind">Its kind, such as <c>adverse_event</c>.</param>
/// <param name="RecordId">UUID of the record.</param>
/// <param name="Version">The version.</param>
/// <param name="Origin">Where its data came from.</param>
/// <param name="SaveTime">When its service saved the version.</param>
/// <param name="Form">What it says.</param>
internal sealed record DossierRecord(
    string Service, string Kind, Guid RecordId, int Version, DataOrigin Origin, DateTimeOffset SaveTime, IMessage Form)
{
    /// <summary>When its service saved the first version; only dossiers that are read with their history know it.</summary>
    public DateTimeOffset FirstSaveTime { get; init; } = SaveTime;
}

/// <summary>A record whose form is known.</summary>
/// <typeparam name="TForm">The form.</typeparam>
/// <param name="Form">What it says.</param>
/// <param name="Record">The record.</param>
internal readonly record struct DossierForm<TForm>(TForm Form, DossierRecord Record)
    where TForm : class, IMessage;
