// T-59: the multi-asset hash speaks only where the main binding fails, only for parts that were said to be optional, and
// only if its parts cover all of the file.
import { allKnown, known } from './kit.mjs';

const refused = {
  absentCodes: ['assertion.multiAssetHash.match', 'assertion.dataHash.match'],
  shows: [/Invalid Content Credentials/],
};

const named = (names) => names.map((name) => `multi-asset-${name}`);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-59',
  attacker: 'uses a multi-asset hash to excuse a main hash that fails',
  answer: 'Invalid unless exactly the optional parts are missing; parts must fit, not overlap and cover the file.',
  attacks: [
    known('multi-asset-intact', { absentCodes: ['assertion.multiAssetHash.match'] }),
    known('multi-asset-optional-removed', {
      shows: [/An optional part of the file is missing/],
      hides: [/The file has not changed since it was signed/],
    }),
    known('multi-asset-stale-reference'),
    ...allKnown(named(['needed-removed', 'optional-changed', 'optional-cut', 'first-changed', 'appended']), refused),
    ...allKnown(named(['no-parts', 'no-hash', 'negative', 'twice']), refused),
    ...allKnown(named(['gap', 'overlap']), { ...refused, codes: ['assertion.multiAssetHash.malformed'] }),
  ],
};
