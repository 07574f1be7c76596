// Adverse events, deaths and second cancers: analysis plan, survival methods 12.7, clinical domain 3.7 and 3.10.

import { by, completed, day, least, most, sum } from './records.mjs';
import { emergent, isCausal, notDated, observedUntil, related } from './subjects.mjs';
import { bars, count, gradeBars, heading, line, part, rate, row, rows, share, summary } from './words.mjs';

const SUMS = [
  ['Any adverse event', () => true], ['Related to eque-cel', related], ['Grade 3 or more', event => event.grade >= 3], ['Grade 3 or more, related', event => event.grade >= 3 && related(event)],
  ['Serious', event => event.serious], ['Serious, related', event => event.serious && related(event)], ['Fatal (grade 5)', event => event.grade === 5],
];
const INTERESTS = {
  CRS: 'Cytokine release syndrome (ASTCT)', ICANS: 'Neurotoxicity, ICANS (ASTCT)', IEC_HS: 'Hyperinflammation, IEC-HS', PROLONGED_CYTOPENIA: 'Prolonged cytopenia',
  SERIOUS_INFECTION: 'Serious infection', HBV_REACTIVATION: 'Hepatitis B reactivation', HYPOGAMMAGLOBULINAEMIA: 'Hypogammaglobulinaemia', OTHER_NEUROTOXICITY: 'Other neurotoxicity',
  TLS: 'Tumour lysis syndrome', INFUSION_REACTION: 'Infusion reaction', SECONDARY_MALIGNANCY: 'Second cancer',
};
const GRADES = [1, 2, 3, 4, 5];

export const having = (list, test) => list.filter(one => emergent(one).some(test)).length;
export const isOf = interest => event => event.specialInterest === `SPECIAL_INTEREST_${interest}`;

const eventsOf = (one, interest) => emergent(one).filter(isOf(interest)).sort((a, b) => a.onset - b.onset);
const worst = (list, interest, grade) => list.filter(one => most(eventsOf(one, interest).map(event => event.grade ?? 0)) === grade).length;

export function adverseEvents(columns) {
  const [, all] = columns[0];
  const sums = bars('adverse-events-sums', SUMS.map(([label, test]) => [label, share(having(all, test), all.length), part(having(all, test), all.length)]));
  const syndromes = gradeBars('adverse-events-syndromes', ['CRS', 'ICANS'].map(interest =>
    [INTERESTS[interest], part(having(all, isOf(interest)), all.length), GRADES.map(grade => worst(all, interest, grade))]));
  const told = (label, test) => row(label, columns, list => share(having(list, test), list.length));
  return {
    lines: [
      ...sums.lines, ...syndromes.lines, heading(columns),
      ...SUMS.map(([label, test]) => told(label, test)),
      row('Onset not known to the month, not counted in any other row', columns, list => share(list.filter(one => notDated(one).length > 0).length, list.length)),
      ...Object.entries(INTERESTS).flatMap(([interest, label]) => [told(label, isOf(interest)), ...interest === 'CRS' || interest === 'ICANS' ? syndrome(columns, interest, told) : []]),
    ],
    figures: { ...sums.figures, ...syndromes.figures },
  };
}

function syndrome(columns, interest, told) {
  const first = list => list.map(one => ({ one, event: eventsOf(one, interest)[0] })).filter(({ event }) => event?.exact);
  const treatedWith = kind => event => isOf(interest)(event) && (event.treatments ?? []).some(treatment => treatment.kind === `TREATMENT_KIND_${kind}`);
  return [
    ...GRADES.map(grade => row(`Worst grade ${grade}`, columns, list => share(worst(list, interest, grade), list.length))),
    row('Onset after infusion, days', columns, list => summary(first(list).map(({ one, event }) => event.onset - one.infusion))),
    row('Duration, days', columns, list => summary(first(list).filter(({ event }) => day(event.endDate) !== null).map(({ event }) => day(event.endDate) - event.onset + 1))),
    told('Treated with tocilizumab', treatedWith('TOCILIZUMAB')), told('Treated with a corticosteroid', treatedWith('STEROID')),
  ];
}

/** Rates over the days from the infusion to death or last contact, at most 168 after it: of participants to their first event, and of all events. */
export function adverseEventRates(columns) {
  const days = one => observedUntil(one, 168) - one.infusion + 1;
  const observed = (one, test) => emergent(one).filter(event => test(event) && event.onset <= observedUntil(one, 168));
  const toFirst = (one, test) => Math.min(days(one), least(observed(one, test).map(event => event.onset)) - one.infusion + 1);
  const kinds = [...SUMS, ...Object.entries(INTERESTS).map(([interest, label]) => [label, isOf(interest)])];
  return {
    lines: [
      'Events: rate per 100 person-months (interval). Days: median (quartiles); range; number of values.', heading(columns),
      row('Time under observation, days', columns, list => summary(list.map(days))),
      ...kinds.map(([label, test]) => row(label, columns, list => rate(list.filter(one => observed(one, test).length > 0).length, sum(list.map(one => toFirst(one, test)))))),
      ...kinds.map(([label, test]) => row(label, columns, list => rate(sum(list.map(one => observed(one, test).length)), sum(list.map(days))))),
    ],
  };
}

export function terms(columns) {
  // Once a participant and term, at the worst grade; the supplied preferred term, else the site's words.
  const found = list => {
    const terms = new Map();
    for (const one of list) {
      const own = new Map();
      for (const event of emergent(one)) {
        const term = (event.coding?.pt || event.term).trim().toLowerCase();
        own.set(term, [...(own.get(term) ?? []), event]);
      }
      for (const [term, events] of own) {
        const worst = { grade: most(events.map(event => event.grade ?? 0)), serious: events.some(event => event.serious), related: events.some(related) };
        terms.set(term, [...(terms.get(term) ?? []), worst]);
      }
    }
    return terms;
  };
  const groups = columns.map(([name, list]) => ({ name, n: list.length, terms: found(list) }));
  const ordered = [...groups[0].terms].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  const label = term => term[0].toUpperCase() + term.slice(1);
  const drawn = gradeBars('terms-bars', ordered.slice(0, 20).map(([term, list]) => [label(term), part(list.length, groups[0].n), GRADES.map(grade => list.filter(one => one.grade === grade).length)]));
  return {
    lines: [
      ...drawn.lines,
      ...ordered.length > 20 ? [`The 20 most frequent of ${ordered.length} terms, by worst grade; the numbers count participants. The table has all terms.`] : [],
      line('Term', heading(columns), ...GRADES.map(grade => `Grade ${grade}`), 'Grade 3 or more', 'Serious', 'Related'),
      ...ordered.map(([term, list]) => line(
        label(term), ...groups.map(group => part(group.terms.get(term)?.length ?? 0, group.n)), ...GRADES.map(grade => count(list.filter(one => one.grade === grade).length)),
        count(list.filter(one => one.grade >= 3).length), count(list.filter(one => one.serious).length), count(list.filter(one => one.related).length))),
      line('Term', ...groups.slice(1).flatMap(({ name }) => ['grade 3 or more', 'serious', 'related'].map(sort => `${name}: ${sort}`))),
      ...ordered.map(([term]) => line(label(term), ...groups.slice(1).flatMap(({ terms: own }) => [one => one.grade >= 3, one => one.serious, one => one.related]
        .map(test => count((own.get(term) ?? []).filter(test).length))))),
    ],
    figures: drawn.figures,
  };
}

const CAUSES = {
  PROGRESSIVE_DISEASE: 'Progression of the myeloma', ADVERSE_EVENT: 'Adverse event', INFECTION: 'Infection', SECONDARY_MALIGNANCY: 'Second cancer',
  CARDIOVASCULAR: 'Cardiovascular', OTHER: 'Other', UNKNOWN: 'Unknown',
};

export function deaths(columns) {
  const told = (label, test) => row(label, columns, list => share(list.filter(one => one.death !== null && test(one, one.death - one.infusion)).length, list.length));
  return {
    lines: [
      heading(columns), told('Died', () => true), told('Related to eque-cel', one => isCausal(one.forms.death[0].causality)),
      told('Without prior progression', one => one.pd === null || one.pd >= one.death),
      told('Up to 30 days after infusion', (_, after) => after <= 30), told('31 to 100 days', (_, after) => after > 30 && after <= 100), told('Later', (_, after) => after > 100),
      ...rows(CAUSES, columns, one => one.death === null ? null : (one.forms.death[0].primaryCause ?? '').replace('CAUSE_', ''), share),
    ],
  };
}

const CATEGORIES = { SOLID: 'Solid tumour', MYELOID: 'Myeloid (MDS, AML)', T_CELL: 'T cell', OTHER_HAEMATOLOGICAL: 'Other haematological', NON_MELANOMA_SKIN: 'Skin, other than melanoma' };

export function secondCancers(columns) {
  const cancers = one => (one.forms.secondary_malignancy ?? []).map(cancer => ({ ...cancer, date: completed(cancer.diagnosisDate, one.infusion) }))
    .filter(cancer => cancer.date !== null && cancer.date >= one.infusion).sort(by(cancer => cancer.date));
  // Without end: time to the first one, or to death or the last contact.
  const observed = one => {
    const [end, first] = [observedUntil(one, Infinity), cancers(one)[0]];
    return first && first.date <= end ? { days: first.date - one.infusion + 1, first } : { days: end - one.infusion + 1 };
  };
  const told = (label, test) => row(label, columns, list => share(list.filter(one => cancers(one).some(test)).length, list.length));
  const results = cancer => (cancer.samples ?? []).flatMap(sample => sample.tests ?? []).filter(test => test.kind === 'TEST_KIND_CAR_TRANSGENE').map(test => test.result.replace('TEST_RESULT_', ''));
  return {
    lines: [
      heading(columns), told('Any second cancer', () => true),
      row('Rate per 100 person-months', columns, list => rate(list.filter(one => observed(one).first).length, sum(list.map(one => observed(one).days)))),
      row('From infusion to diagnosis, days', columns, list => summary(list.filter(one => observed(one).first).map(one => observed(one).first.date - one.infusion))),
      ...Object.entries(CATEGORIES).map(([category, label]) => told(label, cancer => cancer.category === `CATEGORY_${category}`)),
      told('Sample taken', cancer => cancer.sampleTaken), told('CAR transgene found', cancer => results(cancer).includes('POSITIVE')),
      told('CAR transgene not found', cancer => !results(cancer).includes('POSITIVE') && results(cancer).includes('NEGATIVE')),
    ],
  };
}
