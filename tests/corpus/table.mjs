// node tests/corpus/table.mjs [FORMAT…]: the verdicts over the corpus as Markdown, every disagreement with its
// reason.
import { createValidator } from '../../web/dist/node.js';
import { assets, disagreements, exceptions, initOf, now, present, read, segmentVerdict, trust } from './corpus.mjs';

if (!present) {
  console.error('There is no corpus beside the checkout. Point ASSAY_CORPUS at its folder.');
  process.exit(2);
}
const formats = process.argv.slice(2);
const chosen = assets().filter((asset) => formats.length === 0 || formats.includes(asset.format));
const argued = exceptions();
const validator = await createValidator({ trust: trust() });

const otherState = (asset) => {
  const other = asset.c2pa_rs_wasm_0_13_3;
  return other?.state?.toLowerCase() ?? (other?.error ? 'error' : 'none');
};

const bindingOf = (asset) =>
  asset.hash_binding.map(({ label, merkle }) => `${label}${merkle ? ' with Merkle trees' : ''}`).join(', ') || 'none';

const rows = [];
const kinds = new Map();
const counts = new Map();
for (const asset of chosen) {
  const options = { now, type: asset.mime };
  const report =
    initOf(asset) === undefined
      ? await validator.validate(read(asset.file), options)
      : await segmentVerdict(validator, asset, options);
  const found = disagreements(report, asset.expect);
  const kind = `${asset.format} | ${bindingOf(asset)}`;
  const { all = 0, met = 0, excused = 0 } = kinds.get(kind) ?? {};
  const isExcused = found.length > 0 && argued[asset.file] !== undefined;
  kinds.set(kind, { all: all + 1, met: met + (found.length === 0 ? 1 : 0), excused: excused + (isExcused ? 1 : 0) });
  const pair = `${report.state} / ${otherState(asset)}`;
  counts.set(pair, (counts.get(pair) ?? 0) + 1);
  if (found.length > 0) {
    const reason = argued[asset.file] ?? '**not explained**';
    rows.push(`| ${asset.file} | ${asset.meant_to_show} | ${found.join('; ')} | ${reason} |`);
  }
}
await validator.dispose();

console.log(`${chosen.length} files, ${chosen.length - rows.length} as expected, ${rows.length} not.\n`);
console.log('| assay / the other validator | files |\n|---|---|');
for (const [pair, count] of [...counts].sort((a, b) => b[1] - a[1])) console.log(`| ${pair} | ${count} |`);
console.log('\n| format | hard binding | files | as expected | argued | open |\n|---|---|---|---|---|---|');
for (const [kind, { all, met, excused }] of [...kinds].sort()) {
  console.log(`| ${kind} | ${all} | ${met} | ${excused} | ${all - met - excused} |`);
}
console.log('\n| file | meant to show | difference | why |\n|---|---|---|---|');
for (const row of rows) console.log(row);
