// T-76: the signer of these files expired, so that only a time-stamp that holds could save them. None of these does.
import { oldStyle, stampTime } from '../fixtures/catalog/good.mjs';
import { flip, signed } from '../fixtures/catalog/kit.mjs';
import { authority, expired, stamp } from '../fixtures/catalog/time.mjs';
import { tsa, unlistedTsa } from '../fixtures/test-pki.mjs';
import { allKnown, known } from './kit.mjs';

const useless = {
  state: 'invalid',
  codes: ['claimSignature.outsideValidity'],
  absentCodes: ['claimSignature.insideValidity', 'timeStamp.trusted'],
  shows: [/Signed outside the certificate's validity, with no recognised time-stamp/],
  hides: [/2025-06-01/],
};

const file =
  (timeStamps, more = {}) =>
  () =>
    signed({ manifest: { ...more, signer: expired(), sign: { ...more.sign, timeStamps } } });

/** Bad tokens, as a v2 and as a v1 header have them. */
const tokens = {
  'of an authority on no list': { tsa: unlistedTsa() },
  'of an authority that had expired': { tsa: authority({ notAfter: '2025-01-01T00:00:00Z' }) },
  'of an authority for any purpose': { tsa: authority({ eku: ['2.5.29.37.0'] }) },
  'over other data': { imprint: Buffer.alloc(32, 9) },
  'with a SHA-1 imprint': { imprintHash: 'sha1' },
  'whose time was edited': {
    mutateSigned: (info) => flip(info, info.length - 3),
  },
  'whose signing attributes name another certificate': { essCertificate: unlistedTsa().chain[0] },
  'from after the certificate ended': { genTime: '2026-06-01T12:00:00Z' },
  'from before the certificate began': { genTime: '2019-06-01T12:00:00Z' },
  'from the future': { genTime: '2030-06-01T12:00:00Z' },
};

const attacks = Object.entries(tokens).flatMap(([what, token]) => [
  { title: `a token ${what}`, build: file(stamp(token)), ...useless, absentCodes: ['claimSignature.insideValidity'] },
  {
    title: `a v1 token ${what}`,
    build: file([{ version: 1, token: { tsa: tsa(), genTime: stampTime, ...token } }], oldStyle()),
    ...useless,
    absentCodes: ['claimSignature.insideValidity'],
  },
]);

const time = (names) => names.map((name) => `time-${name}`);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-76',
  attacker: 'adds a time-stamp that is broken, of something else, or of an authority nobody listed',
  answer: 'It is noted and not used; then the present decides, and the expired certificate is outside its validity.',
  attacks: [
    ...attacks,
    ...allKnown(time(['unknown-authority', 'authority-under-signer-root', 'authority-under-issuing']), useless),
    ...allKnown(time(['signer-as-authority', 'no-certificates', 'sha1-imprint', 'authority-eku-missing']), useless),
    ...allKnown(time(['authority-eku-more', 'authority-expired', 'authority-not-yet', 'other-data']), useless),
    ...allKnown(time(['no-imprint', 'signature-flipped', 'time-edited', 'digest-lies', 'other-key']), useless),
    ...allKnown(time(['two-signers', 'no-signer', 'other-content', 'two-tokens', 'no-tokens', 'garbage']), useless),
    ...allKnown(time(['container-broken', 'v1-refused', 'v1-payload-in-v2']), useless),
    ...allKnown(time(['before-signer', 'after-signer']), {
      shows: [/Signed outside the certificate's validity/],
    }),
    // A useless token takes nothing from a signer who needs none.
    known('time-bad-but-signer-valid', { hides: [/a recognised authority confirms the time/] }),
  ],
};
