namespace Equecel.Faults.Tests.Wire;

/// <summary>Understands what passes on one connection, as far as the named points need it.</summary>
internal interface IWireReader
{
    /// <summary>Length of the first message that has arrived.</summary>
    /// <param name="bytes">What has arrived and not passed yet.</param>
    /// <param name="fromServer">Its direction.</param>
    /// <returns>Null while it is not complete.</returns>
    int? Frame(ReadOnlySpan<byte> bytes, bool fromServer);

    /// <summary>Which point a message is; called for each, in order.</summary>
    /// <param name="message">The complete message.</param>
    /// <param name="fromServer">Its direction.</param>
    WirePoint Read(ReadOnlySpan<byte> message, bool fromServer);
}
