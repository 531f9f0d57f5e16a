// The words of every state, and that hostile text stays text on a terminal.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { load, root } from './bundle.mjs';
import { hostileReport, reports } from './reports.mjs';

const words = await load('words', 'text', 'terminal', 'glyphs');
const plainStyle = { colour: false, width: 80 };
const render = (report, style = plainStyle) => new words.TextReport(style).render('photo.jpg', report);

test('every state has words, a meaning and shapes of its own', () => {
  const seen = { words: new Set(), shapes: new Set() };
  for (const badge of words.BADGES) {
    seen.words.add(words.badgeWords(badge));
    seen.shapes.add(JSON.stringify(words.GLYPHS[badge].map((shape) => shape.d + (shape.dash ?? ''))));
    assert.ok(words.MEANINGS[badge].length > 20);
  }
  assert.equal(seen.words.size, 9);
  assert.equal(seen.shapes.size, 9);
});

test('no word of ours vouches for a picture', () => {
  const files = ['words.ts', 'statement-words.ts', 'zone-words.ts'];
  const text = files.map((name) => readFileSync(join(root, 'web/src', name), 'utf8')).join('');
  const source = text.replace(/\/\*\*[^]*?\*\//g, '');
  assert.doesNotMatch(
    source,
    /authentic|genuine (photo|picture|image)|\breal\b|\bfake\b|verified (photo|picture)|✓|✔/i,
  );
});

test('docs/words.md says the words of the code', () => {
  const text = readFileSync(join(root, 'docs/words.md'), 'utf8');
  for (const badge of words.BADGES) {
    assert.ok(text.includes(`| \`${badge}\` | ${words.badgeWords(badge)} | ${words.MEANINGS[badge]} |`), badge);
  }
  for (const zone of ['signer', 'identities', 'attached']) assert.ok(text.includes(words.ZONES[zone]), zone);
});

test('only a recognised signer’s name stands in a headline', () => {
  for (const [headline, make] of Object.entries(reports)) {
    const report = make();
    assert.equal(words.headlineOf(report).includes('Harbour Press'), headline === 'recognised', headline);
  }
});

test('R-1112, R-1114: a role is the holder’s own word, and nobody’s where the statement is not proven', () => {
  const [identity] = reports.recognised().identities;
  const roles = (change) => words.identityRoles({ ...identity, ...change });
  const both = ['cawg.creator', 'org.example.sitter'];
  for (const state of ['trusted', 'wellFormed']) {
    assert.equal(roles({ state, roles: both }), 'stated role: creator, org.example.sitter');
    assert.equal(roles({ state, roles: [] }), '');
  }
  for (const state of ['failed', 'notChecked']) assert.equal(roles({ state, roles: both }), '');
  const report = reports.recognised();
  const shown = (state) => render({ ...report, identities: [{ ...identity, state, roles: both }] });
  assert.match(shown('wellFormed'), /so it could be\s+anyone’s\s+stated role: creator, org\.example\.sitter/);
  assert.ok(!shown('failed').includes('creator'));
});

test('R-1153: a good signature without a proven name is not said to have one', () => {
  const [identity] = reports.recognised().identities;
  const trust = (name) => words.identityTrust({ ...identity, state: 'wellFormed', name });
  assert.match(trust(''), /^not recognised: .* nobody on a list you use vouches for a name$/);
  assert.match(trust('Mira Holt'), /^not recognised: .* so it could be anyone’s$/);
});

test('R-1174: a credential that is over by its own dates says so, whatever its proof is worth', () => {
  const [entry] = reports.recognised().attached;
  const of = (period) => words.attachedKind({ ...entry, kind: 'verifiableCredential', proof: 'verified', period });
  assert.equal(of('outside'), 'credential · its own proof is good · not valid now, by its own dates');
  for (const period of ['inside', undefined]) assert.equal(of(period), 'credential · its own proof is good');
});

test('T-09: who is named without a credential is said to be named, by which statement, and whose an account is', () => {
  const of = (kind, field, accountOf) => words.attachedKind({ kind, field, accountOf, subject: 'x', proof: 'none' });
  assert.equal(of('creativeWorkAuthor', 'schema:author'), 'named as author');
  assert.equal(of('artist', 'tiff:Artist'), 'named as artist, in the metadata');
  assert.equal(of('rightsHolder', 'plus:CopyrightOwnerName'), 'named as holder of rights, in the metadata');
  assert.equal(of('account', 'Iptc4xmpCore:CiUrlWork'), 'given as an account or address, in the metadata');
  assert.equal(of('account', 'schema:author', 'Jonas Vale'), 'given as an account or address of ');
  const report = reports.recognised();
  const account = { ...report.attached[0], kind: 'account', subject: 'https://a.example/@j', accountOf: 'Jonas\u202e' };
  delete account.issuer;
  const text = render({ ...report, attached: [account] });
  assert.match(text, /· https:\/\/a\.example\/@j\s+given as an account or address of Jonas\ufffd\n/);
});

test('T-09: a credential that names nobody leaves no empty place', () => {
  const report = reports.recognised();
  const attached = [{ ...report.attached[0], kind: 'verifiableCredential', subject: '', issuer: 'did:example:a' }];
  assert.match(render({ ...report, attached }), /did:example:a → nobody by name/);
});

test('signer, identity statements and attached names stand in zones of their own, in this order', () => {
  const text = render(reports.recognised());
  const at = (what) => text.indexOf(what);
  const order = ['Signed by', 'Harbour Press', words.ZONES.identities, 'Mira Holt', words.ZONES.attached, 'Jonas Vale'];
  const places = [at('Signed by'), text.indexOf('Harbour Press', at('Signed by')), ...order.slice(2).map(at)];
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  );
  assert.ok(!places.includes(-1));
  // The subject of an attached credential appears once, in its zone, and never before it.
  assert.equal(text.split('Jonas Vale').length, 2);
});

test('an invalid record names nobody', () => {
  const text = render(reports.invalid());
  assert.match(text, /Invalid Content Credentials/);
  assert.match(text, /do not match this file/);
  assert.match(text, /assertion\.dataHash\.mismatch/);
  for (const name of ['Harbour Press', 'Mira Holt', 'Jonas Vale', 'Desk Camera', 'recognised', 'trust list']) {
    assert.ok(!text.includes(name), name);
  }
});

test('what was not checked is said', () => {
  const flat = (report) => render(report).replace(/\s+/g, ' ');
  assert.match(flat(reports.recognised()), /Not checked whether the certificate was withdrawn/);
  assert.match(flat(reports.partial()), /Not checked parts of the record; whether the content is what was signed/);
});

test('a file without credentials is not judged', () => {
  const text = render(reports.none());
  assert.match(text, /No Content Credentials/);
  assert.doesNotMatch(text, /Signed by|Checked/);
});

const ATTACKS = [
  '\u001b[2J\u001b[31mred',
  '\u009b31m',
  '\u202Egpj.exe',
  'a\u200bb\u2066c',
  'line\nSigned by  Somebody',
  'tab\tbel\u0007',
  '\u{e0041}tag',
  '\ud800alone',
];

for (const attack of ATTACKS) {
  test(`T-14: ${JSON.stringify(attack)} reaches no terminal`, () => {
    const colourless = render(hostileReport(attack));
    assert.doesNotMatch(colourless, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
    assert.doesNotMatch(colourless, /^\s*Signed by {2}Somebody/m);
    assert.ok(colourless.includes('\ufffd'));
    const coloured = render(hostileReport(attack), { colour: true, width: 80 });
    const own = coloured.replace(/\u001b\[(0|1|2|1;3[1345])m/g, '');
    assert.doesNotMatch(own, /[\u001b\u009b]/);
  });
}

test('JSON for a terminal escapes what a terminal or a reader could obey, and stays the same JSON', () => {
  const value = { text: ATTACKS.join(' ') };
  const json = words.safeJson(JSON.stringify(value));
  assert.doesNotMatch(json, /[\u0000-\u001f\u007f-\u009f\u202e\u2066]/);
  assert.deepEqual(JSON.parse(json), value);
});

test('a long name is shortened', () => {
  assert.equal(words.plain('x'.repeat(500), 120).length, 120);
  assert.equal(words.plain('👩'.repeat(500), 120).endsWith('👩…'), true);
});

test('how the content came about is always somebody’s statement', () => {
  const report = reports.recognised();
  const said = (change) => words.disclosuresOf({ ...report, origin: { ...report.origin, ...change } });
  assert.deepEqual(said({}), [{ text: 'captured by a camera or scanner', note: 'as stated by the signer' }]);
  assert.equal(said({ statedBy: 'gathered' })[0].note, 'passed along, not vouched for');
  assert.match(said({ manifest: 1 })[0].note, /earlier version/);
  assert.deepEqual(
    said({ trainedModel: true }).map(({ text }) => text),
    ['captured by a camera or scanner', 'changed with generative AI'],
  );
  const generated = { kind: 'generated', trainedModel: true, source: 'http://cv.iptc.org/x/trainedAlgorithmicMedia' };
  assert.deepEqual(
    said(generated).map(({ text }) => text),
    ['made with generative AI'],
  );
  assert.deepEqual(said({ kind: 'unknown', source: 'http://example.com/constructor' }), []);
  assert.deepEqual(words.disclosuresOf({ ...report, origin: null }), []);
});
