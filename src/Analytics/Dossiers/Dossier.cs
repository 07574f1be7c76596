using Google.Protobuf;

namespace Equecel.Analytics.Dossiers;

/// <summary>All that the platform knew of one participant at one moment: the latest version of each record that counted then.</summary>
/// <param name="Participant">Code, such as <c>01-0001</c>.</param>
/// <param name="Site">Code of the site.</param>
/// <param name="Records">The records, in the order in which they began.</param>
internal sealed record Dossier(string Participant, string Site, IReadOnlyList<DossierRecord> Records)
{
    /// <summary>
    /// The latest version of each record summed up, also of those that do not count. Versions only rise, so two dossiers of a
    /// participant that were read with the same kinds of records are of the same versions when their sums are.
    /// </summary>
    public long VersionSum { get; init; }

    /// <summary>The forms of one kind, in the order in which their records began.</summary>
    /// <typeparam name="TForm">The form.</typeparam>
    public IEnumerable<DossierForm<TForm>> All<TForm>()
        where TForm : class, IMessage
    {
        foreach (var record in Records)
        {
            if (record.Form is TForm form)
            {
                yield return new DossierForm<TForm>(form, record);
            }
        }
    }

    /// <summary>The form of which a participant has one; null while there is none.</summary>
    /// <typeparam name="TForm">The form.</typeparam>
    public TForm? Find<TForm>()
        where TForm : class, IMessage => All<TForm>().Select(found => found.Form).FirstOrDefault();
}
