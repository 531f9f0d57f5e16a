import type { ReportFormat } from './engine.js';
import type { Report } from './report.js';
import { messageOf, EngineError } from './errors.js';
import type { FragmentOptions, Input, Outcome, ValidateOptions, Validator } from './types.js';

/** Where the work is done: in this thread or in a worker. */
export interface Backend {
  render(input: Input, format: ReportFormat, options: ValidateOptions): Promise<string>;
  openStream(init: Input, options: ValidateOptions): Promise<OpenStream>;
  warmUp(): Promise<void>;
  dispose(): void;
}

/** A stream whose initialisation segment was validated; every answer is the text of the report so far. */
export interface OpenStream {
  check(segment: Input): Promise<string>;
  report(): Promise<string>;
  end(): Promise<string>;
  close(): void;
}

const AT_ONCE = 4;

function parseReport(text: string): Report {
  try {
    return JSON.parse(text) as Report;
  } catch (error) {
    throw new EngineError(`The engine's report is damaged: ${messageOf(error)}`, { cause: error });
  }
}

/** The public object over a backend. */
export function validatorOver(backend: Backend): Validator {
  let disposed = false;
  const checkOpen = (): void => {
    if (disposed) throw new TypeError('The validator was disposed of.');
  };
  const render = async (input: Input, format: ReportFormat, options: ValidateOptions = {}): Promise<string> => {
    checkOpen();
    options.signal?.throwIfAborted();
    return backend.render(input, format, options);
  };
  const validate = async (input: Input, options?: ValidateOptions): Promise<Report> =>
    parseReport(await render(input, 'json', options));

  async function validateFragments(
    init: Input,
    segments: Iterable<Input> | AsyncIterable<Input>,
    { complete = false, onSegment, ...options }: FragmentOptions = {},
  ): Promise<Report> {
    checkOpen();
    options.signal?.throwIfAborted();
    const stream = await backend.openStream(init, options);
    try {
      for await (const segment of segments) {
        options.signal?.throwIfAborted();
        const report = parseReport(await stream.check(segment));
        const last = report.stream?.segments.at(-1);
        if (last !== undefined) onSegment?.(last, report);
      }
      return parseReport(await (complete ? stream.end() : stream.report()));
    } finally {
      stream.close();
    }
  }

  async function* validateMany<T extends Input>(
    inputs: Iterable<T>,
    { concurrency = AT_ONCE, ...options }: ValidateOptions & { concurrency?: number } = {},
  ): AsyncGenerator<Outcome<T>, void, undefined> {
    const queue = [...inputs].entries();
    const running = new Map<number, Promise<Outcome<T>>>();
    const startNext = (): void => {
      const next = queue.next();
      if (next.done === true) return;
      const [index, input] = next.value;
      running.set(
        index,
        validate(input, options).then(
          (report) => ({ index, input, report }),
          (error: unknown) => ({ index, input, error }),
        ),
      );
    };
    for (let i = 0; i < concurrency; i += 1) startNext();
    while (running.size > 0) {
      const outcome = await Promise.race(running.values());
      running.delete(outcome.index);
      options.signal?.throwIfAborted();
      startNext();
      yield outcome;
    }
  }

  return {
    validate,
    render,
    validateMany,
    validateFragments,
    warmUp: async () => {
      checkOpen();
      await backend.warmUp();
    },
    dispose: () => {
      disposed = true;
      backend.dispose();
    },
  };
}
