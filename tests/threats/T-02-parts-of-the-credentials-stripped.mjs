// T-02: a record from which something was taken is damaged, and is told apart from no record at all (T-01).
import { actions, ingredient } from '../fixtures/assertions.mjs';
import { oldStyle, thumbnail } from '../fixtures/catalog/good.mjs';
import { openedFrom, original } from '../fixtures/catalog/ingredients.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { manifestLabel } from '../fixtures/manifest.mjs';
import { known } from './kit.mjs';
import { removed } from './without-key.mjs';

const note = { label: 'org.example.note', cbor: { note: 'gathered' }, gathered: true };

/** An edit of an earlier picture, with a thumbnail and something gathered. */
const rich = (format, version) => () =>
  signed({
    format,
    earlier: (layout) => [original(layout)],
    manifest: (_, [first]) => {
      const parent = ingredient({ manifest: first, version: version === 1 ? 2 : 3 });
      const own = [parent, thumbnail(), note];
      if (version === 2) return { assertions: [openedFrom(parent), ...own] };
      return { ...oldStyle(), assertions: [actions(undefined, { version: 1 }), ...own] };
    },
  });

const reads = {
  state: 'invalid',
  shows: [/Invalid Content Credentials/, /Parts of the signed record were removed or replaced/],
  hides: [/No Content Credentials/, /signed by Example Press/i],
  check: (report, text) => {
    if (report.facets.integrity !== 'partsMissing') throw new Error(`${report.facets.integrity}: ${text}`);
  },
};

const missing = (code, ...path) => ({ path, codes: [code] });

const parts = (version) => {
  const claim = version === 2 ? 'c2pa.claim.v2' : 'c2pa.claim';
  const assertions = [
    version === 2 ? 'c2pa.actions.v2' : 'c2pa.actions',
    'c2pa.hash.data',
    `c2pa.ingredient.v${version === 2 ? 3 : 2}`,
    'c2pa.thumbnail.claim',
    'org.example.note',
  ];
  const parent = manifestLabel('original');
  return [
    missing('claim.missing', '', claim),
    missing('claimSignature.missing', '', 'c2pa.signature'),
    missing('assertion.missing', '', 'c2pa.assertions'),
    ...assertions.map((label) => missing('assertion.missing', '', 'c2pa.assertions', label)),
    missing('ingredient.manifest.missing', parent),
    missing('ingredient.manifest.mismatch', parent, 'c2pa.claim.v2'),
    missing('ingredient.manifest.mismatch', parent, 'c2pa.signature'),
    missing('ingredient.manifest.mismatch', parent, 'c2pa.assertions'),
    missing('ingredient.manifest.mismatch', parent, 'c2pa.assertions', 'c2pa.actions.v2'),
    missing('ingredient.manifest.mismatch', parent, 'c2pa.assertions', 'c2pa.hash.data'),
  ];
};

const named = (path) => (path[0] === '' ? path.slice(1).join('/') : ['parent', ...path.slice(1)].join('/'));

const removals = [1, 2].flatMap((version) =>
  ['jpeg', 'png'].flatMap((format) =>
    parts(version).map(({ path, codes }) => ({
      title: `${named(path)} taken out of a claim of version ${version} in a ${format}`,
      before: rich(format, version),
      edit: removed(path, { format }),
      codes,
      ...reads,
    })),
  ),
);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-02',
  section: '4.2.1.2',
  attacker: 'takes a claim, a signature, assertions or an earlier manifest out of the record, and keeps every length',
  answer: 'Refused: parts of the signed record were removed. Never the words for a file without a record.',
  attacks: [...removals, known('update-parent-missing', { shows: reads.shows })],
};
