#!/usr/bin/env node
// `npm run web [-- PORT]`: builds and serves the demo page on this machine, under the policy that
// the package promises to work with.
import { createServer } from 'node:http';
import { createReadStream, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { buildProduct } from './build.mjs';
import { isMain, main, root, say, StepError } from './console.mjs';
import { setUp } from './setup.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.pem': 'application/x-pem-file',
};
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; " +
  "img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'";

const SERVED = join(root, 'web/dist');

function fileFor(url) {
  const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
  const file = join(SERVED, path.endsWith('/') ? `${path}index.html` : path);
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : null;
}

function answer(request, response) {
  if (request.url === '/') {
    response.writeHead(302, { Location: '/demo/' }).end();
    return;
  }
  let file = null;
  try {
    file = fileFor(request.url);
  } catch {
    // A malformed address is an address without a file.
  }
  response.setHeader('Content-Security-Policy', POLICY);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cache-Control', 'no-store');
  if (file === null) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found\n');
    return;
  }
  response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
}

/** Serves on this machine only; port 0 picks a free one. Resolves to {url, close}. */
export function serve(port = 0) {
  const server = createServer(answer);
  return new Promise((ready, fail) => {
    server.on('error', (error) => fail(new StepError(`Port ${port}: ${error.message}. Another: npm run web -- PORT`)));
    server.listen(port, '127.0.0.1', () => {
      ready({ url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() });
    });
  });
}

if (isMain(import.meta.url)) {
  main(async () => {
    await setUp('start');
    await buildProduct();
    const { url } = await serve(Number(process.argv[2] ?? 8080));
    say(`The demo page: ${url}   (Ctrl-C ends it)`);
  });
}
