// Node's part of the benchmark: single files, every validator in this process.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createValidator } from '../../web/dist/node.js';
import { known } from './chromium.mjs';
import { now, purposes, trust } from './files.mjs';
import { median } from './median.mjs';
import { nodeModule } from './validators.mjs';

const load = (path) => import(pathToFileURL(nodeModule(path)));

async function ours(lists) {
  const pem = lists ? trust.lists : trust.plain;
  const validator = await createValidator({
    trust: { useDefault: false, lists: [{ name: 'bench', role: 'signer', pem }] },
  });
  return async ({ bytes }) => (await validator.validate(bytes, { now })).state;
}

async function rust(lists) {
  const { default: initialise, WasmReader } = await load('@contentauth/c2pa-wasm/pkg/c2pa.js');
  await initialise({ module_or_path: readFileSync(nodeModule('@contentauth/c2pa-wasm/pkg/c2pa_bg.wasm')) });
  const settings = JSON.stringify({
    trust: { trust_anchors: lists ? trust.lists : trust.plain, trust_config: purposes },
    verify: { verify_trust: true, remote_manifest_fetch: false },
  });
  return async ({ bytes, type }) => {
    const reader = await WasmReader.fromBytes(type, bytes, settings);
    const { validation_state: state } = JSON.parse(reader.json());
    reader.free();
    return state.toLowerCase();
  };
}

async function typescript() {
  const { BMFF, JPEG, MP3, PNG } = await load('@trustnxt/c2pa-ts/dist/asset/index.js');
  const { SuperBox } = await load('@trustnxt/c2pa-ts/dist/jumbf/index.js');
  const { ManifestStore } = await load('@trustnxt/c2pa-ts/dist/manifest/index.js');
  return async ({ bytes }) => {
    const Asset = [JPEG, PNG, BMFF, MP3].find((kind) => kind.canRead(bytes));
    const asset = new Asset(bytes);
    const store = ManifestStore.read(SuperBox.fromBuffer(await asset.getManifestJUMBF()));
    return (await store.validate(asset)).isValid ? 'valid' : 'invalid';
  };
}

export async function measureNode({ runs, say, singles }) {
  const validators = {
    assay: await ours(false),
    'c2pa-wasm': await rust(false),
    'c2pa-ts': await typescript(),
    'assay + lists': await ours(true),
    'c2pa-wasm + lists': await rust(true),
  };
  const rows = [];
  for (const file of singles) {
    const times = Object.fromEntries(Object.keys(validators).map((title) => [title, []]));
    const states = {};
    for (let run = -2; run < runs; run += 1) {
      say(`node, ${file.title}: run ${Math.max(run + 1, 1)} of ${runs}`);
      for (const [title, validate] of Object.entries(validators)) {
        const start = performance.now();
        states[title] = await validate(file).catch(() => 'error');
        if (run >= 0) times[title].push(performance.now() - start);
      }
    }
    const values = Object.fromEntries(Object.entries(times).map(([title, all]) => [title, median(all)]));
    rows.push({ title: file.title, unit: 'ms', values: known(values, states) });
  }
  return rows;
}
