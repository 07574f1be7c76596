using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Duende.IdentityServer.Keys;

/// <summary>An RSA key pair that signs tokens with PS256.</summary>
internal sealed class SigningKey
{
    /// <summary>Makes a key of a key pair.</summary>
    /// <param name="id">The <c>kid</c> of its tokens.</param>
    /// <param name="created">When it was made.</param>
    /// <param name="pair">The key pair.</param>
    public SigningKey(string id, DateTimeOffset created, RSA pair)
    {
        Id = id;
        Created = created;
        Pair = pair;
        Credentials = new(new RsaSecurityKey(pair) { KeyId = id }, SecurityAlgorithms.RsaSsaPssSha256);

        var numbers = pair.ExportParameters(includePrivateParameters: false);
        Published = new(
            "RSA", "sig", id, SecurityAlgorithms.RsaSsaPssSha256,
            Base64UrlEncoder.Encode(numbers.Modulus), Base64UrlEncoder.Encode(numbers.Exponent));
    }

    /// <summary>The <c>kid</c> of its tokens.</summary>
    public string Id { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>The key pair.</summary>
    public RSA Pair { get; }

    /// <summary>What signs a token.</summary>
    public SigningCredentials Credentials { get; }

    /// <summary>The public half as the key set shows it.</summary>
    public PublishedKey Published { get; }

    /// <summary>Makes a new key.</summary>
    /// <param name="created">Now.</param>
    /// <param name="sizeInBits">Size of the key.</param>
    public static SigningKey Create(DateTimeOffset created, int sizeInBits) =>
        new(Convert.ToHexString(RandomNumberGenerator.GetBytes(16)), created, RSA.Create(sizeInBits));
}
