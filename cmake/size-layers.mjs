// Who the bytes of the core belong to: each function of a module with names is put down to the layer, or to the
// library, that its name begins in. A template of the C++ library counts for the layer it was made for.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './console.mjs';
import { readModule } from './size-module.mjs';

const built = join(root, 'build/wasm');
const LIBRARIES = { bearssl: 'BearSSL', sodium_ed25519: 'libsodium' };

/** The layers as CMakeLists.txt lists them, by the last part of the folder, which is their namespace, too. */
function layersByNamespace() {
  const table = readFileSync(join(root, 'CMakeLists.txt'), 'utf8').matchAll(/^assay_layer\((\S+)/gm);
  return new Map([...table].map(([, folder]) => [folder.split('/').at(-1), folder]));
}

/** What a C library defines, static functions included. */
function symbolsOf(library) {
  const listing = execFileSync('emnm', [join(built, `lib${library}.a`)], { encoding: 'utf8' });
  return [...listing.matchAll(/ [tT] (\S+)$/gm)].map(([, name]) => name);
}

/** A function from the name of a function to the name of its owner. */
function ownership() {
  const layers = layersByNamespace();
  const owners = new Map();
  for (const [library, title] of Object.entries(LIBRARIES)) {
    for (const symbol of symbolsOf(library)) owners.set(symbol, title);
  }
  const ofLayer = (name) => {
    const namespaces = [...name.matchAll(/\bassay::(\w+)::/g)].map(([, first]) => first);
    const known = namespaces.find((first) => layers.has(first) || first === 'bindings');
    return known === undefined ? 'base' : (layers.get(known) ?? known);
  };
  return (name) => {
    const plain = name.replace(/\.\d+$/, '');
    if (owners.has(plain)) return owners.get(plain);
    if (/\bnlohmann::/.test(name)) return 'nlohmann/json';
    if (/^\(anonymous namespace\)::/.test(name)) return 'bindings';
    if (/\bassay::/.test(name)) return ofLayer(name);
    return /emscripten|embind|^_?GenericBinding/.test(name) ? 'Embind' : 'C and C++ libraries';
  };
}

const shortened = (name) =>
  name
    .replaceAll('std::__2::', '')
    .replaceAll(/basic_string<char, char_traits<char>, allocator<char> ?>/g, 'string')
    .replaceAll('(anonymous namespace)::', '')
    .replace(/(?<=.)\(.*/, '');

/** {owners: [{name, bytes, functions}], largest: [{name, owner, bytes}], data}: largest first, code alone. */
export function attribute(count) {
  const { functions, sections } = readModule(readFileSync(join(built, 'assay-core-named.wasm')));
  const ownerOf = ownership();
  const owners = new Map();
  const all = functions.map(({ name, bytes }) => ({ name: shortened(name), owner: ownerOf(name), bytes }));
  for (const { owner, bytes } of all) {
    const entry = owners.get(owner) ?? { name: owner, bytes: 0, functions: 0 };
    owners.set(owner, { ...entry, bytes: entry.bytes + bytes, functions: entry.functions + 1 });
  }
  const bySize = (a, b) => b.bytes - a.bytes;
  return {
    owners: [...owners.values()].sort(bySize),
    largest: all.sort(bySize).slice(0, count),
    data: sections.find(({ name }) => name === 'data').bytes,
  };
}
