// A server for browser tests: web/dist plus pages and files of the test, with a record of all requests.
import { createServer } from 'node:http';
import { readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const dist = join(root, 'web/dist');

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
};

/** `pages` maps a path to `{body, headers}` or to a function of the request that returns that. */
export async function startServer(pages = {}) {
  const requests = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    requests.push({ path: pathname, headers: request.headers });
    if (pathname === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const page = typeof pages[pathname] === 'function' ? pages[pathname](request) : pages[pathname];
    const type = { 'content-type': TYPES[extname(pathname)] ?? 'text/html; charset=utf-8' };
    if (page) {
      response.writeHead(page.status ?? 200, { ...type, ...page.headers }).end(page.body);
      return;
    }
    const file = normalize(join(dist, pathname, pathname.endsWith('/') ? 'index.html' : ''));
    if (!file.startsWith(dist) || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    response.end(readFileSync(file));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    origin: `http://localhost:${server.address().port}`,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
