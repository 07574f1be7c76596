using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Schedule;
using Equecel.Records.V1;
using Equecel.StudyRules;
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

    /// <summary>Whether the checks look at the participant's other records of the service.</summary>
    public bool ReadsOthers { get; init; }

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
    private readonly List<Derivation> derivations = [];
    private readonly List<ScheduledForm> scheduled = [];

    internal FormCatalogue(MessageDescriptor submission, MessageDescriptor record)
    {
        this.submission = submission;
        this.record = record;
        Kinds = [.. record.Oneofs.Single(oneof => oneof.Name == "form").Fields.Select(field => field.Name)];
    }

    /// <summary>Every kind of record that the service has: sent, derived, or saved by RPCs of their own.</summary>
    internal IReadOnlyCollection<string> Kinds { get; }

    internal IReadOnlyCollection<string> SentKinds => [.. forms.Values.Select(form => form.Kind)];

    /// <summary>Kinds whose checks look at the participant's other records.</summary>
    internal IReadOnlyCollection<string> HistoryKinds => [.. forms.Values.Where(form => form.ReadsOthers).Select(form => form.Kind)];

    internal IReadOnlyList<Derivation> Derivations => derivations;

    internal IReadOnlyList<ScheduledForm> Scheduled => scheduled;

    /// <summary>Adds a form about a participant, of whom there may be many.</summary>
    /// <typeparam name="TForm">The form.</typeparam>
    /// <param name="checks">Its checks.</param>
    public FormCatalogue Add<TForm>(Func<TForm, FormContext, IEnumerable<Finding?>> checks)
        where TForm : IMessage => Add(FormSubject.Participant, checks, _ => null, _ => "");

    /// <summary>Adds a form about a participant, of whom there may be many, that is checked against the participant's other records.</summary>
    /// <typeparam name="TForm">The form.</typeparam>
    /// <param name="checks">Its checks; the context holds the other records.</param>
    public FormCatalogue AddInHistory<TForm>(Func<TForm, FormContext, IEnumerable<Finding?>> checks)
        where TForm : IMessage => Add(FormSubject.Participant, checks, _ => null, _ => "", readsOthers: true);

    /// <summary>Adds a kind of record that the service derives from a participant's other records, whenever they change.</summary>
    /// <typeparam name="TForm">The derived form; a field of the record, and of no submission.</typeparam>
    /// <param name="ruleSet">Name and version of the rules. Under another name everything is derived anew.</param>
    /// <param name="derive">Derives from what is known of a participant and from the records that were sent and count. A pure function.</param>
    /// <param name="from">Kinds of records whose changes matter, such as <c>adverse_event</c>; null when all do.</param>
    /// <param name="historyOf">Kind of record of which all versions are needed; null when the latest ones do.</param>
    public FormCatalogue AddDerived<TForm>(
        string ruleSet, Func<ParticipantFacts, IReadOnlyList<CurrentRecord>, IEnumerable<DerivedForm>> derive,
        IReadOnlyCollection<string>? from = null, string? historyOf = null)
        where TForm : IMessage
    {
        var field = record.Oneofs.Single(oneof => oneof.Name == "form").Fields.Single(field => field.MessageType.ClrType == typeof(TForm));
        derivations.Add(new Derivation { Kind = field.Name, RecordField = field, RuleSet = ruleSet, Derive = derive, From = from ?? [], HistoryOf = historyOf });
        return this;
    }

    /// <summary>Expects a form of every participant at visits of the schedule.</summary>
    /// <typeparam name="TForm">The form.</typeparam>
    /// <param name="visits">The visits.</param>
    /// <param name="read">The visit that a form of the service belongs to; null when it is no such form, nor one in its place.</param>
    /// <param name="endDate">The date after which it may not be collected of a participant; null while it may. By default the end of all collection.</param>
    public FormCatalogue Expect<TForm>(
        IReadOnlyList<Visit> visits, Func<IMessage, RecordedVisit?> read, Func<ParticipantFacts, DateOnly?>? endDate = null)
        where TForm : IMessage
    {
        var field = record.Oneofs.Single(oneof => oneof.Name == "form").Fields.Single(field => field.MessageType.ClrType == typeof(TForm));
        scheduled.Add(new ScheduledForm(field.Name, visits, read, endDate ?? CollectionEnd.Of));
        return this;
    }

    /// <summary>Adds a form of which a participant has one.</summary>
    /// <typeparam name="TForm">The form.</typeparam>
    /// <param name="checks">Its checks.</param>
    /// <param name="onlyOne">What it is one of, such as <c>first infusion</c>.</param>
    /// <param name="subject">Whether it enrols the participant.</param>
    /// <param name="inHistory">Whether it is checked against the participant's other records.</param>
    public FormCatalogue AddOnlyOne<TForm>(
        Func<TForm, FormContext, IEnumerable<Finding?>> checks, Func<TForm, string> onlyOne, FormSubject subject = FormSubject.Participant,
        bool inHistory = false)
        where TForm : IMessage => Add(subject, checks, onlyOne, _ => "", inHistory);

    /// <summary>Adds the form about a site.</summary>
    /// <typeparam name="TForm">The form.</typeparam>
    /// <param name="checks">Its checks.</param>
    /// <param name="siteCode">The site's code.</param>
    public FormCatalogue AddSite<TForm>(Func<TForm, FormContext, IEnumerable<Finding?>> checks, Func<TForm, string> siteCode)
        where TForm : IMessage => Add(FormSubject.Site, checks, _ => "registration", siteCode);

    internal Form? Find(int fieldNumber) => forms.GetValueOrDefault(fieldNumber);

    internal bool IsDerived(string kind) => derivations.Exists(derivation => derivation.Kind == kind);

    /// <summary>Whether records of a kind are what senders sent.</summary>
    internal bool IsSent(string kind) => forms.Values.Any(form => form.Kind == kind);

    private FormCatalogue Add<TForm>(
        FormSubject subject, Func<TForm, FormContext, IEnumerable<Finding?>> checks, Func<TForm, string?> onlyOne, Func<TForm, string> siteCode,
        bool readsOthers = false)
        where TForm : IMessage
    {
        var field = submission.Oneofs.Single(oneof => oneof.Name == "form").Fields.Single(field => field.MessageType.ClrType == typeof(TForm));
        forms.Add(field.FieldNumber, new Form
        {
            Kind = field.Name,
            SubmissionField = field,
            RecordField = record.FindFieldByNumber(field.FieldNumber),
            Subject = subject,
            ReadsOthers = readsOthers,
            Checks = (form, context) => checks((TForm)form, context),
            OnlyOne = form => onlyOne((TForm)form),
            SiteCode = form => siteCode((TForm)form),
        });
        return this;
    }
}
