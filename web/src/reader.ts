import type { Source } from './drive.js';
import { SourceError } from './errors.js';
import { PIECE, readPiece, readerOf, streamOf, type PieceReader } from './pieces.js';

/** The name by which worker.js knows that it is to read a file and nothing else. */
export const READER = 'assay-reader';

/** Below this a second thread takes longer to start than it saves. */
const LEAST_BYTES = 32 * 1024 * 1024;
/** Pieces that are read while others are worked on. */
const AHEAD = 4;

type Answer = { piece: Uint8Array<ArrayBuffer> } | { failure: Pick<SourceError, 'reason' | 'message'> };

/** A Blob's source that has another thread read long runs: reading takes nearly as long as hashing. */
export function readAside(source: Source, blob: Blob, spawn: () => Worker): Source {
  if (blob.size < LEAST_BYTES) return source;
  return { ...source, stream: (offset, length) => piecesOf(blob.slice(offset, offset + length), spawn) };
}

async function* piecesOf(blob: Blob, spawn: () => Worker): AsyncGenerator<Uint8Array> {
  const reader = ReaderThread.start(blob, spawn);
  try {
    let piece = await reader?.next();
    if (reader === null || piece === undefined) {
      yield* streamOf(() => Promise.resolve(blob.stream()), blob.size);
      return;
    }
    for (let left = blob.size - piece.length; ; left -= piece.length) {
      yield piece;
      if (left === 0) return;
      reader.refill(piece.buffer);
      piece = (await reader.next()) ?? stopped();
    }
  } finally {
    reader?.stop();
  }
}

function stopped(): never {
  throw new SourceError('unreadable', 'The file could not be read any further: its reader stopped.');
}

/** This thread's end of the other one. */
class ReaderThread {
  readonly #worker: Worker;
  readonly #answers: Answer[] = [];
  #failed = false;
  #wake: () => void = () => undefined;

  /** Null where workers cannot start workers. */
  static start(blob: Blob, spawn: () => Worker): ReaderThread | null {
    try {
      return new ReaderThread(blob, spawn());
    } catch {
      return null;
    }
  }

  private constructor(blob: Blob, worker: Worker) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      this.#answers.push(data);
      this.#wake();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#failed = true;
      this.#wake();
    };
    worker.postMessage(blob);
    for (let i = 0; i < AHEAD; i += 1) this.refill(new ArrayBuffer(PIECE));
  }

  refill(buffer: ArrayBuffer): void {
    this.#worker.postMessage(buffer, [buffer]);
  }

  /** The next piece; undefined when the thread ended. */
  async next(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    while (this.#answers.length === 0 && !this.#failed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const answer = this.#answers.shift();
    if (answer !== undefined && 'failure' in answer) {
      throw new SourceError(answer.failure.reason, answer.failure.message);
    }
    return answer?.piece;
  }

  stop(): void {
    this.#worker.terminate();
  }
}

export interface ReaderScope {
  onmessage: ((event: MessageEvent<Blob | ArrayBuffer>) => void) | null;
  postMessage(answer: Answer, transfer: Transferable[]): void;
}

/** The other end: gets a Blob, then buffers, and gives each back with the next piece in it. */
export function serveReader(scope: ReaderScope): void {
  let reader: PieceReader | undefined;
  let left = 0;
  let turn = Promise.resolve();
  const fill = async (buffer: ArrayBuffer): Promise<void> => {
    if (reader === undefined || left === 0) return;
    try {
      const piece = await readPiece(reader, buffer, left);
      left -= piece.length;
      scope.postMessage({ piece }, [piece.buffer]);
    } catch (error) {
      left = 0;
      const { reason, message } = error as SourceError;
      scope.postMessage({ failure: { reason, message } }, []);
    }
  };
  scope.onmessage = ({ data }) => {
    if (data instanceof Blob) {
      reader = readerOf(data.stream());
      left = data.size;
    } else turn = turn.then(() => fill(data));
  };
}
