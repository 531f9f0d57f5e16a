import type { ReportFormat } from './engine.js';
import { addressOf, isAddress, isMemory, sidecarOf, timeText, trustOf, unusable } from './input.js';
import type { RunRequest } from './messages.js';
import { Pool } from './pool.js';
import type { CompiledCore } from './stream-core.js';
import type { Input, ValidateOptions, ValidatorOptions } from './types.js';
import type { Backend } from './validator.js';

/** Does the work in module workers. `core`: the wasm core, if the page can compile it while a worker starts. */
export function workerBackend(
  defaults: ValidatorOptions,
  spawn: () => Worker,
  core?: () => Promise<CompiledCore | undefined>,
): Backend {
  const pool = new Pool(defaults, { spawn, core });
  let lastId = 0;
  const nextId = (): number => (lastId += 1);
  const requestOf = async (
    kind: RunRequest['kind'],
    input: Input,
    format: ReportFormat,
    options: ValidateOptions,
  ): Promise<RunRequest> => ({
    kind,
    id: nextId(),
    input: inputOf(input),
    format,
    type: options.type,
    now: timeText(options.now),
    sidecar: await sidecarOf(options.sidecar),
    trust: trustOf(options.trust ?? defaults.trust),
    remote: typeof defaults.remote === 'object' ? 'ask' : (defaults.remote ?? 'never'),
    origin: isAddress(input) ? addressOf(input).origin : location.origin,
    progress: options.onProgress !== undefined,
  });
  return {
    render: async (input, format, options) => {
      const request = await requestOf('run', input, format, options);
      return pool.use((client) => client.send(request, options));
    },
    openStream: async (init, options) => {
      const request = await requestOf('openStream', init, 'json', options);
      const stream = request.id;
      // All segments go where the stream is.
      const { client, release } = pool.take();
      const ask = (end: boolean): Promise<string> =>
        client.send({ kind: 'stream', id: nextId(), stream, end }, options);
      const close = (): void => {
        client.tell({ kind: 'closeStream', stream });
        release();
      };
      try {
        await client.send(request, options);
      } catch (error) {
        close();
        throw error;
      }
      return {
        check: (segment) => client.send({ kind: 'segment', id: nextId(), stream, input: inputOf(segment) }, options),
        report: () => ask(false),
        end: () => ask(true),
        close,
      };
    },
    warmUp: async () => {
      await pool.use((client) => client.send({ kind: 'warmUp', id: nextId(), trust: trustOf(defaults.trust) }, {}));
    },
    dispose: () => {
      pool.stop(new DOMException('The validator was disposed of.', 'AbortError'));
    },
  };
}

function inputOf(input: Input): RunRequest['input'] {
  if (input instanceof Blob) return input;
  if (isAddress(input)) return { url: addressOf(input).href };
  if (!isMemory(input)) return unusable(input);
  return ArrayBuffer.isView(input)
    ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
    : new Uint8Array(input);
}
