// node tests/bench/chain.mjs: what certificates and time-stamps cost. Pictures signed under three P-384 certificates,
// each with a time-stamp, through this validator and through @contentauth/c2pa-wasm in Node, the same bytes and the
// same anchors. Cold: a new process up to its first verdict. Warm: one process, every picture new to it, so that only
// what they share (the chain) can be remembered. Medians of interleaved runs.
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { signed } from '../fixtures/catalog/kit.mjs';
import { certificate } from '../fixtures/pki.mjs';
import { readIndependently } from '../fixtures/sign-independent.mjs';
import { signerCertificate, tsa, tsaRoot } from '../fixtures/test-pki.mjs';
import { median } from './median.mjs';

const PICTURES = 15;
const COLD_RUNS = 9;
const now = '2026-11-23T00:00:00Z';

/** Leaf, issuing CA and root with P-384 keys. */
function chain() {
  const key = () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
  const top = certificate({ key: key(), subject: { O: 'assay TEST', CN: 'bench root' }, ca: true });
  const issuer = certificate({ key: key(), subject: { O: 'assay TEST', CN: 'bench CA' }, issuer: top, ca: true });
  const leaf = signerCertificate({ key: 'es384', issuer });
  return { top, signer: { alg: 'ES384', key: leaf.key, chain: [leaf, issuer, top] } };
}

function pictures({ signer }) {
  const timeStamps = [{ version: 2, token: { tsa: tsa(), genTime: '2025-06-01T12:00:00Z' } }];
  return Array.from({ length: PICTURES }, (_, i) =>
    signed({ manifest: { name: `picture ${i}`, signer, sign: { timeStamps } } }),
  );
}

/** A function that validates bytes and gives the state. */
async function open(name, { signerPem, tsaPem }) {
  if (name === 'other') {
    return async (bytes) => (await readIndependently('jpeg', bytes, `${signerPem}\n${tsaPem}`)).state;
  }
  const { createValidator } = await import('../../web/dist/node.js');
  const lists = [
    { name: 'bench', role: 'signer', pem: signerPem },
    { name: 'bench', role: 'timestamp', pem: tsaPem },
  ];
  const validator = await createValidator({ trust: { useDefault: false, lists } });
  return async (bytes) => (await validator.validate(bytes, { now })).state;
}

const readPictures = (folder) => Array.from({ length: PICTURES }, (_, i) => readFileSync(join(folder, `${i}.jpg`)));
/** In a process of its own: milliseconds from its start to the first verdict. */
async function measureCold(name, folder, anchors) {
  const validate = await open(name, anchors);
  const state = await validate(readFileSync(join(folder, '0.jpg')));
  console.log(JSON.stringify({ ms: performance.now(), state }));
}

function cold(folder) {
  const times = { own: [], other: [] };
  for (let run = 0; run < COLD_RUNS; run += 1) {
    for (const name of Object.keys(times)) {
      const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), name, folder], { encoding: 'utf8' });
      if (child.status !== 0) throw new Error(`${name}: ${child.stderr}`);
      times[name].push(JSON.parse(child.stdout.trim().split('\n').at(-1)).ms);
    }
  }
  return times;
}

async function warm(folder, anchors) {
  const times = { own: [], other: [] };
  const validate = { own: await open('own', anchors), other: await open('other', anchors) };
  for (const [i, bytes] of readPictures(folder).entries()) {
    for (const name of Object.keys(times)) {
      const start = performance.now();
      const state = await validate[name](bytes);
      if (i > 1) times[name].push(performance.now() - start);
      if (state.toLowerCase() !== 'trusted') throw new Error(`${name} says ${state}, so the times are not comparable`);
    }
  }
  return times;
}

function show(title, times) {
  const [own, other] = [median(times.own), median(times.other)];
  console.log(`| ${title} | ${own.toFixed(2)} ms | ${other.toFixed(2)} ms | ${(own / other).toFixed(2)} |`);
}

async function main([name, given]) {
  if (name) {
    const anchors = JSON.parse(readFileSync(join(given, 'anchors.json'), 'utf8'));
    return measureCold(name, given, anchors);
  }
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  const made = chain();
  const anchors = { signerPem: made.top.pem, tsaPem: tsaRoot().pem };
  writeFileSync(join(folder, 'anchors.json'), JSON.stringify(anchors));
  pictures(made).forEach((bytes, i) => writeFileSync(join(folder, `${i}.jpg`), bytes));
  console.log('| three P-384 certificates and a time-stamp | assay | other | ratio |');
  console.log('|---|---|---|---|');
  show('cold', cold(folder));
  show('warm', await warm(folder, anchors));
  rmSync(folder, { recursive: true });
  return undefined;
}

await main(process.argv.slice(2));
