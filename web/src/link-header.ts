/** The `Link` header (RFC 8288): where a server says that the manifest store of what it sent is. */

const RELATION = 'c2pa-manifest';
/** Nothing sensible is longer; what is behind it is not looked at. */
const LONGEST = 4096;

// <target> and its parameters, in which a quoted text may hold any character.
const LINK = /<([^>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s",;]*))?)*)/g;
const PARAMETER = /;\s*([\w!#$&+.^`|~*-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",;]*)))?/g;

/** The first target of that relation as an absolute address, or undefined. `base`: what the header came with. */
export function linkedStore(header: string | null, base: string): string | undefined {
  for (const [, target = '', parameters = ''] of (header ?? '').slice(0, LONGEST).matchAll(LINK)) {
    if (relationsOf(parameters).includes(RELATION)) return absolute(target, base);
  }
  return undefined;
}

function absolute(target: string, base: string): string | undefined {
  try {
    return new URL(target, base).href;
  } catch {
    return undefined;
  }
}

/** The first `rel` counts (RFC 8288, section 3.3). A link that is about something else has none for us: `anchor`. */
function relationsOf(parameters: string): string[] {
  const found = Array.from(parameters.matchAll(PARAMETER), ([, name = '', quoted, plain = '']) => ({
    name: name.toLowerCase(),
    value: quoted ?? plain,
  }));
  const rel = found.find(({ name }) => name === 'rel');
  const isElsewhere = found.some(({ name }) => name === 'anchor');
  return rel === undefined || isElsewhere ? [] : rel.value.toLowerCase().split(/\s+/);
}
