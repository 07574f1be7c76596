// Usage: node recompute.mjs FOLDER
//
// Recomputes the main numbers of the study report from the records as the feeds of the four capture services give them
// (SERVICE.ndjson in FOLDER, a change a line), by the study's analysis plan, rule set RWS-1, and prints them as
// [{ part, row, column, cell }]: the text of a cell in a row of a part of the report. Column 0 is the first after the label.
// It shares nothing with the product but the contracts: neither code nor libraries.

import { readFileSync } from 'node:fs';
import { clopperPearson, curve, incidenceAt, quantile, quantileOf, tQuantile } from './statistics.mjs';

const DAY = 86_400_000;
const MONTH = 30.4375;

// Records: the latest version of each that is active.
const latest = new Map();
for (const service of ['enrolment', 'assessment', 'safety', 'questionnaire']) {
  for (const line of readFileSync(`${process.argv[2]}/${service}.ndjson`, 'utf8').split('\n').filter(Boolean)) {
    const { record } = JSON.parse(line);
    if (!record) continue;
    const known = latest.get(record.header.recordId);
    if (!known || known.header.version < record.header.version) latest.set(record.header.recordId, record);
  }
}

const camel = kind => kind.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
const people = new Map();
for (const record of latest.values()) {
  const { participant, kind, state, recordId } = record.header;
  const form = record[camel(kind)];
  if (!participant || state !== 'RECORD_STATE_ACTIVE' || !form) continue;
  if (!people.has(participant)) people.set(participant, {});
  (people.get(participant)[kind] ??= []).push({ ...form, recordId });
}

// Dates as whole days since 1970; an instant is of the day that it has in China.
const day = text => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '') ? Date.parse(`${text}T00:00:00Z`) / DAY : null;
const dayInChina = instant => Math.floor((Date.parse(instant) + 8 * 3_600_000) / DAY);
const monthStart = text => /^\d{4}-\d{2}$/.test(text ?? '') ? Date.parse(`${text}-01T00:00:00Z`) / DAY : null;
const monthEnd = text => { const [year, month] = text.split('-').map(Number); return Date.UTC(year, month, 0) / DAY; };

const ORDER = ['NOT_EVALUABLE', 'PROGRESSIVE_DISEASE', 'STABLE_DISEASE', 'MINIMAL', 'PARTIAL', 'VERY_GOOD_PARTIAL', 'COMPLETE', 'STRINGENT_COMPLETE'];
const level = response => ORDER.indexOf((response ?? '').replace('RESPONSE_', ''));
const CERTAIN = ['MARROW', 'NEW_LESION', 'LESION_GROWTH'].map(name => `PROGRESSION_REASON_${name}`);

// Contacts that prove life, and the field that dates them.
const CONTACTS = {
  follow_up: 'lastKnownAliveDate', disease_assessment: 'responseDate', adverse_event: 'onsetDate', toxicity_day: 'date', hospital_stay: 'admissionDate',
  healthcare_encounter: 'date', prescription: 'startDate', transfusion: 'date', immunoglobulin_infusion: 'date', subsequent_therapy: 'startDate', questionnaire_scores: 'completionDate',
};

const subjects = [];
for (const [participant, forms] of [...people].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const infusions = (forms.infusion ?? []).filter(one => one.startTime).sort((a, b) => (a.startTime < b.startTime ? -1 : 1));
  if (infusions.length === 0) continue;
  const infusion = dayInChina(infusions[0].startTime);
  const alive = Math.max(...Object.entries(CONTACTS).flatMap(([kind, field]) => (forms[kind] ?? []).map(one => day(one[field])).filter(date => date !== null)), -Infinity);

  const written = (forms.death ?? []).map(one => one.deathDate).find(date => day(date) !== null || monthStart(date) !== null);
  let death = written ? day(written) : null;
  if (written && death === null) death = Math.min(Math.max(monthStart(written) + 14, alive + 1, infusion), monthEnd(written));
  if (death !== null && death < infusion) continue;

  // Adequate assessments after the infusion, one a day; progression outweighs.
  const byDay = new Map();
  for (const one of forms.disease_assessment ?? []) {
    const [date, rank] = [day(one.responseDate), level(one.investigatorResponse)];
    if (date === null || date <= infusion || rank < 1) continue;
    const same = byDay.get(date) ?? { date, ranks: [], certain: false };
    same.ranks.push(rank);
    same.certain ||= rank === 1 && (one.progressionReasons ?? []).some(reason => CERTAIN.includes(reason));
    byDay.set(date, same);
  }
  const adequate = [...byDay.values()].sort((a, b) => a.date - b.date).map(one => ({ ...one, pd: one.ranks.includes(1), rank: one.ranks.includes(1) ? 1 : Math.max(...one.ranks) }));
  const firstPd = adequate.findIndex(one => one.pd);
  const pd = adequate.find((one, i) => one.pd && (one.certain || i === adequate.length - 1 || adequate[i + 1].pd))?.date ?? null;
  const starts = [...(forms.subsequent_therapy ?? []).map(one => day(one.startDate)), ...infusions.slice(1).map(one => dayInChina(one.startTime))];
  const therapy = Math.min(...starts.filter(date => date !== null && date >= infusion), Infinity);

  subjects.push({ participant, forms, infusion, infusionTime: infusions[0].startTime, alive, death, adequate, used: firstPd < 0 ? adequate : adequate.slice(0, firstPd + 1), pd, therapy });
}

const N = subjects.length;
const out = [];
const tell = (part, row, cell, column = 0) => out.push({ part, row, column, cell });

// Numbers as the report writes them.
const round = (value, digits) => (Math.sign(value) * Math.round(Math.abs(value) * 10 ** digits * (1 + 1e-14))) / 10 ** digits;
const percent = share => round(100 * share, 1).toFixed(1);
const count = number => number.toLocaleString('en-US');
const number = value => { const text = `${round(value, Math.abs(value) < 10 ? 2 : 1)}`; return text.replace('-', '\u2212'); };

const share = (x, n = N) => { const [low, high] = clopperPearson(x, n); return `${count(x)} (${percent(x / n)} %; ${percent(low)}–${percent(high)})`; };

function summary(values) {
  if (values.length === 0) return 'not estimable: no values';
  const sorted = [...values].sort((a, b) => a - b);
  return `${number(quantile(sorted, 0.5))} (${number(quantile(sorted, 0.25))}–${number(quantile(sorted, 0.75))}); ${number(sorted[0])}–${number(sorted.at(-1))}; n = ${count(sorted.length)}`;
}

// Best overall response within 24 weeks.
const best = subjects.map(one => Math.max(0, ...one.used.filter(assessed => assessed.date <= one.infusion + 168 && assessed.date <= one.therapy).map(assessed => assessed.rank)));
const atLeast = rank => best.filter(one => one >= rank).length;
tell('best-response', 'Overall response rate (sCR, CR, VGPR or PR)', share(atLeast(4)));
tell('best-response', 'Complete response rate (sCR or CR)', share(atLeast(6)));
tell('best-response', 'VGPR or better', share(atLeast(5)));
['Not evaluable (NE)', 'Progressive disease (PD)', 'Stable disease (SD)', 'Minimal response (MR)', 'Partial response (PR)', 'Very good partial response (VGPR)', 'Complete response (CR)', 'Stringent complete response (sCR)']
  .forEach((row, rank) => tell('best-response', row, share(best.filter(one => one === rank).length)));

// Time to response: recorded, before progression, death and new therapy.
function toResponse(one, rank) {
  const end = Math.min(one.used.find(assessed => assessed.pd)?.date ?? Infinity, one.death ?? Infinity, one.therapy);
  const first = one.used.find(assessed => assessed.rank >= rank && assessed.date <= one.therapy && !(one.death !== null && assessed.date > one.death));
  if (first) return { days: first.date - one.infusion + 1, outcome: 1 };
  if (Number.isFinite(end)) return { days: end - one.infusion + 1, outcome: 2 };
  return { days: (one.adequate.at(-1)?.date ?? one.infusion) - one.infusion + 1, outcome: 0 };
}
for (const [rank, who, time] of [
  [4, 'Responders (PR or better)', 'Time to response, days'], [6, 'Complete responders (CR or sCR)', 'Time to complete response, days'],
]) {
  const times = subjects.map(one => toResponse(one, rank));
  const responded = times.filter(one => one.outcome === 1);
  tell('time-to-response', who, share(responded.length));
  tell('time-to-response', time, summary(responded.map(one => one.days)));
  incidence(times, rank === 4 ? 0 : 2);
}

function incidence(times, column) {
  for (const month of [0, 3, 6]) {
    const { share: F, lower, upper } = incidenceAt(times, month * MONTH);
    tell('incidence', `${month}`, count(times.filter(one => one.days >= month * MONTH).length), column);
    tell('incidence', `${month}`, `${percent(F)} % (${lower === null ? 'NE' : `${percent(lower)}–${percent(upper)}`})`, column + 1);
  }
}

function survival(part, times) {
  const rows = curve(times);
  tell(part, 'Events', count(times.filter(one => one.event).length));
  tell(part, 'Censored', count(times.filter(one => !one.event).length));
  for (const p of [0.25, 0.5, 0.75]) {
    const [middle, low, high] = ['s', 'lower', 'upper'].map(which => quantileOf(rows, p, which));
    const months = days => days === null ? 'NE' : percent(days / MONTH / 100);
    tell(part, `${100 * p} % had the event by`, middle === null ? 'not estimable: not reached' : `${months(middle)} (${months(low)}–${months(high)})`);
  }
  for (const month of [3, 6, 9, 12]) {
    const at = month * MONTH;
    const row = rows.filter(one => one.t <= at).at(-1) ?? { s: 1, lower: null };
    tell(part, `${month}`, count(times.filter(one => one.days >= at).length));
    if (at > rows.at(-1).t && row.s > 0) tell(part, `${month}`, 'not estimable: beyond last follow-up', 1);
    else tell(part, `${month}`, `${percent(row.s)} % (${row.lower === null ? 'NE' : `${percent(row.lower)}–${percent(row.upper)}`})`, 1);
  }
}

survival('progression-free-survival', subjects.map(one => {
  const end = Math.min(one.pd ?? Infinity, one.death ?? Infinity);
  return Number.isFinite(end)
    ? { days: end - one.infusion + 1, event: true }
    : { days: Math.max(1, (one.adequate.at(-1)?.date ?? one.infusion) - one.infusion + 1), event: false };
}));
survival('overall-survival', subjects.map(one => one.death !== null
  ? { days: one.death - one.infusion + 1, event: true }
  : { days: Math.max(1, (Number.isFinite(one.alive) ? one.alive : one.infusion) - one.infusion + 1), event: false }));

// Adverse events: onset from the infusion to 168 days after it.
function emergent(one) {
  return (one.forms.adverse_event ?? []).filter(event => {
    const month = monthStart(event.onsetDate);
    let onset = day(event.onsetDate) ?? (month === null ? null : month <= one.infusion && one.infusion <= monthEnd(event.onsetDate) ? one.infusion : month);
    if (onset === null) return false;
    const before = onset < one.infusion || (onset === one.infusion && event.onsetTime && Date.parse(event.onsetTime) < Date.parse(one.infusionTime) && dayInChina(event.onsetTime) === onset);
    if (before) return event.gradeBeforeInfusion !== undefined && event.grade > event.gradeBeforeInfusion;
    return onset <= one.infusion + 168;
  });
}
const CAUSAL = ['RELATED', 'PROBABLE', 'POSSIBLE', 'NOT_ASSESSABLE'].map(name => `CAUSALITY_${name}`);
const related = event => (event.causes ?? []).some(one => one.cause === 'CAUSE_EQUE_CEL' && CAUSAL.includes(one.causality));
const events = subjects.map(emergent);
const having = test => events.filter(list => list.some(test)).length;
for (const [row, test] of [
  ['Any adverse event', () => true], ['Related to eque-cel', related], ['Grade 3 or more', event => event.grade >= 3], ['Grade 3 or more, related', event => event.grade >= 3 && related(event)],
  ['Serious', event => event.serious], ['Serious, related', event => event.serious && related(event)], ['Fatal (grade 5)', event => event.grade === 5],
  ['Cytokine release syndrome (ASTCT)', event => event.specialInterest === 'SPECIAL_INTEREST_CRS'], ['Neurotoxicity, ICANS (ASTCT)', event => event.specialInterest === 'SPECIAL_INTEREST_ICANS'],
  ['Prolonged cytopenia', event => event.specialInterest === 'SPECIAL_INTEREST_PROLONGED_CYTOPENIA'], ['Serious infection', event => event.specialInterest === 'SPECIAL_INTEREST_SERIOUS_INFECTION'],
]) tell('adverse-events', row, share(having(test)));
for (const interest of ['CRS', 'ICANS']) {
  for (let grade = 1; grade <= 5; grade++) {
    tell('adverse-events', `Worst grade ${grade}`, share(events.filter(list => {
      const grades = list.filter(event => event.specialInterest === `SPECIAL_INTEREST_${interest}`).map(event => event.grade ?? 0);
      return grades.length > 0 && Math.max(...grades) === grade;
    }).length));
  }
}

const terms = new Map();
for (const list of events) {
  const worst = new Map();
  for (const event of list) {
    const term = (event.coding?.pt || event.term).trim().toLowerCase();
    const known = worst.get(term) ?? { grade: 0, serious: false, related: false };
    worst.set(term, { grade: Math.max(known.grade, event.grade ?? 0), serious: known.serious || Boolean(event.serious), related: known.related || related(event) });
  }
  for (const [term, one] of worst) terms.set(term, [...(terms.get(term) ?? []), one]);
}
for (const [term, list] of terms) {
  const row = term[0].toUpperCase() + term.slice(1);
  tell('terms', row, `${count(list.length)} (${percent(list.length / N)} %)`);
  for (let grade = 1; grade <= 5; grade++) tell('terms', row, count(list.filter(one => one.grade === grade).length), 2 + grade);
  tell('terms', row, count(list.filter(one => one.grade >= 3).length), 8);
  tell('terms', row, count(list.filter(one => one.serious).length), 9);
  tell('terms', row, count(list.filter(one => one.related).length), 10);
}

// Deaths.
const dead = subjects.filter(one => one.death !== null);
const after = one => one.death - one.infusion;
const CAUSES = {
  PROGRESSIVE_DISEASE: 'Progression of the myeloma', ADVERSE_EVENT: 'Adverse event', INFECTION: 'Infection', SECONDARY_MALIGNANCY: 'Second cancer', CARDIOVASCULAR: 'Cardiovascular', OTHER: 'Other',
};
tell('deaths', 'Died', share(dead.length));
tell('deaths', 'Related to eque-cel', share(dead.filter(one => CAUSAL.includes(one.forms.death[0].causality)).length));
tell('deaths', 'Without prior progression', share(dead.filter(one => one.pd === null || one.pd >= one.death).length));
tell('deaths', 'Up to 30 days after infusion', share(dead.filter(one => after(one) <= 30).length));
tell('deaths', '31 to 100 days', share(dead.filter(one => after(one) > 30 && after(one) <= 100).length));
tell('deaths', 'Later', share(dead.filter(one => after(one) > 100).length));
for (const [cause, row] of Object.entries(CAUSES)) tell('deaths', row, share(dead.filter(one => one.forms.death[0].primaryCause === `CAUSE_${cause}`).length));

// Second cancers, without end.
const cancers = subjects.map(one => (one.forms.secondary_malignancy ?? []).filter(cancer => (day(cancer.diagnosisDate) ?? Math.max(monthStart(cancer.diagnosisDate), one.infusion)) >= one.infusion));
tell('second-cancers', 'Any second cancer', share(cancers.filter(list => list.length > 0).length));
for (const [category, row] of Object.entries({ SOLID: 'Solid tumour', MYELOID: 'Myeloid (MDS, AML)', T_CELL: 'T cell', OTHER_HAEMATOLOGICAL: 'Other haematological', NON_MELANOMA_SKIN: 'Skin, other than melanoma' })) {
  tell('second-cancers', row, share(cancers.filter(list => list.some(cancer => cancer.category === `CATEGORY_${category}`)).length));
}

// Hospital stays that reach the infusion or begin after it.
const stays = subjects.map(one => (one.forms.hospital_stay ?? []).filter(stay => day(stay.admissionDate) !== null && !(day(stay.dischargeDate) !== null && day(stay.dischargeDate) < one.infusion)));
tell('hospital-stays', 'Any stay', share(stays.filter(list => list.length > 0).length));
tell('hospital-stays', 'Stay other than the one of the infusion', share(stays.filter(list => list.some(stay => stay.kind !== 'KIND_INDEX')).length));
tell('hospital-stays', 'Stays', count(stays.flat().length));
for (const [reason, row] of Object.entries({ PLANNED_CART: 'Planned, for eque-cel', ADVERSE_EVENT: 'Adverse event', INFECTION: 'Infection', PROGRESSIVE_DISEASE: 'Progression', SUPPORTIVE_CARE: 'Supportive care' })) {
  tell('hospital-stays', row, count(stays.flat().filter(stay => stay.reason === `REASON_${reason}`).length));
}

// Quality of life: mean change with t interval. The visit that a form counts for is Questionnaire's; the scores of the items are made anew here.
const raw = new Map([...latest.values()].filter(record => record.qlqC30).map(record => [record.header.recordId, record.qlqC30]));
const VISITS = ['WEEK_4', 'WEEK_8', 'WEEK_12', 'WEEK_24'];
function scoresOf(one, visit, value) {
  return (one.forms.questionnaire_scores ?? []).filter(scores => scores.assignedVisit === `VISIT_${visit}`)
    .sort((a, b) => (a.completionDate < b.completionDate ? -1 : 1)).map(value).find(score => score !== null && score !== undefined) ?? null;
}
for (const [row, value] of [
  ['Global health status (QL2)', scores => items(scores, [29, 30], ([...given]) => ((given.reduce((a, b) => a + b) / given.length - 1) / 6) * 100)],
  ['Physical functioning (PF2)', scores => items(scores, [1, 2, 3, 4, 5], given => (1 - (given.reduce((a, b) => a + b) / given.length - 1) / 3) * 100)],
  ['Fatigue (FA)', scores => items(scores, [10, 12, 18], given => ((given.reduce((a, b) => a + b) / given.length - 1) / 3) * 100)],
  ['Pain (PA)', scores => items(scores, [9, 19], given => ((given.reduce((a, b) => a + b) / given.length - 1) / 3) * 100)],
  ['EQ-5D index', scores => scores.indexValue], ['EQ VAS', scores => scores.vasScore],
]) {
  const baseline = subjects.map(one => scoresOf(one, 'BASELINE', value));
  const known = baseline.filter(score => score !== null);
  tell('quality-of-life', row, `${number(known.reduce((a, b) => a + b, 0) / known.length)}; n = ${count(known.length)}`);
  VISITS.forEach((visit, i) => {
    const changes = subjects.map((one, j) => [baseline[j], scoresOf(one, visit, value)]).filter(([a, b]) => a !== null && b !== null).map(([a, b]) => b - a);
    const [n, mean] = [changes.length, changes.reduce((a, b) => a + b, 0) / changes.length];
    const half = (tQuantile(n - 1) * Math.sqrt(changes.reduce((sum, change) => sum + (change - mean) ** 2, 0) / (n - 1))) / Math.sqrt(n);
    tell('quality-of-life', row, `${number(mean)} (${number(mean - half)} to ${number(mean + half)}); n = ${count(n)}`, 1 + i);
  });
}

function items(scores, numbers, score) {
  const form = raw.get(scores.questionnaireRecordId);
  const given = form && numbers.map(item => form.answers.find(one => one.item === item)?.score).filter(answer => answer > 0);
  return given && given.length * 2 >= numbers.length ? score(given) : null;
}

// Who they are.
const sex = name => subjects.filter(one => one.forms.participation?.[0]?.sex === `SEX_${name}`).length;
tell('baseline', 'Male', `${count(sex('MALE'))} (${percent(sex('MALE') / N)} %)`);
tell('baseline', 'Female', `${count(sex('FEMALE'))} (${percent(sex('FEMALE') / N)} %)`);

console.log(JSON.stringify(out));
