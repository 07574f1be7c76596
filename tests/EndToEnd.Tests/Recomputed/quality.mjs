// Quality of the data. The references give the schedule of the visits and the required tests; which fields are key, which date is a form's
// and which participants' forms are expected until when they leave to the table, so that these follow its method and its product.

import { DAY, by, day, dayInChina, least, most, sum } from './records.mjs';
import { LIFE, RESPONSE, outside } from './schedule.mjs';
import { CONTACTS } from './subjects.mjs';
import { bars, count, line, share, summary, things } from './words.mjs';

const FORMS = [
  { label: 'Disease assessment', kinds: ['disease_assessment'], windows: RESPONSE, date: 'responseDate' },
  { label: 'QLQ-C30', kinds: ['qlq_c30'], windows: LIFE, date: 'completionDate', ofLife: true },
  { label: 'EQ-5D', kinds: ['eq5d5l', 'eq5d3l'], windows: LIFE, date: 'completionDate', ofLife: true },
];
const isDone = form => (form.notDoneReason ?? 'MISSING_REASON_UNSPECIFIED') === 'MISSING_REASON_UNSPECIFIED';
const visitOf = form => (form.visit ?? 'VISIT_UNSPECIFIED').replace('VISIT_', '');

// The last day of which something may be collected: of a withdrawal that covers it, of death.
function collectedUntil(one, ofLife) {
  const withdrawn = (one.forms.participation ?? []).filter(form => ofLife || form.withdrawalScope !== 'WITHDRAWAL_SCOPE_ALSO_QOL_ONLY').map(form => day(form.consentWithdrawalDate));
  const dead = (one.forms.follow_up ?? []).filter(form => form.status === 'STATUS_DEATH').map(form => day(form.statusDate));
  return least([...withdrawn, ...dead, one.death].filter(date => date !== null));
}

// Forms expected at visits whose window has closed: expected, there, dated, and dated within the window.
function formsOf(one, { kinds, windows, date, ofLife }, today) {
  const found = { expected: 0, there: 0, dated: 0, onTime: 0 };
  if (!one.infused) return found;
  const forms = kinds.flatMap(kind => one.forms[kind] ?? []).filter(form => !(day(form[date]) > today));
  for (const [visit, window] of Object.entries(windows)) {
    if (one.infusion + window[1] >= today) continue;
    const own = forms.filter(form => windows[visitOf(form)] ? visitOf(form) === visit
      : ['UNSPECIFIED', 'UNSCHEDULED'].includes(visitOf(form)) && day(form[date]) !== null && outside(day(form[date]) - one.infusion, window) === 0);
    const form = own.sort(by(each => `${isDone(each) ? 0 : 1} ${each[date]} ${each.header.recordId}`))[0];
    if (!form && collectedUntil(one, ofLife) < one.infusion + window[0]) continue;
    found.expected++;
    if (!form || !isDone(form)) continue;
    found.there++;
    if (day(form[date]) === null) continue;
    found.dated++;
    if (outside(day(form[date]) - one.infusion, window) === 0) found.onTime++;
  }
  return found;
}

const BLOOD = [
  'whiteCellsE9PerL', 'neutrophilsE9PerL', 'lymphocytesE9PerL', 'plateletsE9PerL', 'haemoglobinGPerL', 'creatinineUmolPerL', 'calciumMmolPerL', 'albuminGPerL',
  'altUPerL', 'astUPerL', 'bilirubinUmolPerL', 'ldhUPerL', 'beta2MicroglobulinMgPerL',
];

// The tests of the response at the baseline and after the infusion, those of the blood at the visits of the schedule; a negative immunofixation stands for the quantity.
function testsOf(form) {
  const visit = visitOf(form);
  const beforehand = ['SCREENING', 'AFTER_BRIDGING'].includes(visit);
  const response = visit === 'UNSPECIFIED' || beforehand ? [] : [
    ...form.serumImmunofixation === 'IMMUNOFIXATION_NEGATIVE' ? [] : ['serumMProteinGPerL'], 'serumImmunofixation',
    ...form.urineImmunofixation === 'IMMUNOFIXATION_NEGATIVE' ? [] : ['urineMProteinMgPer24h'], 'urineImmunofixation', 'kappaMgPerL', 'lambdaMgPerL',
  ];
  const blood = beforehand || ['UNSPECIFIED', 'LATER', 'UNSCHEDULED'].includes(visit) ? [] : BLOOD;
  return [...response, ...blood, ...beforehand || visit === 'BASELINE' ? [] : ['investigatorResponse']];
}

const filled = value => value !== undefined && value !== null && value !== '' && !`${value}`.endsWith('_UNSPECIFIED');
const fields = names => form => { const all = typeof names === 'function' ? names(form) : names; return [all.filter(name => filled(form[name])).length, all.length]; };
const KEY_FIELDS = [
  ['Participation', { participation: fields(['birthYearMonth', 'sex', 'heightCm', 'bodyMassKg', 'ecog']) }],
  ['Myeloma history', { myeloma_history: fields(['diagnosisDate', 'heavyChain', 'lightChain', 'extramedullary', 'diagnosisBeta2MicroglobulinMgPerL', 'diagnosisAlbuminGPerL', 'diagnosisLdhUPerL']) }],
  ['Prior line', { prior_line: fields(['startDate', 'endDate', 'bestResponse', 'progressed']) }],
  ['Infusion', { infusion: fields(['startTime', 'endTime', 'batchNumber', 'doseMillionCells', 'bodyMassKg', 'setting']) }],
  ['Disease assessment', { disease_assessment: fields(testsOf) }],
  ['Death', { death: fields(['deathDate', 'primaryCause', 'causality', 'autopsy']) }],
  ['QLQ-C30 items', { qlq_c30: form => isDone(form) ? [form.answers.length, 30] : [0, 0] }],
  ['EQ-5D items and EQ VAS', Object.fromEntries(['eq5d5l', 'eq5d3l'].map(kind => [kind, form => isDone(form) ? [form.answers.length + (filled(form.vasScore) ? 1 : 0), 6] : [0, 0]]))],
];
const keyFieldsOf = (one, counts) => Object.entries(counts).flatMap(([kind, of]) => (one.forms[kind] ?? []).map(of));

// The day of what a form tells; scores are computed, and the questionnaire itself has the date.
const DATES = {
  ...Object.fromEntries(Object.entries(CONTACTS).map(([kind, field]) => [kind, form => day(form[field])])), questionnaire_scores: () => null,
  infusion: form => form.startTime ? dayInChina(form.startTime) : null, participation: form => day(form.enrolmentDate),
  leukapheresis: form => day(form.collectionDate), bridging: form => day(form.startDate), lymphodepletion: form => most(form.doses.map(dose => day(dose.doseDate))),
  qlq_c30: form => day(form.completionDate), eq5d5l: form => day(form.completionDate), eq5d3l: form => day(form.completionDate),
  death: form => day(form.deathDate), secondary_malignancy: form => day(form.diagnosisDate),
};
const LAGS = {
  'All forms with a clinical date': Object.keys(DATES), Infusion: ['infusion'], 'Disease assessment': ['disease_assessment'], Questionnaire: ['qlq_c30', 'eq5d5l', 'eq5d3l'],
  'Adverse event': ['adverse_event'], 'Hospital stay': ['hospital_stay'], Death: ['death'], 'Follow-up': ['follow_up'],
};
const lagsOf = (one, kinds) => kinds.flatMap(kind => (one.forms[kind] ?? []).filter(form => form.header.origin === 'DATA_ORIGIN_PROSPECTIVE' && DATES[kind](form) !== null)
  .map(form => dayInChina(form.firstSave) - DATES[kind](form)));

const STATES = { OPEN: 'Open, the site is asked', ANSWERED: 'Answered, to be judged', CLOSED: 'Closed' };
const SOURCES = { CHECK: 'By a check of one service', CROSS_CHECK: 'By a check over several services', MONITOR: 'By a monitor' };

export function dataQuality(everybody, asOf) {
  const today = dayInChina(asOf);
  const forms = (list, kinds) => list.flatMap(one => kinds.map(kind => formsOf(one, kind, today)));
  const there = kinds => list => things(sum(forms(list, kinds).map(one => one.there)), sum(forms(list, kinds).map(one => one.expected)));
  const onTime = kinds => list => things(sum(forms(list, kinds).map(one => one.onTime)), sum(forms(list, kinds).map(one => one.dated)));
  const key = kinds => list => {
    const found = list.flatMap(one => kinds.flatMap(([, counts]) => keyFieldsOf(one, counts)));
    return things(sum(found.map(([x]) => x)), sum(found.map(([, n]) => n)));
  };
  const lag = kinds => list => summary(list.flatMap(one => lagsOf(one, kinds)));
  const queries = (list, state, source) => list.flatMap(one => one.forms.data_query ?? []).filter(query => query.state === `STATE_${state}` && (!source || query.source === `SOURCE_${source}`));
  const asked = (state, source) => list => count(queries(list, state, source).length);
  const days = query => Math.max(0, (Date.parse(asOf) - Date.parse(query.reopenTime ?? query.openTime)) / DAY);
  const age = (state, source) => list => summary(queries(list, state, source).map(days));
  const isAsked = one => ['OPEN', 'ANSWERED'].some(state => queries([one], state).length > 0);
  const all = cell => cell(everybody);
  const bySource = (state, cell, unit) => [line(STATES[state] + unit, all(cell(state))), ...Object.entries(SOURCES).map(([source, label]) => line(label + unit, all(cell(state, source))))];

  const sites = [...new Set(everybody.map(one => one.site))].sort().map(site => [`Site ${site}`, everybody.filter(one => one.site === site)]);
  const columns = [['All', everybody], ...sites];
  const origins = ['Prospective', 'Retrospective'].map(name => [name, everybody.filter(one => one.origin === name.toUpperCase())]);
  const figures = [['forms', there(FORMS)], ['on-time', onTime(FORMS)], ['fields', key(KEY_FIELDS)]].map(([id, cell]) =>
    bars(`data-quality-${id}`, columns.map(([label, list]) => [label, cell(list), cell(list).replace(/.*\((.*)\)/, '$1')])));
  return {
    lines: [
      ...figures.flatMap(figure => figure.lines),
      ...[...columns, ...origins].map(([label, list]) => line(label, count(list.length), ...[
        there(FORMS), onTime(FORMS), key(KEY_FIELDS), lag(LAGS['All forms with a clinical date']), asked('OPEN'), asked('ANSWERED'), age('OPEN'),
      ].map(cell => cell(list)))),
      `All (N = ${count(everybody.length)})`,
      ...[there, onTime].flatMap(cell => [line('All', all(cell(FORMS))), ...FORMS.map(form => line(form.label, all(cell([form]))))]),
      line('All', all(key(KEY_FIELDS))), ...KEY_FIELDS.map(kind => line(kind[0], all(key([kind])))),
      ...Object.entries(LAGS).map(([label, kinds]) => line(`${label}, days`, all(lag(kinds)))),
      line('Participants with a query that is not closed', share(everybody.filter(isAsked).length, everybody.length)),
      ...Object.keys(STATES).flatMap(state => bySource(state, asked, '')), ...['OPEN', 'ANSWERED'].flatMap(state => bySource(state, age, ', days')),
    ],
    figures: Object.assign({}, ...figures.map(figure => figure.figures)),
  };
}
