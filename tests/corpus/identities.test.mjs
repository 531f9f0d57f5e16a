// How many people a report speaks of, and whom it leaves out.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { actions, assertionReference, ingredient, manifestUri } from '../fixtures/assertions.mjs';
import { openedFrom, original } from '../fixtures/catalog/ingredients.mjs';
import { oldStyle } from '../fixtures/catalog/good.mjs';
import { holder } from '../fixtures/catalog/identity-kit.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { creativeWork } from '../fixtures/credential.mjs';
import { x509Identity } from '../fixtures/identity.mjs';
import { manifestLabel } from '../fixtures/manifest.mjs';
import { clock, openValidator } from './cases.mjs';

const validator = openValidator();
after(async () => (await validator).dispose());

const reportOn = async (bytes) => (await validator).validate(bytes, { now: clock });
const limitsOf = (report) => report.limits.map(({ limit }) => limit);
const codesOf = (report) => report.statuses.map(({ code }) => code);

/** @param {number} count */
const people = (count) =>
  signed({
    manifest: (layout) => {
      const binding = layout.dataHash();
      const one = x509Identity({ about: [binding], by: holder() });
      const label = (i) => (i === 0 ? one.label : `${one.label}__${i}`);
      return {
        assertions: [actions(), ...Array.from({ length: count }, (_, i) => ({ ...one, label: label(i) }))],
        binding,
      };
    },
  });

test('R-009, R-1114: identity statements beyond the limit are not passed over in silence', async () => {
  const at = await reportOn(people(64));
  assert.deepEqual([at.identities.length, limitsOf(at)], [64, []]);
  const beyond = await reportOn(people(65));
  assert.deepEqual([beyond.identities.length, limitsOf(beyond)], [64, ['identityStatements']]);
  assert.equal(beyond.state, 'trusted', 'people besides the signer change no state');
});

/** @param {number} count of authors, or of references to a credential */
const named = (count, what) => {
  const work = creativeWork({ references: [] });
  const entry = (i) => ({ url: `self#jumbf=c2pa.credentials/${i}`, hash: Buffer.alloc(32).toString('base64') });
  const author =
    what === 'names'
      ? Array.from({ length: count }, (_, i) => ({ '@type': 'Person', name: `Somebody ${i}` }))
      : [{ '@type': 'Person', name: 'Somebody', credential: Array.from({ length: count }, (_, i) => entry(i)) }];
  return signed({
    manifest: {
      ...oldStyle(),
      assertions: [actions(undefined, { version: 1 }), { ...work, json: { '@type': 'CreativeWork', author } }],
    },
  });
};

test('R-009, R-1171: names beyond the limit are not passed over in silence', async () => {
  const at = await reportOn(named(256, 'names'));
  assert.deepEqual([at.attached.length, limitsOf(at), at.state], [256, [], 'trusted']);
  const beyond = await reportOn(named(257, 'names'));
  assert.deepEqual([beyond.attached.length, limitsOf(beyond), beyond.state], [256, ['attachedNames'], 'trusted']);
});

/** Metadata that names this many people, besides what other assertions say. */
const manyArtists = (count, more = []) =>
  signed({
    manifest: {
      assertions: [
        actions(),
        { label: 'stds.exif', json: { 'tiff:Artist': Array.from({ length: count }, (_, i) => `Artist no. ${i}`) } },
        ...more,
      ],
    },
  });

test('R-009, T-09: of ten thousand names none stands outside the list, which ends at the limit', async () => {
  const creator = { label: 'cawg.metadata', json: { 'dc:creator': ['Greta Lindqvist'], 'dc:format': 'image/jpeg' } };
  const { attached, ...rest } = await reportOn(manyArtists(10000, [creator]));
  assert.deepEqual([attached.length, limitsOf(rest), rest.state], [256, ['attachedNames'], 'trusted']);
  assert.doesNotMatch(JSON.stringify(rest), /Artist no|Greta/);
  const cut = rest.manifests[0].assertions.filter(({ data }) => data?.$attached === null);
  assert.deepEqual(
    cut.map(({ label }) => label),
    ['stds.exif', 'cawg.metadata'],
  );
  // The same name ten thousand times is one name.
  const again = Array.from({ length: 10000 }, () => 'Ada Exif');
  const one = await reportOn(manyArtists(0, [{ label: 'cawg.metadata', json: { 'xmpDM:artist': again } }]));
  assert.deepEqual([one.attached.length, limitsOf(one)], [1, []]);
});

test('T-09: an artist by the name of the signer is not the signer, and takes no place from it', async () => {
  const name = 'Example Press (TEST)';
  const json = { 'tiff:Artist': name, 'dc:creator': ['$attached', '$bytes', 'tiff:Artist'] };
  const report = await reportOn(manyArtists(0, [{ label: 'cawg.metadata', json }]));
  assert.deepEqual([report.state, report.signer.name, report.identities], ['trusted', name, []]);
  assert.deepEqual(
    report.attached.map(({ kind, subject }) => [kind, subject]),
    [['artist', name], ...['$attached', '$bytes', 'tiff:Artist'].map((word) => ['creator', word])],
  );
  const { data } = report.manifests[0].assertions.find(({ label }) => label === 'cawg.metadata');
  assert.deepEqual(data, {
    '$attached 3': { $attached: 0 },
    'dc:creator': [{ $attached: 1 }, { $attached: 2 }, { $attached: 3 }],
  });
});

test('R-009, R-1172: references to credentials that are not checked are a failure', async () => {
  assert.ok(!codesOf(await reportOn(named(256, 'credentials'))).includes('general.error'));
  const beyond = await reportOn(named(257, 'credentials'));
  assert.ok(limitsOf(beyond).includes('attachedNames'));
  assert.ok(codesOf(beyond).includes('general.error'));
  assert.equal(beyond.state, 'invalid');
});

test('R-1113: an identity that a later record redacts is not shown', async () => {
  const before = (layout, o) => {
    const binding = layout.dataHash();
    const own = x509Identity({ about: [binding], by: holder() });
    return original(layout, { assertions: [actions(), own], binding, ...o });
  };
  const shown = await reportOn(
    signed({
      earlier: (layout) => [before(layout)],
      manifest: (_, [first]) => {
        const parent = ingredient({ manifest: first });
        return { assertions: [openedFrom(parent), parent] };
      },
    }),
  );
  assert.deepEqual([shown.identities.length, shown.identities[0].manifest], [1, 1]);

  const uri = manifestUri(manifestLabel('original'), 'c2pa.assertions/cawg.identity');
  const assertionBoxes = (boxes) => boxes.filter((box) => !box.includes('cawg.identity'));
  const report = await reportOn(
    signed({
      earlier: (layout) => [before(layout, { edit: { assertionBoxes } })],
      manifest: (layout, [stored]) => {
        const parent = ingredient({ manifest: { ...before(layout), signatureBox: stored.signatureBox } });
        const opened = { action: 'c2pa.opened', parameters: { ingredients: [assertionReference(parent)] } };
        const redacted = { action: 'c2pa.redacted', reason: 'c2pa.PII.present', parameters: { redacted: uri } };
        return { assertions: [actions([opened, redacted]), parent], redacted: [uri] };
      },
    }),
  );
  assert.equal(report.state, 'trusted');
  assert.deepEqual(report.identities, []);
  assert.ok(!codesOf(report).some((code) => code.startsWith('cawg.')));
});

test('T-09, R-1177: what a record lists as redacted names no holder of a credential', async () => {
  const bytes = signed({
    earlier: (layout) => [original(layout)],
    manifest: (_, [first]) => {
      const parent = ingredient({ manifest: first });
      const redacted = [manifestUri(first.label, 'c2pa.credentials/did:example:greta-lindqvist')];
      return { assertions: [openedFrom(parent), parent], redacted };
    },
  });
  const report = await reportOn(bytes);
  assert.match(report.manifests[0].redactions[0], /\/c2pa\.credentials\/$/);
  assert.ok(!JSON.stringify(report).includes('greta-lindqvist'));
});
