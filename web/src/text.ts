/**
 * Hygiene for text that comes from a file, whatever it is shown on: control characters, bidi and zero-width
 * marks, line separators and lone surrogates become U+FFFD (T-14). The core does the same; file names and
 * error texts never saw the core.
 */
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb]|[\u{e0000}-\u{e0fff}]|\p{Surrogate}/gu;

export const LONGEST_NAME = 120;

export function plain(text: string, longest = Number.POSITIVE_INFINITY): string {
  const clean = text.normalize('NFC').replace(UNSEEN, '\ufffd');
  if (clean.length <= longest) return clean;
  return `${Array.from(clean)
    .slice(0, longest - 1)
    .join('')}…`;
}

export const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** Alphabets with letters that look like those of another. */
const ALIKE = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Coptic}/u,
];

/** Whether one word has letters of several alphabets that look alike: a name that imitates another does. */
export const mixesScripts = (text: string): boolean =>
  text.split(/[^\p{L}\p{M}]+/u).some((word) => ALIKE.filter((script) => script.test(word)).length > 1);

/** JSON without any raw control or bidi character, so that a terminal has nothing to obey. */
export function safeJson(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
