// The sample files and how to judge them: the test roots are trusted here and nowhere else.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bundle.mjs';

export const folder = join(root, 'tests/samples');
const description = JSON.parse(readFileSync(join(folder, 'samples.json'), 'utf8'));

export const { now, samples } = description;

const pem = (name) => readFileSync(join(folder, name), 'utf8');

export const trust = {
  useDefault: false,
  lists: [
    ...description.trust.map((name) => ({ name, role: 'signer', pem: pem(name) })),
    ...description.tsaTrust.map((name) => ({ name, role: 'timestamp', pem: pem(name) })),
  ],
};

export const read = (file) => readFileSync(join(folder, file));

export const options = [
  ...description.trust.map((name) => `--trust=${join(folder, name)}`),
  ...description.tsaTrust.map((name) => `--trust-tsa=${join(folder, name)}`),
  `--now=${now}`,
  '--no-default-trust',
];
