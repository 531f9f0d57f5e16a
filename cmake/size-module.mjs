// What a WebAssembly module is made of: the bytes of each function with its name, of each data
// segment and of each section. Reads the module's own name section, so it wants one linked with
// --profiling-funcs.

/** Walks over one module; every number in it is LEB128. */
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text() {
    return Buffer.from(this.take(this.number())).toString();
  }
}

const SECTIONS = ['custom', 'type', 'import', 'function', 'table', 'memory', 'global', 'export', 'start', 'element'];
const CODE = 10;
const DATA = 11;
const IMPORT = 2;
const FUNCTION_NAMES = 1;
const sectionName = (id) => SECTIONS[id] ?? { [CODE]: 'code', [DATA]: 'data' }[id] ?? `section ${id}`;

function* sectionsOf(bytes) {
  const reader = new Reader(bytes);
  reader.take(8);
  while (reader.at < bytes.length) {
    const [id] = reader.take(1);
    yield { id, content: reader.take(reader.number()) };
  }
}

/** Imported functions come first in the numbering. */
function countImportedFunctions(content) {
  const reader = new Reader(content);
  let functions = 0;
  for (let left = reader.number(); left > 0; left--) {
    reader.text();
    reader.text();
    const [kind] = reader.take(1);
    if (kind === 0) functions++;
    if (kind === 1 || kind === 3) reader.take(1);
    if (kind === 0 || kind === 3) reader.number();
    if (kind === 1 || kind === 2) {
      const [flags] = reader.take(1);
      reader.number();
      if (flags & 1) reader.number();
    }
  }
  return functions;
}

function bodySizes(content) {
  const reader = new Reader(content);
  return Array.from({ length: reader.number() }, () => {
    const size = reader.number();
    reader.take(size);
    return size;
  });
}

function functionNames(content) {
  const names = new Map();
  const reader = new Reader(content);
  if (reader.text() !== 'name') return names;
  while (reader.at < content.length) {
    const [kind] = reader.take(1);
    const part = new Reader(reader.take(reader.number()));
    if (kind !== FUNCTION_NAMES) continue;
    for (let left = part.number(); left > 0; left--) names.set(part.number(), part.text());
  }
  return names;
}

/** {functions: [{name, bytes}], sections: [{name, bytes}]}; names are mangled as the linker wrote them. */
export function readModule(bytes) {
  let imported = 0;
  let bodies = [];
  let names = new Map();
  const sections = [];
  for (const { id, content } of sectionsOf(bytes)) {
    if (id === IMPORT) imported = countImportedFunctions(content);
    if (id === CODE) bodies = bodySizes(content);
    if (id === 0) names = new Map([...names, ...functionNames(content)]);
    else sections.push({ name: sectionName(id), bytes: content.length });
  }
  const functions = bodies.map((size, index) => ({ name: names.get(index + imported) ?? '?', bytes: size }));
  return { functions, sections };
}
