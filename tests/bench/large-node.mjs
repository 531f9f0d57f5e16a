// One process of large.mjs in Node: reads and validates files as it is told, and says what that took. The process's
// highest resident memory is set back before each file, so what is told is what this file added.
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

const [name, anchorsFile] = process.argv.slice(2);
const anchors = readFileSync(anchorsFile, 'utf8');
const now = '2026-11-23T00:00:00Z';

/** Memories of wasm instances, newest last. */
const memories = [];
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (...given) => {
  const made = await instantiate(...given);
  const { exports } = made.instance ?? made;
  memories.push(...Object.values(exports).filter((one) => one instanceof WebAssembly.Memory));
  return made;
};

async function own(input) {
  const { createValidator } = await import('../../web/dist/node.js');
  const lists = [{ name: 'bench', role: 'signer', pem: anchors }];
  const validator = await createValidator({ trust: { useDefault: false, lists } });
  return async (path) => {
    const { state, statuses } = await validator.validate(input(path), { now });
    return { state, codes: statuses.map((status) => status.code) };
  };
}

const validators = {
  /** The file is read as it is needed. */
  own: () => own(pathToFileURL),
  /** The file is in memory already. */
  ownMemory: () => own(readFileSync),
  other: async () => {
    const { readIndependently } = await import('../fixtures/sign-independent.mjs');
    const formats = { mp4: 'mp4', wav: 'wav', jpg: 'jpeg' };
    return async (path) => {
      const format = formats[path.split('.').at(-1)];
      const { state, failures } = await readIndependently(format, readFileSync(path), anchors);
      return { state: state.toLowerCase(), codes: failures };
    };
  },
  /** The least that anybody has to do: the fastest digest at hand over the same bytes. */
  digest: async () => async (path) => {
    const hash = createHash('sha256');
    for await (const bytes of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(bytes);
    return { state: hash.digest('hex').length === 64 ? 'trusted' : '', codes: [] };
  },
};

const kilobytes = (field) =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))[1]);

const validate = await validators[name]();
process.on('message', async (path) => {
  globalThis.gc?.();
  writeFileSync('/proc/self/clear_refs', '5');
  const before = kilobytes('VmRSS');
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  const verdict = await validate(path);
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuBefore);
  const wasm = Math.max(0, ...memories.map((memory) => memory.buffer.byteLength));
  process.send({
    ...verdict,
    ms,
    cpu: (user + system) / 1000,
    megabytes: (kilobytes('VmHWM') - before) / 1000,
    wasm: wasm / 1e6,
  });
});
process.send('ready');
