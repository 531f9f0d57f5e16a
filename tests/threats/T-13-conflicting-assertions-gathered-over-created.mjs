// T-13: what a signer only gathered must never pass for what it states.
import assert from 'node:assert/strict';
import { actions, createdAction, sourceType } from '../fixtures/assertions.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { known } from './kit.mjs';

const metadata = (label, artist, gathered) => ({
  label,
  json: { '@context': { tiff: 'http://ns.adobe.com/tiff/1.0/' }, 'tiff:Artist': artist },
  gathered,
});

const mining = (label, use, gathered) => ({
  label,
  cbor: { entries: { 'cawg.ai_generative_training': { use } } },
  gathered,
});

const edit = (label, source, gathered) => ({
  ...actions([{ action: 'c2pa.edited', digitalSourceType: source }]),
  label,
  gathered,
});

/** Of every assertion whose label begins so: its origin, in the order of the report. */
const origins = (report, begin) =>
  report.manifests[0].assertions.filter(({ label }) => label.startsWith(begin)).map(({ origin }) => origin);

const apart = (begin) => (report) => assert.deepEqual(origins(report, begin).sort(), ['created', 'gathered']);

const withAssertions =
  (...assertions) =>
  () =>
    signed({ manifest: { assertions: [actions(), ...assertions] } });

/** A reference put into the list of what is gathered, too. */
const alsoGathered = (change) => () =>
  signed({
    manifest: {
      edit: {
        references: ({ created, gathered }) => {
          gathered.push(change({ ...created[0] }));
        },
      },
    },
  });

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-13',
  attacker: 'has a signer gather assertions under the labels that it uses itself, with other content',
  answer:
    'Created and gathered stay apart, by origin in the report and by who says so in words; what is in both lists is created, and one label with two contents is refused.',
  attacks: [
    {
      title: 'metadata of both origins that name two artists',
      build: withAssertions(metadata('c2pa.metadata', 'Stated', false), metadata('c2pa.metadata__1', 'Gathered', true)),
      state: 'trusted',
      check: apart('c2pa.metadata'),
    },
    {
      title: 'a gathered permission against a stated refusal',
      build: withAssertions(
        mining('cawg.training-mining', 'notAllowed', false),
        mining('cawg.training-mining__1', 'allowed', true),
      ),
      state: 'trusted',
      check: (report, text) => {
        apart('cawg.training-mining')(report);
        assert.doesNotMatch(text, /(?<!not )allowed[^·]*· as stated by the signer/);
      },
    },
    {
      title: 'a gathered edit that denies the trained model of the stated one',
      build: () =>
        signed({
          manifest: {
            assertions: [
              actions([{ ...createdAction, digitalSourceType: sourceType.trained }]),
              edit('c2pa.actions.v2__1', sourceType.capture, true),
            ],
          },
        }),
      state: 'trusted',
      shows: [/Says made with generative AI · as stated by the signer/],
      hides: [/captured by a camera or scanner · as stated by the signer/],
      check: apart('c2pa.actions'),
    },
    {
      title: 'a gathered source in front of nothing stated',
      build: () => signed({ manifest: { assertions: [{ ...actions(), gathered: true }] } }),
      state: 'trusted',
      shows: [/Says captured by a camera or scanner passed along, not vouched for/],
      check: ({ origin }) => assert.equal(origin.statedBy, 'gathered'),
    },
    {
      title: 'one label twice in the store, the other content gathered',
      build: withAssertions(metadata('c2pa.metadata', 'Stated', false), metadata('c2pa.metadata', 'Gathered', true)),
      state: 'invalid',
      hides: [/Stated|Gathered/],
    },
    {
      title: 'the same reference in both lists',
      // the same content, so that it is the signer's statement, once.
      build: alsoGathered((ref) => ref),
      state: 'trusted',
      check: (report) => assert.deepEqual(origins(report, 'c2pa.actions'), ['created']),
    },
    {
      title: 'the same assertion in both lists, with another hash',
      build: alsoGathered((ref) => ({ ...ref, hash: Buffer.alloc(32, 9) })),
      state: 'invalid',
      anyCodes: ['assertion.hashedURI.mismatch', 'assertion.multipleReferences', 'claim.malformed'],
    },
    {
      title: 'a second hard binding that is gathered',
      build: () =>
        signed({
          manifest: (layout) => ({
            assertions: [
              actions(),
              layout.dataHash({
                assertion: { label: 'c2pa.hash.data__1', gathered: true },
                fields: { hash: Buffer.alloc(32) },
              }),
            ],
          }),
        }),
      state: 'invalid',
      codes: ['assertion.multipleHardBindings'],
      absentCodes: [],
    },
    known('binding-gathered', {
      check: (report) => assert.deepEqual(origins(report, 'c2pa.hash.data'), ['gathered']),
    }),
    known('good-gathered', {
      check: ({ manifests: [{ assertions }] }) => assert.ok(assertions.some(({ origin }) => origin === 'gathered')),
    }),
  ],
};
