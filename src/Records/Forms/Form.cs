using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Equecel.Records.Forms;

/// <summary>What must be known before a form can be saved.</summary>
public enum FormSubject
{
    /// <summary>The form is about a site, and makes it known.</summary>
    Site,

    /// <summary>The form enrols a participant; the site must be known.</summary>
    Enrolment,

    /// <summary>The form is about a participant, who must be known.</summary>
    Participant,
}

/// <summary>One kind of form and its rules.</summary>
internal sealed class Form
{
    /// <summary>Name of the kind: the form's field in the record.</summary>
    public required string Kind { get; init; }

    /// <summary>The form's field in the submission.</summary>
    public required FieldDescriptor SubmissionField { get; init; }

    /// <summary>The form's field in the record.</summary>
    public required FieldDescriptor RecordField { get; init; }

    public required FormSubject Subject { get; init; }

    public required Func<IMessage, FormContext, IEnumerable<Finding?>> Checks { get; init; }

    /// <summary>What there may be one of a participant or site, such as <c>first infusion</c>; null when there may be many.</summary>
    public required Func<IMessage, string?> OnlyOne { get; init; }

    /// <summary>The site that a form about a site names.</summary>
    public required Func<IMessage, string> SiteCode { get; init; }
}

/// <summary>The forms of one capture service, by the field that holds them.</summary>
public sealed class FormCatalogue
{
    private readonly MessageDescriptor submission;
    private readonly MessageDescriptor record;
    private readonly Dictionary<int, Form> forms = [];

    internal FormCatalogue(MessageDescriptor submission, MessageDescriptor record)
    {
        this.submission = submission;
        this.record = record;
    }

    internal IReadOnlyCollection<string> Kinds => [.. forms.Values.Select(form => form.Kind)];

    /// <summary>Adds a form about a participant, of whom there may be many.</summary>
    /// <typeparam name="TForm">The form.</typeparam>
    /// <param name="checks">Its checks.</param>
    public FormCatalogue Add<TForm>(Func<TForm, FormContext, IEnumerable<Finding?>> checks)
        where TForm : IMessage => Add(FormSubject.Participant, checks, _ => null, _ => "");

    /// <summary>Adds a form of which a participant has one.</summary>
    /// <typeparam name="TForm">The form.</typeparam>
    /// <param name="checks">Its checks.</param>
    /// <param name="onlyOne">What it is one of, such as <c>first infusion</c>.</param>
    /// <param name="subject">Whether it enrols the participant.</param>
    public FormCatalogue AddOnlyOne<TForm>(
        Func<TForm, FormContext, IEnumerable<Finding?>> checks, Func<TForm, string> onlyOne, FormSubject subject = FormSubject.Participant)
        where TForm : IMessage => Add(subject, checks, onlyOne, _ => "");

    /// <summary>Adds the form about a site.</summary>
    /// <typeparam name="TForm">The form.</typeparam>
    /// <param name="checks">Its checks.</param>
    /// <param name="siteCode">The site's code.</param>
    public FormCatalogue AddSite<TForm>(Func<TForm, FormContext, IEnumerable<Finding?>> checks, Func<TForm, string> siteCode)
        where TForm : IMessage => Add(FormSubject.Site, checks, _ => "registration", siteCode);

    internal Form? Find(int fieldNumber) => forms.GetValueOrDefault(fieldNumber);

    private FormCatalogue Add<TForm>(
        FormSubject subject, Func<TForm, FormContext, IEnumerable<Finding?>> checks, Func<TForm, string?> onlyOne, Func<TForm, string> siteCode)
        where TForm : IMessage
    {
        var field = submission.Oneofs.Single(oneof => oneof.Name == "form").Fields.Single(field => field.MessageType.ClrType == typeof(TForm));
        forms.Add(field.FieldNumber, new Form
        {
            Kind = field.Name,
            SubmissionField = field,
            RecordField = record.FindFieldByNumber(field.FieldNumber),
            Subject = subject,
            Checks = (form, context) => checks((TForm)form, context),
            OnlyOne = form => onlyOne((TForm)form),
            SiteCode = form => siteCode((TForm)form),
        });
        return this;
    }
}
