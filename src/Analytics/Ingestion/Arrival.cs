using Google.Protobuf;

namespace Equecel.Analytics.Ingestion;

/// <summary>A message with what was made of it: a version that was read, or why it could not be.</summary>
/// <param name="Message">The message.</param>
/// <param name="Version">The version; null when it could not be read.</param>
/// <param name="Fault">Why it could not be used; null while it can.</param>
internal sealed record Arrival(ReceivedMessage Message, RecordVersion? Version, string? Fault)
{
    /// <summary>Reads a message. What is wrong with it is told and not thrown: the reader goes on with the next.</summary>
    /// <param name="message">The message, whose bytes nobody changes afterwards.</param>
    /// <param name="read">Reads the version.</param>
    public static Arrival Read(ReceivedMessage message, Func<RecordVersion> read)
    {
        try
        {
            return new Arrival(message, read(), Fault: null);
        }
        catch (InvalidProtocolBufferException)
        {
            return new Arrival(message, Version: null, "not protobuf");
        }
        catch (ContractViolationException e)
        {
            return new Arrival(message, Version: null, e.Message);
        }
#pragma warning disable CA1031 // Whatever a defect of the reading throws, one message must not stop the others.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new Arrival(message, Version: null, $"cannot be read: {e.GetType().Name}");
        }
    }
}
