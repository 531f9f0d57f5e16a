// T-61: a redaction takes away what it names and nothing else, leaves nothing in its place, and never touches what a
// record needs.
import { actions, assertionReference, ingredient, manifestUri } from '../fixtures/assertions.mjs';
import { simpleManifest } from '../fixtures/asset.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import * as jumbf from '../fixtures/jumbf.mjs';
import { manifestLabel } from '../fixtures/manifest.mjs';
import { signer } from '../fixtures/test-pki.mjs';
import { allKnown, known } from './kit.mjs';

const note = { label: 'org.example.location', json: { place: 'secret place' } };
const longer = { label: 'org.example.location.exact', json: { place: 'secret exact place' } };
const uri = (label) => manifestUri(manifestLabel('original'), `c2pa.assertions/${label}`);

/** The original as it was signed, and as it is stored now. */
const originals = (layout, stored) => {
  const spec = { name: 'original', signer: signer('ES384'), assertions: [actions(), note, longer] };
  return [simpleManifest(layout, spec), simpleManifest(layout, { ...spec, edit: { assertionBoxes: stored } })];
};

/** A child that declares redactions of the original; the original's boxes are what `stored` leaves. */
const redacting = (title, redacted, stored, expected) => ({
  title,
  build: () =>
    signed({
      earlier: (layout) => [originals(layout, stored)[1]],
      manifest: (layout, [kept]) => {
        const [whole] = originals(layout, stored);
        const parent = ingredient({ manifest: { ...whole, signatureBox: kept.signatureBox } });
        const opened = { action: 'c2pa.opened', parameters: { ingredients: [assertionReference(parent)] } };
        const done = redacted.map((item) => ({
          action: 'c2pa.redacted',
          reason: 'c2pa.PII.present',
          parameters: { redacted: item },
        }));
        return { assertions: [actions([opened, ...done]), parent], redacted };
      },
    }),
  hides: [/secret|planted/],
  ...expected,
});

const without =
  (...labels) =>
  (boxes) =>
    boxes.filter((box) => !labels.some((label) => box.includes(`${label}\0`)));

const replaced = (label, type, content) => (boxes) =>
  boxes.map((box) => (box.includes(`${label}\0`) ? jumbf.superbox({ type, label }, content) : box));

/** The history has a problem, and the newest signer is still who signed. */
const historyProblem = (codes) => ({
  state: 'trusted',
  codes: ['assertion.dataHash.match', ...codes],
  shows: [/Something is wrong with an earlier version that it is based on/, /with problems/],
});
const notRedacted = { state: 'invalid', codes: ['assertion.notRedacted'] };

const nothingNamed = { state: 'invalid', codes: ['assertion.missing', 'assertion.action.redactionMismatch'] };

const planted = Buffer.from('{"place":"planted"}');

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-61',
  attacker: 'declares redactions to drop, plant or exchange assertions',
  answer:
    'Content in a redacted place, own assertions, actions and the needed binding are refused; nothing else is covered.',
  attacks: [
    redacting(
      'JSON planted in the redacted place',
      [uri(note.label)],
      replaced(note.label, jumbf.uuid.json, [jumbf.box('json', planted)]),
      notRedacted,
    ),
    redacting(
      'CBOR planted in the redacted place',
      [uri(note.label)],
      replaced(note.label, jumbf.uuid.cbor, [jumbf.cborBox({ place: 'planted' })]),
      notRedacted,
    ),
    redacting(
      'a file planted in the redacted place',
      [uri(note.label)],
      replaced(note.label, jumbf.uuid.embeddedFile, [...jumbf.embeddedFile('text/plain', planted)]),
      notRedacted,
    ),
    redacting(
      'a superbox planted in the redacted place',
      [uri(note.label)],
      replaced(note.label, jumbf.uuid.uuid, [
        jumbf.superbox({ type: jumbf.uuid.json, label: 'inner' }, [jumbf.box('json', planted)]),
      ]),
      notRedacted,
    ),
    redacting(
      'one byte that is not zero in the redacted place',
      [uri(note.label)],
      replaced(note.label, jumbf.uuid.json, [jumbf.box('json', Buffer.concat([Buffer.alloc(40), Buffer.from([1])]))]),
      notRedacted,
    ),
    redacting(
      'content behind the placeholder',
      [uri(note.label)],
      replaced(note.label, jumbf.uuid.uuid, [
        jumbf.uuidBox(jumbf.uuid.redaction, Buffer.alloc(16)),
        jumbf.box('json', planted),
      ]),
      notRedacted,
    ),
    redacting(
      'a second assertion is dropped under cover',
      [uri(note.label)],
      without(note.label, longer.label),
      historyProblem(['assertion.missing']),
    ),
    redacting(
      'the redacted label is the beginning of the one that is dropped',
      [uri(note.label)],
      without(longer.label),
      { state: 'invalid', codes: ['assertion.missing', 'assertion.notRedacted'] },
    ),
    redacting('the redacted label goes on behind the one that is dropped', [uri(longer.label)], without(note.label), {
      state: 'invalid',
      codes: ['assertion.missing', 'assertion.notRedacted'],
    }),
    redacting(
      'the redaction is of a label that does not exist, another is dropped',
      [uri('org.example.other')],
      without(note.label),
      historyProblem(['assertion.missing']),
    ),
    redacting(
      'the whole assertion store is named',
      [manifestUri(manifestLabel('original'), 'c2pa.assertions')],
      without(note.label, longer.label),
      nothingNamed,
    ),
    redacting(
      'the whole manifest is named',
      [manifestUri(manifestLabel('original'))],
      without(note.label),
      nothingNamed,
    ),
    ...allKnown([
      'redaction-still-there',
      'redaction-planted',
      'redaction-placeholder-filled',
      'redaction-padding-filled',
    ]),
    // What the text leaves open, and what is decided here: the newest claim is whole, its history is not.
    known('redaction-actions', { ...historyProblem(['assertion.action.redacted']) }),
    known('redaction-under-cover', { ...historyProblem(['assertion.missing']) }),
    known('redaction-label-prefix', { ...historyProblem(['assertion.missing']) }),
    ...allKnown(['redaction-self', 'redaction-relative', 'redaction-own-binding']),
    known('redaction-of-needed-binding', { codes: ['assertion.hardBinding.redacted'] }),
    // the list of redactions is global, so that a claim that lists the assertion as missing is believed.
    known('redaction-by-ingredient', {
      state: 'trusted',
      shows: [/Parts of the history were removed, as the record itself says/],
    }),
  ],
};
