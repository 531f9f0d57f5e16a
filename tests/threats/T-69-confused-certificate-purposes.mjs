// T-69: a certificate signs only what it was issued for, and only anchors configured for that purpose vouch for it.
import { signed } from '../fixtures/catalog/kit.mjs';
import { eku } from '../fixtures/oids.mjs';
import { issuing, ocspCertificate, signer, tsaCertificate } from '../fixtures/test-pki.mjs';
import { allKnown, known } from './kit.mjs';

/** What the leaf is for. */
const leaves = {
  'signing claims': [eku.claimSigning],
  'signing claims and mail': [eku.claimSigning, eku.emailProtection],
  mail: [eku.emailProtection],
  'signing documents': [eku.documentSigning],
  'web servers': [eku.serverAuth],
  'time-stamps': [eku.timeStamping],
  'OCSP answers': [eku.ocspSigning],
  'signing claims and time-stamps': [eku.claimSigning, eku.timeStamping],
  'anything at all': [eku.any],
};

/** What the anchors are configured for. */
const configurations = {
  'signing claims, by default': undefined,
  mail: [eku.emailProtection],
  'signing claims, mail and documents': [eku.claimSigning, eku.emailProtection, eku.documentSigning],
};

const forbidden = new Set([eku.timeStamping, eku.ocspSigning, eku.any]);

/** Forbidden purposes are invalid whatever is configured; others need one in common with the anchors. */
function outcome(leaf, configured = [eku.claimSigning]) {
  if (leaf.some((purpose) => forbidden.has(purpose)))
    return { state: 'invalid', codes: ['signingCredential.invalid'], absentCodes: ['signingCredential.trusted'] };
  if (leaf.some((purpose) => configured.includes(purpose))) return { state: 'trusted' };
  return {
    state: 'valid',
    codes: ['signingCredential.untrusted'],
    absentCodes: ['signingCredential.trusted'],
    shows: [/signer not recognised/],
  };
}

const attacks = Object.entries(leaves).flatMap(([purpose, leaf]) =>
  Object.entries(configurations).map(([name, purposes]) => ({
    title: `a certificate for ${purpose}; the anchors are for ${name}`,
    build: () => signed({ manifest: { signer: signer('ES256', { eku: leaf }) } }),
    purposes,
    ...outcome(leaf, purposes),
  })),
);

/** The true certificates of other services, as they are used elsewhere. */
const service = (certificate) => {
  const leaf = certificate();
  return { alg: 'ES256', key: leaf.key, chain: [leaf, issuing()] };
};

const refused = {
  state: 'invalid',
  codes: ['signingCredential.invalid'],
  absentCodes: ['signingCredential.trusted'],
  shows: [/The signing certificate may not be used for Content Credentials/],
};

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-69',
  attacker: 'signs a claim with a certificate that was issued for something else',
  answer:
    'Certificates for time-stamps, OCSP or anything are invalid; others untrusted unless the anchors are for them.',
  attacks: [
    ...attacks,
    {
      title: 'the OCSP responder of the authority signs a claim',
      build: () => signed({ manifest: { signer: service(ocspCertificate) } }),
      ...refused,
    },
    {
      title: 'a time-stamp authority under the signers’ issuing CA signs a claim',
      build: () => signed({ manifest: { signer: service(() => tsaCertificate({ issuer: issuing() })) } }),
      ...refused,
    },
    {
      title: 'a time-stamp authority under its own root, which is on the list for time-stamps only',
      build: () => signed({ manifest: { signer: service(tsaCertificate) } }),
      ...refused,
    },
    {
      title: 'a time-stamp authority whose root is on the signers’ list by mistake',
      build: () => signed({ manifest: { signer: service(tsaCertificate) } }),
      trust: ['root', 'tsa-root'],
      ...refused,
    },
    known('good-email-eku-only', { shows: [/signer not recognised/] }),
    known('certificate-eku-document'),
    known('certificate-eku-server', { state: 'valid' }),
    ...allKnown(['certificate-eku-time-stamping', 'certificate-eku-ocsp-signing'], refused),
    ...allKnown(['certificate-eku-time-stamping-too', 'certificate-eku-ocsp-signing-too'], refused),
  ],
};
