using System.Security.Cryptography;
using System.Text;

namespace Equecel.Audit;

/// <summary>
/// A database role that a service logs in as, so that it cannot alter what the migration role owns. Its password follows from the
/// migration role's, so that every instance knows it and nobody stores it.
/// </summary>
/// <param name="name">Its name, such as <c>safety_service</c>.</param>
/// <param name="secret">Password of the migration role.</param>
public sealed class LoginRole(string name, string? secret)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its password.</summary>
    public string Password { get; } = Convert.ToHexString(Derive(secret, name));

    /// <summary>
    /// Makes it where it is missing. Traces show statements, so the password goes to the server as a SCRAM-SHA-256 verifier (RFC 5803),
    /// with which nobody can log in.
    /// </summary>
    public string Sql => $"""
        do $$ begin
            if not exists (select from pg_roles where rolname = '{Name}') then create role "{Name}" login; end if;
        end $$;
        alter role "{Name}" password '{VerifierOf(Password)}';

        """;

    /// <summary>A key of 32 bytes that follows from the migration role's password.</summary>
    /// <param name="secret">The password.</param>
    /// <param name="purpose">What the key is for.</param>
    public static byte[] Derive(string? secret, string purpose) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? ""), Encoding.UTF8.GetBytes($"equecel:{purpose}"));

    private static string VerifierOf(string password)
    {
        const int iterations = 4096;
        var salt = RandomNumberGenerator.GetBytes(16);
        // SASLprep (RFC 4013) would leave the password as it is: it is hexadecimal.
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var storedKey = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var serverKey = HMACSHA256.HashData(salted, "Server Key"u8);
        return $"SCRAM-SHA-256${iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(storedKey)}:{Convert.ToBase64String(serverKey)}";
    }
}
