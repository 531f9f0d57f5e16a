// The open corpus beside the checkout ($ASSAY_CORPUS, else ../shared/corpus): where it is, what is trusted while
// it is judged, and how a report is held against what the index expects. Tests say so when it is absent.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from '../web/bundle.mjs';

export const corpus = resolve(process.env.ASSAY_CORPUS ?? join(root, '../shared/corpus'));
export const present = existsSync(join(corpus, 'index.json'));

export const now = '2026-11-23T00:00:00Z';

export const assets = () => JSON.parse(readFileSync(join(corpus, 'index.json'), 'utf8')).assets;

export const read = (file) => readFileSync(join(corpus, file));

const signerLists = [
  'official/C2PA-TRUST-LIST.pem',
  'interim/anchors-verify-site.pem',
  'interim/anchors-conformance-tool.pem',
  'corpus-gen/root.pem',
  'c2pa-rs-test/test_cert_root_bundle.pem',
  'c2pa-rs-test/cli_fixture_anchors.pem',
  'c2pa-rs-test/cli_sample_trust_anchors.pem',
  'encypher-test/encypher-c2pa-root.pem',
  'google-contrib/root_ca1_cert.pem',
  'google-contrib/root_ca2_cert.pem',
  'c2pa-js-test/anchor-correct.pem',
  'microsoft-test/chain.pem',
  'ebu/c2pa_anchors.pem',
];

const timestampLists = [
  'official/C2PA-TSA-TRUST-LIST.pem',
  'corpus-gen/tsaroot.pem',
  'encypher-test/encypher-tsa-issuing-ca.pem',
  'encypher-test/identity-1.2-tsa-trust.pem',
  'google-contrib/tsa_ca_2000_2019.pem',
  'microsoft-test/digicert_TSA_CA.pem',
];

// Old files carry general purposes; here they are accepted next to the one of C2PA.
const purposes = ['1.3.6.1.4.1.62558.2.1', '1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.36'];

const list = (role, eku) => (name) => ({
  name,
  role,
  pem: readFileSync(join(corpus, 'trust', name), 'utf8'),
  ...(eku && { eku }),
});

/** Every list that a file of the corpus was made for. */
export const trust = () => ({
  useDefault: false,
  lists: [...signerLists.map(list('signer', purposes)), ...timestampLists.map(list('timestamp'))],
});

/** The init segment that a media segment belongs to, as the index notes it; undefined for whole files. */
export const initOf = (asset) => /init segment: \S*?(fmp4\/[\w.-]+)/.exec(asset.note ?? '')?.[1];

/** The verdict on a media segment of a stream. */
export async function segmentVerdict(validator, asset, options) {
  let verdict;
  await validator.validateFragments(read(initOf(asset)), [read(asset.file)], {
    ...options,
    onSegment: (segment) => (verdict = segment),
  });
  return verdict;
}

/** What the index expects and the report does not show; empty when they agree. */
export function disagreements(report, expected) {
  const codes = new Set(report.statuses.map((status) => status.code));
  const found = [];
  if (expected.states.length > 0 && !expected.states.includes(report.state)) {
    found.push(`state ${report.state}, expected ${expected.states.join(' or ')}`);
  }
  if (expected.codes_any.length > 0 && !expected.codes_any.some((code) => codes.has(code))) {
    found.push(`none of ${expected.codes_any.join(', ')}`);
  }
  for (const code of expected.codes_none) {
    if (codes.has(code)) found.push(`unexpected ${code}`);
  }
  return found;
}

/** Why the specification's answer differs from what the index expects, per file. */
export const exceptions = () => JSON.parse(readFileSync(new URL('./exceptions.json', import.meta.url), 'utf8'));
