// From diagnosis over collection, bridging and infusion to what came first after it: clinical domain, 1.1.

import { MONTH, by, day, least, monthStart, most } from './records.mjs';
import { count, heading, part, piece, row, rows, summary } from './words.mjs';

// Names of the classes, and their order in a regimen: the references have the classes alone.
const CLASSES = {
  PI: 'PI', IMID: 'IMiD', ANTI_CD38: 'anti-CD38', ALKYLATOR: 'alkylator', ANTHRACYCLINE: 'anthracycline', XPO1: 'XPO1 inhibitor', HDAC: 'HDAC inhibitor', BCL2: 'BCL2 inhibitor',
  ANTI_SLAMF7: 'anti-SLAMF7', BCMA_CART: 'BCMA CAR-T', BCMA_BISPECIFIC: 'BCMA bispecific', BCMA_ADC: 'BCMA ADC', GPRC5D_BISPECIFIC: 'GPRC5D bispecific', OTHER_CART: 'other CAR-T',
  ASCT: 'ASCT', ALLO_SCT: 'allogeneic transplant', RADIOTHERAPY: 'radiotherapy', SURGERY: 'surgery', OTHER: 'other', STEROID: 'steroid',
};

// A steroid goes with almost everything, and names a regimen only when it is alone.
export function regimen(treatments) {
  const given = Object.keys(CLASSES).filter(name => treatments.some(one => one.therapyClass === `THERAPY_CLASS_${name}`));
  const named = given.length > 1 ? given.filter(name => name !== 'STEROID') : given;
  return named.length === 0 ? 'class not known' : named.map(name => CLASSES[name]).join(' + ');
}

const first = (one, kind) => one.forms[kind]?.[0] ?? {};
const days = (from, to) => from === null || to === null || !Number.isFinite(from) || !Number.isFinite(to) || to < from ? null : to - from;

// The collection that the product was made of, by the contract of the profile: the last successful one before the infusion, or the last whose outcome is
// not known when none is called successful.
function collection(one) {
  const all = (one.forms.leukapheresis ?? []).map(form => ({ date: day(form.collectionDate), outcome: form.collectionOutcome })).filter(each => each.date !== null && each.date <= one.infusion);
  const of = outcome => most(all.filter(each => each.outcome === outcome).map(each => each.date));
  return Number.isFinite(of('COLLECTION_OUTCOME_SUCCESS')) ? of('COLLECTION_OUTCOME_SUCCESS') : of('COLLECTION_OUTCOME_UNSPECIFIED');
}
const depletion = one => least((one.forms.lymphodepletion ?? []).flatMap(form => form.doses.map(dose => day(dose.doseDate))).filter(date => date !== null && date <= one.infusion));
const diagnosis = one => { const { diagnosisDate } = first(one, 'myeloma_history'); return day(diagnosisDate) ?? (monthStart(diagnosisDate) === null ? null : monthStart(diagnosisDate) + 14); };
const discharge = one => (one.forms.hospital_stay ?? []).filter(stay => stay.kind === 'KIND_INDEX').map(stay => day(stay.dischargeDate))[0] ?? null;
function washout(one) {
  const last = [...(one.forms.prior_line ?? [])].sort(by(line => line.lineNumber)).at(-1);
  const doses = (last?.treatments ?? []).map(drug => drug.lastDoseDate);
  const end = doses.some(text => text && day(text) === null) ? null : most(doses.filter(Boolean).map(day));
  return days(end, least((one.forms.leukapheresis ?? []).map(form => day(form.collectionDate))));
}
const bridged = one => (one.forms.bridging ?? []).some(form => !form.secondInfusion && form.given === 'YES_NO_UNKNOWN_YES');
const next = one => (one.forms.subsequent_therapy ?? []).filter(form => day(form.startDate) !== null && day(form.startDate) > one.infusion).sort(by(form => form.startDate))[0];

const REASONS = { PD: 'Progression', MRD: 'Minimal residual disease', MAINTENANCE: 'Maintenance', CONSOLIDATION: 'Consolidation', OTHER: 'Other' };

export function treatment(columns) {
  const told = (label, test) => row(label, columns, list => part(list.filter(test).length, list.length));
  const distribution = (label, of) => row(label, columns, list => summary(list.map(of).filter(value => value !== null && value !== undefined)));
  return {
    lines: [
      heading(columns),
      distribution('Diagnosis to infusion, months', one => { const known = days(diagnosis(one), one.infusion); return known === null ? null : known / MONTH; }),
      distribution('Enrolment to leukapheresis, days', one => days(day(first(one, 'participation').enrolmentDate), collection(one))),
      distribution('Leukapheresis to infusion, days', one => days(collection(one), one.infusion)),
      distribution('Leukapheresis to lymphodepletion, days', one => days(collection(one), depletion(one))),
      distribution('Lymphodepletion to infusion, days', one => days(depletion(one), one.infusion)),
      distribution('Infusion to discharge, days', one => days(one.infusion, discharge(one))),
      distribution('Last therapy to leukapheresis, days', washout),
      told('Bridging therapy', bridged), told('Lymphodepletion recorded', one => (one.forms.lymphodepletion ?? []).some(form => !form.secondInfusion)),
      distribution('Dose, 10⁶ CAR⁺ T cells/kg', ({ infusions: [first] }) => first.doseMillionCells && first.bodyMassKg ? first.doseMillionCells / first.bodyMassKg : null),
      ...rows({ INPATIENT: 'Inpatient', OUTPATIENT: 'Outpatient' }, columns, one => (one.infusions[0].setting ?? '').replace('SETTING_', '')),
      told('Product out of specification', one => (one.forms.leukapheresis ?? []).some(form => !form.secondInfusion && form.manufacturingOutcome === 'MANUFACTURING_OUTCOME_OUT_OF_SPECIFICATION')),
      told('Second infusion', one => one.infusions.some(form => form.secondInfusion)), told('New therapy after infusion', next),
      distribution('Infusion to new therapy, days', one => next(one) ? day(next(one).startDate) - one.infusion : null),
      ...rows(REASONS, columns, one => (next(one)?.reason ?? '').replace('REASON_', '')),
    ],
  };
}

const capital = text => text[0].toUpperCase() + text.slice(1);

// The references do not know this table; its stages are those that its method names.
const STAGES = {
  'Last line of therapy before': one => {
    const last = [...(one.forms.prior_line ?? [])].sort(by(line => line.lineNumber)).at(-1);
    return last ? capital(regimen(last.treatments)) : 'No line recorded';
  },
  'Bridging therapy': one => {
    const forms = (one.forms.bridging ?? []).filter(form => !form.secondInfusion);
    const given = forms.filter(form => form.given === 'YES_NO_UNKNOWN_YES');
    return given.length > 0 ? capital(regimen(given.flatMap(form => form.treatments))) : forms.some(form => form.given === 'YES_NO_UNKNOWN_NO') ? 'No bridging' : 'Bridging not known';
  },
  Infusion: () => 'Eque-cel',
  'First after the infusion': one => {
    if (Number.isFinite(one.therapy) && !(one.death !== null && one.death < one.therapy)) {
      const begun = (one.forms.subsequent_therapy ?? []).filter(form => day(form.startDate) === one.therapy);
      return begun.length > 0 ? capital(regimen(begun.flatMap(form => form.treatments))) : 'Second infusion';
    }
    if (one.death !== null) return 'Death';
    if (one.pd !== null) return 'Progression, no therapy yet';
    if (one.adequate.length === 0) return 'Not assessed yet';
    return one.adequate.at(-1).rank >= 4 ? 'In response' : 'Without response or progression';
  },
};

// Most frequent first; equal ones in the order of their names as the report's rows have them.
const key = text => Object.entries(CLASSES)
  .reduce((left, [name, label]) => left.replaceAll(capital(label), label).replaceAll(label, name.toLowerCase().replaceAll('_', '-')), text)
  .replaceAll(' + ', '+').replaceAll(' → ', '>').toLowerCase();

function ranked(list, of) {
  const found = new Map();
  for (const one of list) found.set(of(one), (found.get(of(one)) ?? 0) + 1);
  return [...found].sort(([a, x], [b, y]) => y - x || by(key)(a, b)).map(([label]) => label);
}

export function treatmentFlow(columns) {
  const [, all] = columns[0];
  const stages = Object.entries(STAGES);
  const told = (label, of) => row(label, columns, list => part(list.filter(one => of(one) === label).length, list.length));
  const short = text => text.length <= 22 ? text : `${text.slice(0, 22)}…`;
  const nodes = stages.map(([name, of]) => {
    const order = ranked(all, of);
    const n = labels => count(all.filter(one => labels.includes(of(one))).length);
    return [name, [...order.slice(0, 7).map(label => [short(label), n([label])]), ...order.length > 7 ? [['Others', n(order.slice(7))]] : []]];
  });
  const words = `${nodes.map(([name, list]) => `${name}: ${list.map(one => one.join(' ')).join(', ')}`).join('; ')}.`;
  return {
    lines: [
      words, words, heading(columns), ...stages.flatMap(([, of]) => ranked(all, of).map(label => told(label, of))),
      ...stages.slice(1).flatMap(([, to], i) => { const of = one => `${stages[i][1](one)} → ${to(one)}`; return ranked(all, of).map(label => told(label, of)); }),
    ],
    figures: {
      'treatment-flow-wide': nodes.flatMap(([, list]) => list.map(one => piece([one.join(' ')]))),
      'treatment-flow-narrow': nodes.flatMap(([, list]) => list.map(one => piece(one))),
    },
  };
}
