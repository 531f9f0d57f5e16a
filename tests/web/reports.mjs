// Complete reports of every headline, written by hand: what screens and words are tested with.

const name = (organization, commonName) => ({ organization, commonName, country: 'XX' });

const certificate = (subject, issuer) => ({
  subject,
  issuer,
  serialNumber: '0a1b2c',
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2028-01-01T00:00:00Z',
  sha256: 'ab'.repeat(32),
  keyType: 'EC P-256',
  signatureAlgorithm: 'ecdsa-with-SHA256',
  extendedKeyUsage: ['1.3.6.1.5.5.7.3.4'],
});

const signerOf = (trust, vouchedBy) => {
  const leaf = certificate(
    name('Harbour Press', 'Harbour Press Photo Desk'),
    name('Northern Signing', 'Northern CA 2'),
  );
  return {
    name: 'Harbour Press',
    trust,
    algorithm: 'es256',
    certificate: leaf,
    path: [leaf, certificate(leaf.issuer, name('Northern Signing', 'Northern Root'))],
    vouchedBy,
  };
};

const status = (code, kind, explanation, url = '') => ({ code, kind, url, manifest: 0, explanation });

const assertion = (label, origin, data) => ({
  label,
  url: `self#jumbf=/c2pa/urn:c2pa:1/c2pa.assertions/${label}`,
  origin,
  integrity: 'ok',
  size: 120,
  data,
});

const manifestOf = (signer, time) => ({
  label: 'urn:c2pa:00000000-0000-4000-8000-000000000001',
  kind: 'standard',
  reached: true,
  claimVersion: 2,
  state: 'trusted',
  title: 'harbour.jpg',
  format: 'image/jpeg',
  instanceId: 'xmp:iid:1',
  claimGenerator: [{ name: 'Desk Camera', version: '4.2' }],
  claimGeneratorText: '',
  signer,
  time,
  assertions: [
    assertion('c2pa.hash.data', 'created', { alg: 'sha256', name: 'jumbf manifest' }),
    assertion('c2pa.actions.v2', 'created', { actions: [{ action: 'c2pa.created' }] }),
    assertion('cawg.metadata', 'gathered', { 'dc:creator': ['Mira Holt'] }),
  ],
  actions: [
    {
      action: 'c2pa.created',
      digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture',
      origin: 'created',
      ingredients: [],
    },
  ],
  ingredients: [
    {
      url: 'self#jumbf=c2pa.assertions/c2pa.ingredient.v3',
      label: 'c2pa.ingredient.v3',
      title: 'raw.dng',
      format: 'image/x-adobe-dng',
      relationship: 'parentOf',
      manifest: -1,
      integrity: 'noManifest',
      origin: 'created',
      deltas: [],
    },
  ],
  redactions: [],
  statuses: [],
});

const FACETS = {
  presence: 'embedded',
  integrity: 'intact',
  signer: 'recognised',
  time: 'trustedTimestamp',
  history: 'ok',
  content: 'verified',
  revocation: 'notChecked',
};

const TIME = { source: 'trustedTimestamp', time: '2026-11-20T14:03:11Z' };

const base = () => {
  const signer = signerOf('recognised', 'vouched for by Northern Root, on C2PA Trust List, 2026-08-05');
  return {
    schema: 'assay-report/1',
    state: 'trusted',
    headline: 'recognised',
    facets: { ...FACETS },
    summary: [
      {
        id: 'headline.recognised',
        text: 'The record belongs to this file, is intact, and its signer is on a list you use.',
      },
    ],
    asset: { format: 'jpeg', mediaType: 'image/jpeg', size: 48231 },
    signer,
    time: TIME,
    origin: {
      kind: 'captured',
      trainedModel: false,
      statedBy: 'signer',
      manifest: 0,
      source: 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture',
    },
    identities: [
      {
        url: 'self#jumbf=c2pa.assertions/cawg.identity',
        manifest: 0,
        kind: 'cawg.x509.cose',
        state: 'wellFormed',
        name: 'Mira Holt',
        vouchedBy: 'on no list you use',
        roles: ['cawg.creator'],
        referencedAssertions: [
          'self#jumbf=c2pa.assertions/c2pa.hash.data',
          'self#jumbf=c2pa.assertions/c2pa.actions.v2',
        ],
        coversContent: true,
        verified: [],
        statuses: [],
      },
    ],
    attached: [
      {
        url: 'self#jumbf=/c2pa/urn:c2pa:1/c2pa.credentials/0',
        manifest: 0,
        kind: 'verifiableCredential',
        subject: 'Jonas Vale',
        issuer: 'Press Guild',
        proof: 'notVerified',
        referencedBy: ['self#jumbf=c2pa.assertions/stds.schema-org.CreativeWork'],
      },
    ],
    manifests: [manifestOf(signer, TIME)],
    statuses: [
      status('claimSignature.validated', 'success', 'The signature of the claim checks out.'),
      status('signingCredential.trusted', 'success', 'The signer is on a list in use.'),
      status('assertion.dataHash.match', 'success', 'The content is the one that was signed.'),
      status('signingCredential.ocsp.skipped', 'informational', 'Revocation was not checked.'),
    ],
    uncovered: [],
    limits: [],
    network: [],
    trustLists: [
      { name: 'C2PA Trust List', issued: '2026-08-05', sha256: 'cd'.repeat(32), role: 'signer', anchors: 24 },
    ],
    evaluatedAt: '2026-11-23T10:00:00Z',
  };
};

const withoutRecord = (headline, presence, text) => ({
  ...base(),
  state: 'none',
  headline,
  facets: {
    presence,
    integrity: 'notApplicable',
    signer: 'notApplicable',
    time: 'none',
    history: 'none',
    content: 'notApplicable',
    revocation: 'notApplicable',
  },
  summary: [{ id: `headline.${headline}`, text }],
  signer: null,
  time: null,
  origin: null,
  identities: [],
  attached: [],
  manifests: [],
  statuses: [],
});

const MISMATCH =
  'These credentials do not match this file. Either the file changed after signing, or the credentials were copied from another file.';

/** One report per headline, fresh on every call. */
export const reports = {
  recognised: base,
  unrecognised: () => {
    const signer = signerOf('unrecognised', 'on no list you use');
    return {
      ...base(),
      state: 'valid',
      headline: 'unrecognised',
      facets: { ...FACETS, signer: 'unrecognised', time: 'claimedOnly' },
      summary: [
        {
          id: 'signer.unrecognised',
          text: 'Signed as “Harbour Press”. That name is on no list you use, so it could be anyone’s.',
          values: { name: 'Harbour Press' },
        },
      ],
      signer,
      time: { source: 'claimed', time: '2026-11-20T14:03:11Z' },
      manifests: [manifestOf(signer, null)],
    };
  },
  partial: () => ({
    ...base(),
    state: 'wellFormed',
    headline: 'partial',
    facets: { ...FACETS, integrity: 'partial', content: 'notChecked' },
    summary: [{ id: 'content.notChecked', text: 'The signature checks out; the content was not checked completely.' }],
  }),
  invalid: () => ({
    ...base(),
    state: 'invalid',
    headline: 'invalid',
    facets: { ...FACETS, integrity: 'mismatch', content: 'mismatch' },
    summary: [{ id: 'integrity.mismatch', text: MISMATCH }],
    statuses: [status('assertion.dataHash.mismatch', 'failure', 'The content is not the one that was signed.')],
  }),
  recovered: () =>
    withoutRecord('recovered', 'recovered', 'Similar content was found. That is no proof about this file.'),
  referenced: () => ({
    ...withoutRecord('referenced', 'unreachable', 'This file points to credentials that were not fetched.'),
    network: [{ kind: 'remoteManifest', url: 'https://credentials.example/store.c2pa', outcome: 'notAllowed' }],
  }),
  none: () => withoutRecord('none', 'none', 'No credentials were found in this file.'),
  unchecked: () => withoutRecord('unchecked', 'broken', 'This kind of file is not supported.'),
};

/** A report whose every text is an attack on whoever shows it. */
export function hostileReport(text) {
  const report = base();
  const visit = [report];
  for (let value = visit.pop(); value !== undefined; value = visit.pop()) {
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'object' && inner !== null) visit.push(inner);
      const isFree = [
        'name',
        'title',
        'subject',
        'issuer',
        'vouchedBy',
        'text',
        'explanation',
        'label',
        'kind',
        'version',
      ];
      if (typeof inner === 'string' && isFree.includes(key) && value.code === undefined) value[key] = text;
    }
  }
  for (const manifest of report.manifests) manifest.kind = 'standard';
  return report;
}
