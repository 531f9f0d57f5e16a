// T-09: another person's credential, name or identity statement in a record of one's own. Signer, identities and
// attached names stand in zones of their own; how pages and panels keep them apart: tests/browser/copied.test.mjs,
// tests/extension/copied.test.mjs.
import assert from 'node:assert/strict';
import { copied } from '../fixtures/catalog/credentials.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { attachedEntries, copiedPicture, holderName, victims } from '../fixtures/copied.mjs';
import { credentialBox, credentialStore, credential } from '../fixtures/credential.mjs';
import { oldStyle } from '../fixtures/catalog/good.mjs';
import { known } from './kit.mjs';
import { appended, boxChanged } from './without-key.mjs';

const { name } = copied;
const disclaimer = /The people named here did not sign it and may not know about this file/;
const mallory = 'Mallory Example';

/** The three zones of a text, by what heads them. */
function zones(text) {
  const [own, attached = ''] = text.split('Names attached by the signer');
  const [signer, identities = ''] = own.split('Identity statements with their own signature');
  return { signer, identities, attached };
}

const onlyAttached = (...names) => ({
  shows: [disclaimer],
  check: (report, text) => {
    const { signer, identities, attached } = zones(text);
    for (const one of names) {
      assert.ok(attached.includes(one), `${one} is not among the attached: ${text}`);
      assert.ok(!signer.includes(one) && !identities.includes(one), `${one} left its zone: ${text}`);
    }
    assert.ok(!JSON.stringify([report.summary, report.signer, report.identities]).includes(name));
  },
});

const nobody = (...names) => ({
  check: (_, text) => {
    for (const one of [name, ...names]) assert.ok(!text.includes(one), `${one} is shown: ${text}`);
  },
});

const failedIdentity = {
  shows: [/Identity statements with their own signature · Unproven name/, /failed its check/],
  check: ({ identities: [identity], signer }, text) => {
    assert.equal(identity.name, '');
    assert.equal(signer.name, 'Example Press (TEST)');
    assert.ok(!text.includes('Jo Example'));
  },
};

const copiedWhole = (listed) => ({
  title: `everything that names the victim, by a signer ${listed ? 'on a list' : 'on no list'}`,
  build: () => copiedPicture({ listed }),
  identityTrust: ['root'],
  state: listed ? 'trusted' : 'valid',
  shows: [disclaimer, /without a proof of its own|named as author/],
  check: (report, text) => {
    const { signer, identities, attached } = zones(text);
    for (const victim of victims.attached) assert.ok(attached.includes(victim) && !signer.includes(victim), victim);
    for (const victim of victims.nowhere) assert.ok(!text.includes(victim), victim);
    assert.ok(identities.includes(holderName) && !signer.includes(holderName));
    assert.equal(report.attached.length, attachedEntries.length);
  },
});

const stranger = credentialBox('did:example:mallory', credential({ subject: 'did:example:mallory', name: mallory }));
const injected = {
  title: 'a store of credentials that nothing refers to, put into a record of version 1 without a key',
  before: () => signed({ manifest: oldStyle() }),
  edit: boxChanged([''], appended(credentialStore([stranger]))),
  state: 'trusted',
  hides: [new RegExp(mallory)],
  check: ({ uncovered, attached }) => {
    assert.deepEqual(attached, []);
    assert.ok(uncovered.some(({ kind, within }) => kind === 'credentials' && within === 'store'));
  },
};

const proofs = ['jcs-changed', 'jcs-foreign-key', 'jwt-foreign-key'];
const lookAlikes = ['homoglyph', 'bidi', 'invisible', 'control', 'case', 'composed'];

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-09',
  section: '4.2.2.7',
  attacker: 'copies somebody’s sound credential, name or identity statement into a record of their own',
  answer:
    'The subject stands among the names that the signer attached, who did not sign; a statement about another record fails; what nothing refers to is not shown.',
  attacks: [
    ...[true, false].map(copiedWhole),
    injected,
    known('credential-copied', onlyAttached(name, copied.did)),
    known('credential-of-actor', onlyAttached(name)),
    known('credential-good', onlyAttached('Jo Example')),
    known('credential-injected', { ...onlyAttached(name), hides: [/Mallory/] }),
    known('credential-unreferenced', nobody('Jo Example')),
    known('credential-mismatch', nobody('Jo Example')),
    known('credential-twice-in-store', nobody()),
    known('credential-of-other-manifest'),
    known('credential-moved', nobody()),
    known('unsigned-credential-store', nobody('Somebody Else')),
    ...lookAlikes.map((kind) => known(`credential-label-${kind}`, nobody())),
    known('credential-label-beside', onlyAttached(name)),
    ...proofs.map((proof) => known(`credential-proof-${proof}`, { hides: [/its own proof is good/] })),
    known('identity-copied', failedIdentity),
    known('identity-look-alike-label', failedIdentity),
    known('identity-moved-and-signed', failedIdentity),
    known('identity-of-parent', failedIdentity),
    known('identity-moved', { title: 'an identity of another record, put in without a key', hides: [/Jo Example/] }),
    known('identity-undeclared', { hides: [/Jo Example/] }),
    known('identity-twice-injected'),
    known('identity-ica-copied', { hides: [/example_photographer/] }),
    known('identity-signer-list', {
      shows: [/not recognised: the signature is good, but/],
    }),
    known('identity-identity-list', { shows: [/signer not recognised/] }),
    known('names-exif', { shows: [disclaimer] }),
    known('names-said-twice', { shows: [disclaimer] }),
    known('details-work', { shows: [disclaimer] }),
    known('good-cawg-metadata'),
  ],
};
