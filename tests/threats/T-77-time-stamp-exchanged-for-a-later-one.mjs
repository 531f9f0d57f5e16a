// T-77: a token is in no hash, so that anybody may take it away or put a later one in its place. All it ever says is "no
// later than", by the name of who says so, and never when the picture was taken.
import { goodStamp, oldStyle } from '../fixtures/catalog/good.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { timeStampHeader } from '../fixtures/cose.mjs';
import { signer, tsa, unlistedTsa } from '../fixtures/test-pki.mjs';

const at = (genTime, authority = tsa()) => ({ version: 2, token: { tsa: authority, genTime } });
const early = '2025-06-01T12:00:00Z';
const late = '2026-03-01T12:00:00Z';

/** Signed with one token, stored with others: they fit as well as the first. */
const exchanged =
  (stamps, by = signer()) =>
  () =>
    signed({
      manifest: {
        signer: by,
        sign: {
          timeStamps: [at(early)],
          editParts: (parts, claim) => ({
            ...parts,
            unprotectedHeaders: [
              ...stamps.map((stamp) => timeStampHeader(stamp, parts, claim)),
              ...parts.unprotectedHeaders.filter(([key]) => !String(key).startsWith('sigTst')),
            ],
          }),
        },
      },
    });

const neverTaken = [/taken (at|on)|recorded (at|on)|signed (at|on) 20|created (at|on)/i];

const confirmed = (time, rest) => ({
  state: 'trusted',
  codes: ['timeStamp.validated', 'timeStamp.trusted'],
  shows: [new RegExp(`When ${time.slice(0, 10)} 12:00 UTC no later than this, by a recognised time-stamp`)],
  hides: neverTaken,
  check(report) {
    const said = report.summary.map(({ text }) => text).join(' ');
    if (!said.includes(`Existed no later than ${time}, according to assay TEST.`)) throw new Error(said);
  },
  ...rest,
});

const unconfirmed = { state: 'trusted', hides: [...neverTaken, /recognised time-stamp|2025-06-01/] };

const untilJanuary = () => signer('ES256', { notAfter: '2026-01-01T00:00:00Z' });

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-77',
  attacker: 'exchanges the time-stamp for a later one, or takes it away',
  answer: '“Existed no later than”, by the authority’s name; a later token only says less, and none says nothing.',
  attacks: [
    { title: 'the token as it was made', build: exchanged([at(early)]), ...confirmed(early) },
    { title: 'a later token of the same authority', build: exchanged([at(late)]), ...confirmed(late) },
    {
      title: 'no token any more',
      build: exchanged([]),
      ...unconfirmed,
      shows: [/No time of signing is recorded/],
    },
    {
      title: 'a token of an authority on no list instead',
      build: exchanged([at(early, unlistedTsa())]),
      state: 'trusted',
      codes: ['timeStamp.untrusted'],
      absentCodes: ['timeStamp.trusted'],
      shows: [/by a time-stamp of an authority on no list you use/],
      hides: [...neverTaken, /a recognised authority confirms the time/],
    },
    {
      // The later token says too little for a signer who has expired; the earlier one would have been enough.
      title: 'a later token, from after the certificate ended',
      build: exchanged([at(late)], untilJanuary()),
      state: 'invalid',
      codes: ['claimSignature.outsideValidity'],
      shows: [/Signed outside the certificate's validity/],
    },
    {
      title: 'the earlier token of a signer who has expired',
      build: exchanged([at(early)], untilJanuary()),
      ...confirmed(early),
    },
    {
      title: 'a v1 token on a v1 claim, which covers the claim and not the signature',
      build: () =>
        signed({ manifest: { ...oldStyle(), sign: { x5chain: 'unprotected', timeStamps: [goodStamp(1)] } } }),
      ...confirmed(early),
    },
  ],
};
