// A package whose worker does not validate: it gives back the report that the test put at the end of the
// file. What the screens do with any report can so be tested without making a file that earns it.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MARK = '\n#report:';

const WORKER = `
self.onmessage = async ({ data }) => {
  const { kind, id, input } = data;
  if (kind === 'warmUp') self.postMessage({ kind: 'result', id, text: '' });
  if (kind !== 'run') return;
  const text = new TextDecoder().decode(await input.arrayBuffer());
  const report = text.slice(text.lastIndexOf(${JSON.stringify(MARK)}) + ${MARK.length});
  if (report === 'spin') for (;;);
  if (report === 'fail') self.postMessage({ kind: 'failure', id, failure: { name: 'EngineError', message: 'Out of order.' } });
  else self.postMessage({ kind: 'result', id, text: report });
};`;

/** Writes the package and returns its folder. */
export function fakePackage(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'trust'), { recursive: true });
  writeFileSync(join(folder, 'worker.js'), WORKER);
  for (const wasm of ['core.wasm', 'brotli.wasm']) writeFileSync(join(folder, wasm), '');
  writeFileSync(join(folder, 'LICENSES.txt'), '');
  writeFileSync(join(folder, 'trust/trust.json'), JSON.stringify({ lists: [] }));
  return folder;
}

/** A picture that the fake worker finds this report in; `spin` and `fail` are told to it the same way. */
export const pictureWith = (picture, report) =>
  Buffer.concat([picture, Buffer.from(MARK + (typeof report === 'string' ? report : JSON.stringify(report)))]);
