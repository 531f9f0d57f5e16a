#!/usr/bin/env node
// `npm run conformance`: every rule of docs/requirements.json with the code that enforces it, the tests that prove it,
// or the reason why there is neither; written to docs/conformance.md too. `npm run conformance -- R-509` shows lines.
// A rule is enforced where its tag stands in a comment next to the code; a range (R-701…R-712) in a file's head
// comment counts for rules that have no tag of their own.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMain, main, root, say, StepError } from './console.mjs';

const CODE = ['src', 'bindings', 'web/src', 'extension'];
const TESTS = ['tests'];
const SOURCES = /\.(cpp|h|def|ts|mjs|js)$/;
const NO_SOURCES = new Set(['dist', 'node_modules', 'build']);
const PAGE = 'docs/conformance.md';

const readJson = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

function sources(folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return NO_SOURCES.has(entry.name) ? [] : sources(path);
    return SOURCES.test(entry.name) ? [path] : [];
  });
}

// R- and T- are rules and threats, P- decisions, A- readings of an unclear text. P-256 is a curve.
const KIND = String.raw`R(?=-\d{3})|[TA](?=-\d{2}(?!\d))|P(?=-\d{1,2}(?!\d))`;
const TAG = new RegExp(
  String.raw`(?<![A-Za-z0-9…-])(${KIND})-(\d{1,4})([a-z]?)(…(?:[RTPA]-)?(\d{1,4})[a-z]?)?(?!\w)`,
  'g',
);

/** In the name of a GoogleTest case the hyphen is left out: R540eMatch. */
const IN_NAME = /(R(?=\d{3})|T(?=\d\d(?!\d)))(\d{2,4})([a-z]?)(?=[A-Z_])/g;

/** The ids that a line names, those inside a range apart. */
function idsOf(line, ids) {
  const exact = [];
  const ranged = [];
  for (const [, kind, from, letter, range, to] of line.matchAll(TAG)) {
    if (range === undefined) exact.push(`${kind}-${from}${letter}`);
    else {
      const inside = (id) => id.startsWith(kind) && parseInt(id.slice(2)) >= +from && parseInt(id.slice(2)) <= +to;
      ranged.push(...ids.filter(inside));
    }
  }
  if (line.startsWith('TEST')) {
    for (const [, kind, number, letter] of line.matchAll(IN_NAME)) exact.push(`${kind}-${number}${letter}`);
  }
  return { exact, ranged };
}

/** id -> places, `{exact, ranged}`, each a map from file to lines. */
function scan(folders, ids, skip = () => false) {
  const places = new Map(ids.map((id) => [id, { exact: new Map(), ranged: new Map() }]));
  const unknown = [];
  const note = (id, kind, path, line) => {
    const place = places.get(id);
    if (place === undefined) unknown.push(`${id} in ${path}:${line}`);
    else place[kind].set(path, [...(place[kind].get(path) ?? []), line]);
  };
  for (const path of folders
    .flatMap(sources)
    .filter((name) => !skip(name))
    .sort()) {
    for (const [i, line] of readFileSync(join(root, path), 'utf8').split('\n').entries()) {
      const { exact, ranged } = idsOf(line, ids);
      exact.forEach((id) => note(id, 'exact', path, i + 1));
      ranged.forEach((id) => note(id, 'ranged', path, i + 1));
    }
  }
  return { places, unknown };
}

/** One row per rule, in the order of docs/requirements.json, and tags that no rule has. */
export function conformance() {
  const titles = readJson('docs/requirements.json');
  const reasons = readJson('docs/not-applicable.json');
  const ids = Object.keys(titles);
  const code = scan(CODE, ids);
  const tests = scan(TESTS, ids, (path) => path.startsWith('tests/arch/'));
  const rows = ids.map((id) => {
    const { exact, ranged } = code.places.get(id);
    const reason = reasons[id];
    const where = exact.size > 0 ? exact : reason === undefined ? ranged : new Map();
    return { id, title: titles[id], code: where, tests: tests.places.get(id).exact, reason };
  });
  const strangers = Object.keys(reasons).filter((id) => titles[id] === undefined);
  return { rows, unknown: [...code.unknown, ...tests.unknown, ...strangers] };
}

export const stateOf = ({ code, tests, reason }) => {
  if (code.size > 0) return tests.size > 0 ? 'enforced' : 'untested';
  return reason?.state ?? 'open';
};

const WORDS = {
  enforced: 'enforced and tested',
  untested: 'enforced, no test names it',
  notApplicable: 'not applicable',
  later: 'not yet',
  open: 'neither code nor reason',
};

const count = (rows, state) => rows.filter((row) => stateOf(row) === state).length;
const SHOWN = 3;

/** The hundreds of a rule's number say what it is about; further kinds have a row of their own. */
const MODULES = {
  0: 'Ground rules',
  1: 'Formats, and where the store is',
  2: 'Boxes (JUMBF)',
  3: 'CBOR and JSON',
  4: 'Claims and references',
  5: 'Assertions and bindings',
  6: 'Signatures',
  7: 'Certificates and trust',
  8: 'Time-stamps and revocation',
  9: 'Ingredients',
  10: 'States, codes, crJSON',
  11: 'Identities and credentials',
  A: 'Readings of unclear texts',
  P: 'Decisions',
  T: 'Threats',
};
const moduleOf = ({ id }) => (id.startsWith('R') ? String(Math.floor(parseInt(id.slice(2)) / 100)) : id[0]);
const INNER = ['2', '3', '4', '5', '9', '10'];

/** Of the rules that apply, how many are enforced and tested; `share` in percent, rounded down to a tenth. */
function coverageOf(rows) {
  const apply = rows.length - count(rows, 'notApplicable');
  const covered = count(rows, 'enforced');
  return { rules: rows.length, apply, covered, share: Math.floor((1000 * covered) / apply) / 10 };
}

/** One entry per module, and one for the modules about what is inside a manifest. */
export function coverage(rows) {
  const modules = Object.entries(MODULES).map(([module, name]) => ({
    module,
    name,
    ...coverageOf(rows.filter((row) => moduleOf(row) === module)),
  }));
  const inner = coverageOf(rows.filter((row) => INNER.includes(moduleOf(row))));
  return [
    ...modules.sort((a, b) => order(a) - order(b)),
    { module: '2–5, 9, 10', name: 'Inside a manifest', ...inner },
  ];
}
const order = ({ module }) => (/\d/.test(module) ? Number(module) : 100 + 'PAT'.indexOf(module));

function links(places, strip) {
  const paths = [...places.keys()].map((path) => `\`${path.replace(strip, '')}\``);
  const more = paths.length > SHOWN ? ` +${paths.length - SHOWN}` : '';
  return paths.slice(0, SHOWN).join(' ') + more;
}

const cell = (text) => text.replaceAll('|', '\\|');

/** The page docs/conformance.md. */
export function page({ rows }) {
  const counts = Object.entries(WORDS).filter(([state]) => count(rows, state) > 0);
  const line = (row) => {
    const where = row.code.size > 0 ? links(row.code, /^src\//) : '';
    const why = row.reason === undefined ? '' : `${WORDS[row.reason.state]}: ${row.reason.reason}`;
    const enforced = [where, why].filter((text) => text !== '').join('; ');
    return `| ${row.id} | ${cell(row.title)} | ${cell(enforced)} | ${links(row.tests, /^tests\//)} |`;
  };
  return `# Conformance

Generated by \`npm run conformance\`; a test fails when it is out of date. R: rules of the C2PA specification, of CAWG
identity assertions and of our own hardening; T: threats; P: decisions and A: readings, argued in
[0013](adr/0013-policy-and-readings.md). Files are below \`src/\` and \`tests/\`; with more than ${SHOWN} of
them the rest are counted. \`npm run conformance -- R-509\` shows the lines.

${counts.map(([state, words]) => `- ${count(rows, state)} ${words}`).join('\n')}

The hundreds of a number are its module. Covered: enforced and tested, of the rules that apply.

| module | about | rules | apply | covered | share |
|---|---|---|---|---|---|
${coverage(rows)
  .map((one) => `| ${one.module} | ${one.name} | ${one.rules} | ${one.apply} | ${one.covered} | ${one.share} % |`)
  .join('\n')}

| id | rule | enforced in | tested in |
|---|---|---|---|
${rows.map(line).join('\n')}
`;
}

function explain(row) {
  const lines = (places) => [...places].flatMap(([path, at]) => at.map((line) => `    ${path}:${line}`));
  say(`${row.id}  ${row.title}: ${WORDS[stateOf(row)]}`);
  if (row.reason !== undefined) say(`  ${WORDS[row.reason.state]}: ${row.reason.reason}`);
  if (row.code.size > 0) say(['  enforced in', ...lines(row.code)].join('\n'));
  if (row.tests.size > 0) say(['  tested in', ...lines(row.tests)].join('\n'));
}

async function run(wanted) {
  const result = conformance();
  const rows = result.rows.filter((row) => wanted.length === 0 || wanted.includes(row.id));
  if (rows.length === 0) throw new StepError(`No rule is called ${wanted.join(' ')}: see docs/requirements.json.`);
  if (wanted.length > 0) return rows.forEach(explain);
  for (const row of rows) say(`${row.id.padEnd(7)} ${stateOf(row).padEnd(13)} ${row.title}`);
  for (const [state, words] of Object.entries(WORDS)) say(`${String(count(rows, state)).padStart(5)} ${words}`);
  for (const { module, name, covered, apply, share } of coverage(result.rows)) {
    say(`${String(share).padStart(5)} %  ${covered} of ${apply}  ${module}  ${name}`);
  }
  writeFileSync(join(root, PAGE), page(result));
  say(`Written: ${PAGE}`);
}

if (isMain(import.meta.url)) await main(() => run(process.argv.slice(2)));
