// The official asset rubrics, evaluated by their own evaluator on our crJSON of every file of the corpus: they can
// be, they never find fault with a file that we call valid, and what they say of a file's beginning is what we quote.
// Needs $ASSAY_VECTORS (tests/vectors/README.md) and Python with PyYAML.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createValidator } from '../../web/dist/node.js';
import { root } from '../web/bundle.mjs';
import { assets, now, present, read, trust } from './corpus.mjs';

const vectors = process.env.ASSAY_VECTORS ?? '';
const rubrics = join(vectors, 'conformance-public/asset-rubrics');
const formula = join(vectors, 'json-formula-py/src');
const ready = present && vectors !== '' && existsSync(rubrics) && existsSync(formula);
const folder = join(root, 'build/rubrics');

/** Reads {file: crJSON}, writes {file: {signals, integrity}}; what evaluators print is not wanted. */
const EVALUATE = `
import contextlib, io, json, sys
rubrics, formula, folder = sys.argv[1:4]
sys.path[:0] = [formula, rubrics]
import c2pa_conformance_rubric_evaluator as integrity, c2pa_signals_rubric_evaluator as signals
out = {}
for name in json.load(open(folder + '/names.json')):
    path = folder + '/' + name
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        out[name] = {
            'signals': signals.evaluate_asset(rubrics + '/asset-rubric-signals-local.yml', path),
            'integrity': integrity.evaluate_asset_against_rubric(rubrics + '/asset-rubric-integrity.yml', path),
            'conformance': integrity.evaluate_asset_against_rubric(rubrics + '/asset-rubric-conformance0.2-spec2.4.yml', path),
        }
json.dump(out, open(folder + '/results.json', 'w'))
`;

/** What the rubrics' signals are called in our report; the rubrics look at claims of version 2 only. */
const KINDS = {
  signal_capturedMedia: 'captured',
  signal_capturedMediaStitched: 'captured',
  signal_fullyGenAIMedia: 'generated',
  signal_partlyGenAICreation: 'composite',
  signal_compositionMayContainGenAI: 'composite',
};

async function evaluated() {
  mkdirSync(folder, { recursive: true });
  const validator = await createValidator({ trust: trust() });
  const reports = new Map();
  for (const [i, { file }] of assets().entries()) {
    const bytes = read(file);
    writeFileSync(join(folder, `${i}.json`), await validator.render(bytes, 'crjson', { now }));
    reports.set(`${i}.json`, { file, report: await validator.validate(bytes, { now }) });
  }
  validator.dispose();
  writeFileSync(join(folder, 'names.json'), JSON.stringify([...reports.keys()]));
  const run = spawnSync('python3', ['-c', EVALUATE, rubrics, formula, folder], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  const results = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'));
  return [...reports].map(([name, entry]) => ({ ...entry, ...results[name] }));
}

const traits = (list) => Object.values(list).flatMap((entries) => entries.map(({ trait }) => trait));

test(
  'R-1004, R-1020: the official rubrics on our crJSON of the corpus',
  { skip: ready ? false : `${present ? assets().length : 'all'} files: $ASSAY_VECTORS has no rubrics` },
  async (t) => {
    let compared = 0;
    for (const { file, report, signals, integrity, conformance } of await evaluated()) {
      assert.equal(conformance.rubricName.length > 0, true, file);
      const failed = traits(integrity.false);
      const { state } = report;
      if (state === 'trusted') assert.deepEqual(failed, [], file);
      if (state === 'valid') assert.deepEqual(failed, ['trusted_success'], file);
      const origin = report.origin ?? undefined;
      const said =
        signals.manifests[origin?.manifest ?? 0]?.localInceptions.map(({ trait }) => trait.split(':')[1]) ?? [];
      const kinds = said.map((trait) => KINDS[trait]).filter((kind) => kind !== undefined);
      if (origin === undefined || kinds.length === 0) continue;
      assert.deepEqual([...new Set(kinds)], [origin.kind], file);
      compared += 1;
    }
    t.diagnostic(`${compared} beginnings compared`);
    assert.ok(compared > 50);
  },
);
