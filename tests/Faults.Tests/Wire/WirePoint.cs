namespace Equecel.Faults.Tests.Wire;

/// <summary>An instant that can be seen on the wire between a service and a server.</summary>
internal enum WirePoint
{
    /// <summary>None that has a name.</summary>
    None,

    /// <summary>To the database: a save is asked for, and nothing has been done yet.</summary>
    SaveRequested,

    /// <summary>To the database: what commits a save.</summary>
    SaveCommitting,

    /// <summary>From the database: a save is committed, and the service does not know it yet.</summary>
    SaveCommitted,

    /// <summary>To the database: how far the relay has published.</summary>
    PositionRequested,

    /// <summary>To the database: what commits versions that Analytics takes in.</summary>
    IntakeCommitting,

    /// <summary>From the database: Analytics' versions are committed, and it does not know it yet.</summary>
    IntakeCommitted,

    /// <summary>To the broker: a message.</summary>
    Published,

    /// <summary>From the broker: that it has one or several messages.</summary>
    Confirmed,

    /// <summary>From the broker: a message.</summary>
    Delivered,

    /// <summary>To the broker: that one or several messages have been dealt with.</summary>
    Acknowledged,
}
