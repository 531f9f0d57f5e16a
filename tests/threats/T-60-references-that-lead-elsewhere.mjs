// T-60: a reference means one box of its own manifest, by its exact label and whole hash.
import { manifestUri } from '../fixtures/assertions.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { manifestLabel } from '../fixtures/manifest.mjs';
import { allKnown } from './kit.mjs';

const url = 'self#jumbf=c2pa.assertions/c2pa.actions.v2';

/** The claim with another address in the reference to its actions; the hash stays right. */
const pointing = (title, address, codes) => ({
  title: `a reference ${title}`,
  build: () =>
    signed({
      manifest: {
        edit: {
          references: ({ created }) => {
            created[0].url = address;
          },
        },
      },
    }),
  state: 'invalid',
  codes,
  shows: [/Invalid Content Credentials/],
});

const missing = ['assertion.missing', 'assertion.undeclared'];

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-60',
  attacker: 'writes references that lead out of the manifest, that are read in two ways, or that have no whole hash',
  answer:
    'Nothing is followed but an exact path: missing, outside the manifest, or a mismatch, and nothing is fetched.',
  attacks: [
    pointing('to a web address', 'https://assertions.example/c2pa.actions.v2', missing),
    pointing('to a file', 'file:///c2pa.assertions/c2pa.actions.v2', missing),
    pointing('to data', 'data:application/cbor;base64,oA==', missing),
    pointing('without the prefix', 'c2pa.assertions/c2pa.actions.v2', missing),
    pointing('with a percent-encoded slash', 'self#jumbf=c2pa.assertions%2Fc2pa.actions.v2', missing),
    {
      // encoded labels are read where the literal one does not exist; then they are the label, everywhere.
      ...pointing('with a percent-encoded letter', 'self#jumbf=c2pa.assertions/c2pa.action%73.v2', []),
      state: 'trusted',
      shows: [/captured by a camera/],
    },
    pointing('through a parent', 'self#jumbf=c2pa.assertions/../c2pa.assertions/c2pa.actions.v2', missing),
    pointing('through itself', 'self#jumbf=c2pa.assertions/./c2pa.actions.v2', missing),
    pointing('with a query', `${url}?x`, missing),
    pointing('with a second hash sign', `${url}#x`, missing),
    pointing('with a NUL', `${url}\0`, missing),
    pointing('with a space', `${url} `, missing),
    pointing('in other letters', 'self#jumbf=c2pa.assertions/C2PA.actions.v2', missing),
    pointing('in look-alike letters', 'self#jumbf=c2pa.assertions/c2pa.\u0430ctions.v2', missing),
    pointing('to the claim itself', 'self#jumbf=c2pa.claim.v2', ['assertion.undeclared']),
    pointing('to the signature', 'self#jumbf=c2pa.signature', ['assertion.undeclared']),
    pointing('to the whole manifest', manifestUri(manifestLabel('active')), ['assertion.undeclared']),
    pointing('to the whole store', 'self#jumbf=/c2pa', ['assertion.undeclared']),
    pointing('to nothing', '', missing),
    pointing('to another manifest', manifestUri(manifestLabel('elsewhere'), 'c2pa.assertions/c2pa.actions.v2'), [
      'assertion.outsideManifest',
    ]),
    ...allKnown(
      ['outside', 'dangling', 'dots', 'empty-segment', 'case', 'trailing-slash', 'http', 'no-url'].map(
        (name) => `claim-reference-${name}`,
      ),
    ),
    ...allKnown(
      ['hash-wrong', 'hash-short', 'hash-empty', 'hash-missing', 'prefix'].map((name) => `claim-reference-${name}`),
      { codes: ['assertion.hashedURI.mismatch'] },
    ),
  ],
};
