import { el } from '../../../web/src/element/dom.js';
import { plain } from '../../../web/src/text.js';
import { markView } from '../mark.js';
import { LONGEST_SYMBOL, LONGEST_WORD, MARK_SYMBOLS, MARK_TONES, type Mark, type MarkTone } from '../settings.js';
import { OPTIONS, TONES } from '../words.js';
import { choices, field, section, textInput } from './fields.js';

/** The first character as a reader counts them, however many code points that takes. */
function firstCharacter(text: string): string {
  const [first] = new Intl.Segmenter().segment(text.trim());
  return plain(first?.segment ?? '').slice(0, LONGEST_SYMBOL * 2);
}

/** Every change is saved at once; `save` also says so. */
export function markSection(start: Mark, save: (mark: Mark) => void): HTMLElement {
  let mark = start;
  const preview = el('p', 'preview', OPTIONS.preview, markView(mark));
  const change = (part: Partial<Mark>): void => {
    mark = { ...mark, ...part };
    preview.replaceChildren(OPTIONS.preview, markView(mark));
    save(mark);
  };
  const isOwn = !(MARK_SYMBOLS as readonly string[]).includes(mark.symbol);
  const own = textInput(isOwn ? mark.symbol : '', LONGEST_SYMBOL);
  const word = textInput(mark.word, LONGEST_WORD);
  const symbols = choices(
    OPTIONS.symbol,
    'symbol',
    MARK_SYMBOLS,
    mark.symbol,
    (symbol) => symbol,
    (symbol) => {
      own.value = '';
      change({ symbol });
    },
  );
  own.addEventListener('change', () => {
    const symbol = firstCharacter(own.value);
    own.value = symbol;
    if (symbol === '') return;
    for (const input of symbols.querySelectorAll('input')) input.checked = input.value === symbol;
    change({ symbol });
  });
  word.addEventListener('change', () => {
    change({ word: plain(word.value.trim(), LONGEST_WORD) });
  });
  const tones = choices<MarkTone>(
    OPTIONS.tone,
    'tone',
    MARK_TONES,
    mark.tone,
    (tone) => el('span', `mark mark-${tone}`, TONES[tone]),
    (tone) => {
      change({ tone });
    },
  );
  return section(
    OPTIONS.mark,
    OPTIONS.markLead,
    symbols,
    field(OPTIONS.ownSymbol, own),
    field(OPTIONS.word, word),
    tones,
    preview,
  );
}
