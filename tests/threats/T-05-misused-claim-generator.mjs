// T-05: a sound service signs what it should not have. The record says what its signer vouches for, and no more.
import { actions, createdAction, sourceType } from '../fixtures/assertions.mjs';
import { goodStamp } from '../fixtures/catalog/good.mjs';
import { base, flip, otherBase, signed } from '../fixtures/catalog/kit.mjs';
import { known } from './kit.mjs';

const said = { state: 'trusted', hides: [/authentic|verified photo|\breal\b|\btrue\b|unaltered original/i] };
const byTool = /Recorded with assay test fixtures 1\.0 · as stated by the signer/;

const html = '<img src=x onerror="alert(1)"><script>steal()</script>';
const gatheredActions = {
  ...actions([{ action: 'c2pa.edited', digitalSourceType: sourceType.capture }]),
  label: 'c2pa.actions.v2__1',
  gathered: true,
};
const generated = actions([{ ...createdAction, digitalSourceType: sourceType.trained }]);

/** Signed over an exclusion that reaches into the picture, whose pixels are then replaced. */
const excluded = (reach) => () =>
  signed({
    manifest: (layout) => {
      const start = layout.range.start;
      return { binding: layout.dataHash({ exclusions: [{ start, length: layout.range.length + reach }] }) };
    },
    editAsset: (asset, range) => flip(asset, range.start + range.length + reach - 1),
  });

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-05',
  section: '4.2.2.3',
  attacker: 'has a sound service sign misleading data',
  answer:
    'What the signer states and what it only passes along stand apart, both as statements; pixels are never left out of what is signed; revocation works as for a stolen key.',
  attacks: [
    {
      title: 'somebody else’s picture, passed off as a capture',
      build: () => signed({ base: otherBase.jpeg }),
      ...said,
      shows: [/Says captured by a camera or scanner · as stated by the signer/, byTool],
    },
    {
      title: 'a generated picture whose service says so',
      build: () => signed({ manifest: { assertions: [generated] } }),
      ...said,
      shows: [/Says made with generative AI · as stated by the signer/],
      hides: [/captured by/],
    },
    {
      title: 'actions that the service only gathered beside its own',
      build: () => signed({ manifest: { assertions: [generated, gatheredActions] } }),
      ...said,
      shows: [/Says made with generative AI · as stated by the signer/],
      hides: [/captured by a camera or scanner · as stated by the signer/],
      check: ({ manifests: [{ assertions }] }) => {
        const origins = assertions.filter(({ label }) => label.startsWith('c2pa.actions')).map(({ origin }) => origin);
        if (origins.join() !== 'created,gathered') throw new Error(origins.join());
      },
    },
    {
      title: 'nothing but gathered actions',
      build: () => signed({ manifest: { assertions: [{ ...actions(), gathered: true }] } }),
      ...said,
      shows: [/Says captured by a camera or scanner passed along, not vouched for/],
      hides: [/captured by a camera or scanner · as stated by the signer/],
    },
    ...[20, 200, 1].map((reach) => ({
      title: `an exclusion that reaches ${reach} bytes into the picture, which is changed there`,
      build: excluded(reach),
      state: 'invalid',
      codes: ['assertion.dataHash.mismatch'],
      absentCodes: ['assertion.dataHash.match'],
      shows: [/do not match this file/],
    })),
    {
      title: 'an exclusion of the whole file',
      build: () =>
        signed({
          manifest: (layout) => ({
            binding: layout.dataHash({ exclusions: [{ start: 0, length: layout.bytes.length }] }),
          }),
        }),
      state: 'invalid',
      codes: ['assertion.dataHash.mismatch'],
    },
    {
      title: 'markup in title, generator and description',
      build: () =>
        signed({
          manifest: {
            title: html,
            claim: { claim_generator_info: { name: html, version: '1' } },
            assertions: [actions([{ ...createdAction, description: html }])],
          },
        }),
      ...said,
      shows: [/Recorded with <img src=x onerror="alert\(1\)"><script>steal\(\)<\/script> 1/, /as stated by the signer/],
    },
    {
      title: 'a service of which the anchor was withdrawn',
      build: () => signed({ base: base.jpeg, manifest: { sign: { timeStamps: [goodStamp()] } } }),
      trust: ['unlisted-root'],
      state: 'valid',
      codes: ['signingCredential.untrusted'],
      shows: [/signer not recognised/],
    },
    known('ocsp-revoked', { shows: [/The signing certificate was withdrawn on 2025-01-01/, /Signed by Nobody/] }),
    known('claim-title-hostile'),
  ],
};
