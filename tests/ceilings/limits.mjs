// The table of limits: for each of src/base/limits.def what reaches it, and what is said then.
import { bindings } from './bindings.mjs';
import { containers } from './containers.mjs';
import { credentials } from './credentials.mjs';
import { identities } from './identities.mjs';
import { store } from './store.mjs';

export const table = [...store, ...credentials, ...identities, ...containers, ...bindings];

const inflation = 'tests/unit/report/inflation_limits_test.cpp';

/** Limits that the command line cannot reach, because it inflates no Brotli: where their test is, and its name. */
export const elsewhere = {
  decompressedManifestBytes: [inflation, 'T50_decompressedManifestBytes'],
  decompressedStoreBytes: [inflation, 'T50_decompressedStoreBytes'],
  decompressionRatio: [inflation, 'T50_decompressionRatio'],
};
