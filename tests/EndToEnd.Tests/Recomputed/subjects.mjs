// The infused participants, and what the endpoints need of each: analysis plan and survival methods, section 12.

import { by, completed, day, dayInChina, least, monthEnd, monthStart, most } from './records.mjs';

export const CATEGORIES = ['NOT_EVALUABLE', 'PROGRESSIVE_DISEASE', 'STABLE_DISEASE', 'MINIMAL', 'PARTIAL', 'VERY_GOOD_PARTIAL', 'COMPLETE', 'STRINGENT_COMPLETE'];
export const level = response => CATEGORIES.indexOf((response ?? '').replace('RESPONSE_', ''));
const CERTAIN = ['MARROW', 'NEW_LESION', 'LESION_GROWTH'].map(name => `PROGRESSION_REASON_${name}`);
const CAUSAL = ['RELATED', 'PROBABLE', 'POSSIBLE', 'NOT_ASSESSABLE'].map(name => `CAUSALITY_${name}`);
export const isCausal = causality => CAUSAL.includes(causality);

// Contacts that prove life, and the field that dates them. What was filled in counts by its scores: a form that was not done proves nothing.
export const CONTACTS = {
  follow_up: 'lastKnownAliveDate', disease_assessment: 'responseDate', adverse_event: 'onsetDate', toxicity_day: 'date', hospital_stay: 'admissionDate',
  healthcare_encounter: 'date', prescription: 'startDate', transfusion: 'date', immunoglobulin_infusion: 'date', subsequent_therapy: 'startDate', questionnaire_scores: 'completionDate',
};

// What else in a form proves life. A fatal event and a stay in which the participant died end with the death.
const FURTHER = {
  disease_assessment: one => [one.serumDate, one.urineDate, one.lightChainDate, one.marrowDate, one.imagingDate, one.bloodDate],
  adverse_event: one => one.outcome === 'EVENT_OUTCOME_FATAL' || one.grade === 5 ? [] : [one.endDate],
  hospital_stay: one => one.outcome === 'OUTCOME_DIED' ? [] : [one.dischargeDate],
  secondary_malignancy: one => [one.diagnosisDate, ...(one.samples ?? []).map(sample => sample.collectionDate)],
};

// Days on which participants are known to be alive, beside those of the first infusion.
const provenAlive = (forms, infusions) => [
  ...Object.entries(CONTACTS).flatMap(([kind, field]) => (forms[kind] ?? []).map(one => day(one[field]))),
  ...Object.entries(FURTHER).flatMap(([kind, dates]) => (forms[kind] ?? []).flatMap(dates).map(day)),
  ...infusions.map(one => dayInChina(one.startTime)).filter(date => date > dayInChina(infusions[0].startTime)),
].filter(date => date !== null);

/** Everybody who takes part; of those infused, their course. */
export const everybody = people => people.map(([participant, forms]) => ({
  participant, forms, site: participant.slice(0, 2), origin: forms.participation?.[0]?.header.origin.replace('DATA_ORIGIN_', ''), ...course(forms),
}));

function course(forms) {
  const infusions = (forms.infusion ?? []).filter(one => one.startTime).sort(by(one => one.startTime));
  if (infusions.length === 0) return {};
  const infusion = dayInChina(infusions[0].startTime);
  const alive = most(provenAlive(forms, infusions));

  const written = (forms.death ?? []).map(one => one.deathDate).find(date => day(date) !== null || monthStart(date) !== null);
  let death = written ? day(written) : null;
  if (written && death === null) death = Math.min(Math.max(monthStart(written) + 14, alive + 1, infusion), monthEnd(written));
  if (death !== null && death < infusion) return {};

  const adequate = adequateOf(forms, infusion);
  const firstPd = adequate.findIndex(one => one.pd);
  const used = firstPd < 0 ? adequate : adequate.slice(0, firstPd + 1);
  const pd = adequate.find((one, i) => one.pd && (one.certain || i === adequate.length - 1 || adequate[i + 1].pd))?.date ?? null;
  const starts = [...(forms.subsequent_therapy ?? []).map(one => day(one.startDate)), ...infusions.slice(1).map(one => dayInChina(one.startTime))];
  const therapy = least(starts.filter(date => date !== null && date > infusion));
  const within = used.filter(one => one.date <= infusion + 168 && one.date <= therapy);
  const best = Math.max(0, ...within.map(one => one.rank));
  const mrdNegative = within.some(one => one.rank >= 6 && one.mrdNegative);
  return { infused: true, infusion, infusions, infusionTime: infusions[0].startTime, alive, death, adequate, used, pd, therapy, best, mrdNegative };
}

// Adequate assessments after the infusion, one a day; progression outweighs.
function adequateOf(forms, infusion) {
  const byDay = new Map();
  for (const one of forms.disease_assessment ?? []) {
    const [date, rank] = [day(one.responseDate), level(one.investigatorResponse)];
    if (date === null || date <= infusion || rank < 1) continue;
    const same = byDay.get(date) ?? { date, ranks: [], certain: false, mrdNegative: false };
    same.ranks.push(rank);
    same.mrdNegative ||= one.mrd === 'CELL_SEARCH_NEGATIVE' && ['MRD_SENSITIVITY_1E5', 'MRD_SENSITIVITY_1E6'].includes(one.mrdSensitivity);
    same.certain ||= rank === 1 && (one.progressionReasons ?? []).some(reason => CERTAIN.includes(reason));
    byDay.set(date, same);
  }
  return [...byDay.values()].sort((a, b) => a.date - b.date).map(one => ({ ...one, pd: one.ranks.includes(1), rank: one.ranks.includes(1) ? 1 : Math.max(...one.ranks) }));
}

/** The last day on which an event would be known: of death or last contact, and at most some days after the infusion. */
export const observedUntil = (one, window) => Math.max(one.infusion, Math.min(one.death ?? (Number.isFinite(one.alive) ? one.alive : one.infusion), one.infusion + window));

/** Time to a response of at least a level: recorded, before progression, death and new therapy (1), precluded by them (2), or censored (0). */
export function toResponse(one, rank) {
  const end = Math.min(one.used.find(assessed => assessed.pd)?.date ?? Infinity, one.death ?? Infinity, one.therapy);
  const first = one.used.find(assessed => assessed.rank >= rank && assessed.date <= one.therapy && !(one.death !== null && assessed.date > one.death));
  if (first) return { days: first.date - one.infusion + 1, outcome: 1, date: first.date };
  if (Number.isFinite(end)) return { days: end - one.infusion + 1, outcome: 2 };
  return { days: (one.adequate.at(-1)?.date ?? one.infusion) - one.infusion + 1, outcome: 0 };
}

/** Adverse events with onset from the infusion to 168 days after it, or worse after it than before. */
export function emergent(one) {
  return (one.forms.adverse_event ?? []).flatMap(event => {
    const onset = completed(event.onsetDate, one.infusion, day(event.endDate));
    if (onset === null) return [];
    const before = onset < one.infusion || (onset === one.infusion && event.onsetTime && Date.parse(event.onsetTime) < Date.parse(one.infusionTime) && dayInChina(event.onsetTime) === onset);
    if (before) return event.gradeBeforeInfusion !== undefined && event.grade > event.gradeBeforeInfusion ? [{ ...event, onset: one.infusion, exact: true }] : [];
    return onset <= one.infusion + 168 ? [{ ...event, onset, exact: day(event.onsetDate) !== null }] : [];
  });
}

/** Adverse events of which no month of onset is known, and that may have begun in the same time: a missing month is not guessed (section 12.8). */
export const notDated = one => (one.forms.adverse_event ?? []).filter(({ onsetDate }) => completed(onsetDate, one.infusion) === null
  && (!/^\d{4}$/.test(onsetDate ?? '') || (monthStart(`${onsetDate}-01`) <= one.infusion + 168 && monthEnd(`${onsetDate}-12`) >= one.infusion)));

export const related = event => (event.causes ?? []).some(one => one.cause === 'CAUSE_EQUE_CEL' && isCausal(one.causality));
