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

    /// <summary>Makes it where it is missing.</summary>
    public string Sql => $"""
        do $$ begin
            if not exists (select from pg_roles where rolname = '{Name}') then create role "{Name}" login; end if;
        end $$;
        alter role "{Name}" password '{Password}';

        """;

    /// <summary>A key of 32 bytes that follows from the migration role's password.</summary>
    /// <param name="secret">The password.</param>
    /// <param name="purpose">What the key is for.</param>
    public static byte[] Derive(string? secret, string purpose) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? ""), Encoding.UTF8.GetBytes($"equecel:{purpose}"));
}
