// A server for measurements: files compressed as a good host would, at full speed or at that of a phone's connection.
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliCompressSync, constants } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.mp4': 'video/mp4',
};
const COMPRESSED = ['.html', '.js', '.json', '.wasm'];
/** Sent at once; at 10 Mbit/s a piece takes 3.3 ms. */
const PIECE = 4096;

/** One connection's capacity, shared by all responses. */
class Line {
  #free = 0;

  constructor({ bitsPerSecond, latency }) {
    this.bytesPerMs = bitsPerSecond / 8000;
    this.latency = latency;
  }

  async send(response, bytes) {
    await wait(this.latency);
    for (let at = 0; at < bytes.length; at += PIECE) {
      const piece = bytes.subarray(at, at + PIECE);
      const now = performance.now();
      this.#free = Math.max(this.#free, now) + piece.length / this.bytesPerMs;
      if (this.#free - now > 1) await wait(this.#free - now);
      response.write(piece);
    }
    response.end();
  }
}

/** Serves `files`; `slow()` opens a line of its own, for one page load. */
export async function startBenchServer(files) {
  const encoded = new Map();
  const requests = [];
  const bodyOf = (path) => {
    if (!COMPRESSED.includes(extname(path))) return files[path];
    if (!encoded.has(path)) {
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
      encoded.set(path, brotliCompressSync(files[path], { params }));
    }
    return encoded.get(path);
  };
  for (const path of Object.keys(files)) bodyOf(path);
  let line;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (!(pathname in files)) {
      response.writeHead(404).end();
      return;
    }
    requests.push(pathname);
    response.writeHead(200, {
      'content-type': TYPES[extname(pathname)] ?? 'application/octet-stream',
      'cache-control': 'max-age=3600',
      ...(COMPRESSED.includes(extname(pathname)) ? { 'content-encoding': 'br' } : {}),
    });
    const body = bodyOf(pathname);
    if (line === undefined) response.end(body);
    else void line.send(response, body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    origin: `http://localhost:${server.address().port}`,
    requests,
    throttle: (options) => {
      line = options === undefined ? undefined : new Line(options);
    },
    compressed: bodyOf,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
