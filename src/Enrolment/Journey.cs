using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.StudyRules;

namespace Equecel.Enrolment;

/// <summary>What else is known of the way to a participant's first, or second, infusion.</summary>
internal static class Journey
{
    /// <summary>Date of the infusion; null when there is none.</summary>
    /// <param name="context">The form's context.</param>
    /// <param name="second">Whether the second is meant.</param>
    public static DateOnly? InfusionDate(FormContext context, bool second) =>
        CivilDate.Find((second ? context.Facts?.SecondInfusionDate : context.Facts?.InfusionDate) ?? "");

    /// <summary>Dates of the other leukaphereses for it.</summary>
    /// <param name="context">The form's context.</param>
    /// <param name="second">Whether the second is meant.</param>
    public static List<DateOnly> Collections(FormContext context, bool second) => [.. Aphereses(context, second).Select(one => one.Date)];

    /// <summary>The other leukaphereses for it.</summary>
    /// <param name="context">The form's context.</param>
    /// <param name="second">Whether the second is meant.</param>
    public static IEnumerable<Apheresis> Aphereses(FormContext context, bool second) => Others<Leukapheresis>(context)
        .Where(form => form.SecondInfusion == second && CivilDate.Find(form.CollectionDate) is not null)
        .Select(form => Apheresis.Of(CivilDate.Find(form.CollectionDate)!.Value, form));

    /// <summary>The other bridging therapies to it.</summary>
    /// <param name="context">The form's context.</param>
    /// <param name="second">Whether the second is meant.</param>
    public static List<Bridging> Bridgings(FormContext context, bool second) =>
        [.. Others<Bridging>(context).Where(form => form.SecondInfusion == second)];

    /// <summary>The lymphodepletion before it; null when there is none.</summary>
    /// <param name="context">The form's context.</param>
    /// <param name="second">Whether the second is meant.</param>
    public static Lymphodepletion? Depletion(FormContext context, bool second) =>
        Others<Lymphodepletion>(context).FirstOrDefault(form => form.SecondInfusion == second);

    /// <summary>The participant's other records of a kind.</summary>
    /// <typeparam name="TForm">The form.</typeparam>
    /// <param name="context">The form's context.</param>
    public static IEnumerable<TForm> Others<TForm>(FormContext context) => context.Others.Select(record => record.Form).OfType<TForm>();
}
