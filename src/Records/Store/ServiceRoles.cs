using Equecel.Audit;

namespace Equecel.Records.Store;

/// <summary>The database roles of one capture service. Their passwords follow from the migration role's, so that every instance knows them and nobody stores them.</summary>
/// <param name="service">Name of the service, such as <c>safety</c>.</param>
/// <param name="secret">Password of the migration role.</param>
internal sealed class ServiceRoles(string service, string? secret)
{
    /// <summary>Saves and reads the rows of the sites that a transaction names.</summary>
    public string Service { get; } = $"{service}_service";

    /// <summary>Reads the rows of all sites, and moves the relay's position on.</summary>
    public string Reader { get; } = $"{service}_reader";

    /// <summary>Owns the one function that takes away what a version says. Nobody can log in as it.</summary>
    public string Redactor { get; } = $"{service}_redactor";

    /// <summary>Key of page and resume tokens.</summary>
    public byte[] TokenKey => LoginRole.Derive(secret, $"{service}:tokens");

    /// <summary>Key by which what is known of participants is sealed in the cache.</summary>
    public byte[] DirectoryKey => LoginRole.Derive(secret, $"{service}:directory");

    /// <summary>The password of a role.</summary>
    public string PasswordOf(string role) => new LoginRole(role, secret).Password;

    /// <summary>Makes the roles where they are missing.</summary>
    public string Sql() => $"""
        {new LoginRole(Service, secret).Sql}
        {new LoginRole(Reader, secret).Sql}
        do $$ begin
            if not exists (select from pg_roles where rolname = '{Redactor}') then create role "{Redactor}" nologin; end if;
        end $$;
        """;

    /// <summary>A script with the roles' names in their places.</summary>
    public string FillIn(string script) => script
        .Replace("$service", Service, StringComparison.Ordinal)
        .Replace("$reader", Reader, StringComparison.Ordinal)
        .Replace("$redactor", Redactor, StringComparison.Ordinal);
}
