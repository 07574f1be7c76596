using Equecel.Common.V1;
using Equecel.Enrolment.Lymphodepletions;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.StudyRules;

namespace Equecel.Enrolment.BaselineProfiles;

/// <summary>A participant's forms, as the profile reads them.</summary>
/// <param name="participation">The participation.</param>
/// <param name="facts">What is known of the participant.</param>
/// <param name="records">All forms.</param>
internal sealed class ProfileForms(Participation participation, ParticipantFacts facts, IReadOnlyList<CurrentRecord> records)
{
    /// <summary>The participation.</summary>
    public Participation Participation { get; } = participation;

    /// <summary>Normal ranges of the site's laboratory.</summary>
    public IEnumerable<Site.Types.LaboratoryRange> LaboratoryRanges => facts.LaboratoryRanges;

    /// <summary>First day of the month of birth; null when missing.</summary>
    public DateOnly? BirthMonth { get; } = CivilDate.FindMonth(participation.BirthYearMonth);

    /// <summary>The myeloma; null without the form.</summary>
    public MyelomaHistory? History => Of<MyelomaHistory>().FirstOrDefault();

    /// <summary>The first infusion; null without it.</summary>
    public Infusion? Infusion => Of<Infusion>().Where(form => !form.SecondInfusion).MinBy(form => form.StartTime?.Seconds);

    /// <summary>Its date; null without it.</summary>
    public DateOnly? InfusionDate => CivilDate.FindInChina(Infusion?.StartTime);

    /// <summary>Dates of the leukaphereses for it, in order.</summary>
    public IReadOnlyList<DateOnly> Collections => [.. Aphereses.Select(collection => collection.Date).Order()];

    /// <summary>The leukaphereses for it.</summary>
    public IEnumerable<Apheresis> Aphereses => Of<Leukapheresis>()
        .Where(form => !form.SecondInfusion && CivilDate.Find(form.CollectionDate) is not null)
        .Select(form => Apheresis.Of(CivilDate.Find(form.CollectionDate)!.Value, form));

    /// <summary>The samples whose cytogenetics were examined before it.</summary>
    public IEnumerable<Cytogenetics> Samples => Of<Cytogenetics>().Where(form => !(PartialDate.Find(form.SampleDate)?.Earliest > InfusionDate));

    /// <summary>The first prospective form of the way to the infusion whose date lies before consent; null when there is none.</summary>
    public string? ConsentFollows
    {
        get
        {
            var consent = CivilDate.Find(Participation.ConsentDate);
            return records.Where(record => record.Origin == DataOrigin.Prospective).Select(record => record.Form switch
            {
                Leukapheresis form when CivilDate.Find(form.CollectionDate) < consent => "leukapheresis.collection_date",
                Bridging form when CivilDate.Find(form.StartDate) < consent => "bridging.start_date",
                Lymphodepletion form when DepletionDays.Find(form)?.First < consent => "lymphodepletion.doses",
                Infusion form when CivilDate.FindInChina(form.StartTime) < consent => "infusion.start_time",
                _ => null,
            }).FirstOrDefault(item => item is not null);
        }
    }

    /// <summary>The forms of a kind.</summary>
    /// <typeparam name="TForm">The form.</typeparam>
    public IEnumerable<TForm> Of<TForm>() => records.Select(record => record.Form).OfType<TForm>();
}
