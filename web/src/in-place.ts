import { noSignal } from './abort.js';
import type { Source } from './drive.js';
import type { ReportFormat } from './engine.js';
import { addressOf, isAddress, isMemory, sidecarOf, timeText, trustOf, unusable } from './input.js';
import { keeping } from './kept.js';
import { Runner, type Job, type Platform } from './run.js';
import { blobSource, bytesSource, urlSource } from './sources.js';
import type { Input, ValidateOptions, ValidatorOptions } from './types.js';
import type { Backend } from './validator.js';

/** Opens what only one platform knows, such as a path; null when it is not of that kind. */
export type OpenSpecial = (input: Input, options: ValidateOptions) => Promise<Source> | null;

export async function openInput(input: Input, options: ValidateOptions): Promise<Source> {
  if (input instanceof Blob) return keeping(blobSource(input, options.type ?? input.type));
  if (isMemory(input)) return bytesSource(input, options.type);
  if (!isAddress(input)) return unusable(input);
  return keeping(await urlSource(addressOf(input), options.signal ?? noSignal(), options.type));
}

/** Works in the calling thread. */
export function inPlaceBackend(
  platform: Platform,
  defaults: ValidatorOptions,
  special: OpenSpecial = () => null,
): Backend {
  const runner = new Runner(platform);
  const open = (input: Input, options: ValidateOptions): Promise<Source> =>
    special(input, options) ?? openInput(input, options);
  const jobOf = async (input: Input, format: ReportFormat, options: ValidateOptions): Promise<Job> => {
    const now = timeText(options.now);
    const trust = trustOf(options.trust ?? defaults.trust);
    const sidecar = await sidecarOf(options.sidecar);
    const origin = isAddress(input) ? addressOf(input).origin : globalThis.location?.origin;
    const source = await open(input, options);
    const { signal, onProgress } = options;
    const remote = defaults.remote ?? 'never';
    return { source, format, now, trust, remote, origin, sidecar, signal, onProgress };
  };
  return {
    render: async (input, format, options) => runner.run(await jobOf(input, format, options)),
    openStream: async (init, options) => {
      const stream = await runner.openStream(await jobOf(init, 'json', options));
      return {
        check: async (segment) => stream.check(await open(segment, options), options.signal),
        report: () => Promise.resolve(stream.report()),
        end: () => Promise.resolve(stream.end()),
        close: () => {
          stream.close();
        },
      };
    },
    warmUp: async () => (await runner.engine(trustOf(defaults.trust))).warmUp(),
    dispose: () => undefined,
  };
}
