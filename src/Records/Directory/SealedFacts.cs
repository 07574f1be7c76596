using System.Buffers.Binary;
using System.Security.Cryptography;
using Equecel.Enrolment.V1;
using Google.Protobuf;

namespace Equecel.Records.Directory;

/// <summary>
/// What the directory's cache keeps of a participant: the facts, the time, and a MAC over both with a key that the cache does not have. So whoever
/// can write into the cache can neither make up who takes part nor keep alive what has changed since.
/// </summary>
/// <param name="key">The key, the same in every instance of the service.</param>
/// <param name="time">Tells the time.</param>
internal sealed class SealedFacts(byte[] key, TimeProvider time)
{
    private const int MacLength = HMACSHA256.HashSizeInBytes;
    private const int HeadLength = MacLength + sizeof(long);

    /// <summary>How long they may be relied on.</summary>
    /// <remarks>Freeze says in its proto how long it takes to hold everywhere: this, what services keep in memory, and what Enrolment does.</remarks>
    public static TimeSpan KeptFor { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Seals facts as of now.</summary>
    /// <param name="facts">The facts.</param>
    public byte[] Seal(ParticipantFacts facts)
    {
        var value = new byte[HeadLength + facts.CalculateSize()];
        BinaryPrimitives.WriteInt64BigEndian(value.AsSpan(MacLength), time.GetUtcNow().ToUnixTimeMilliseconds());
        facts.WriteTo(value.AsSpan(HeadLength));
        HMACSHA256.HashData(key, value.AsSpan(MacLength), value.AsSpan(0, MacLength));
        return value;
    }

    /// <summary>Opens what was sealed.</summary>
    /// <param name="value">The value.</param>
    /// <param name="code">Code of the participant or site that it must be about.</param>
    /// <returns>The facts; null when they are about somebody else, too old, from the future, or sealed by nobody who has the key.</returns>
    public ParticipantFacts? Find(ReadOnlySpan<byte> value, string code)
    {
        if (value.Length < HeadLength || !IsSealed(value))
        {
            return null;
        }

        var age = time.GetUtcNow().ToUnixTimeMilliseconds() - BinaryPrimitives.ReadInt64BigEndian(value[MacLength..]);
        if (age < 0 || age >= KeptFor.TotalMilliseconds)
        {
            return null;
        }

        try
        {
            var facts = ParticipantFacts.Parser.ParseFrom(value[HeadLength..]);
            return facts.Participant == code ? facts : null;
        }
        catch (InvalidProtocolBufferException)
        {
            // Another version of the program may write them in another way.
            return null;
        }
    }

    private bool IsSealed(ReadOnlySpan<byte> value)
    {
        Span<byte> mac = stackalloc byte[MacLength];
        HMACSHA256.HashData(key, value[MacLength..], mac);
        return CryptographicOperations.FixedTimeEquals(mac, value[..MacLength]);
    }
}
