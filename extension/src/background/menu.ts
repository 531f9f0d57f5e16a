import type { Media } from '../check.js';
import { MENU_TITLE } from '../words.js';
import type { Target } from './checks.js';

const ITEM = 'check';

interface Api {
  contextMenus: Pick<typeof chrome.contextMenus, 'create' | 'removeAll' | 'onClicked'>;
  runtime: Pick<typeof chrome.runtime, 'onInstalled'>;
  sidePanel: Pick<typeof chrome.sidePanel, 'open' | 'setOptions' | 'setPanelBehavior'>;
}

/** The context menu of pictures, videos and sounds, and the panel that answers it. */
export class Menu {
  readonly #api: Api;
  readonly #onPick: (target: Target) => void;

  constructor(api: Api, onPick: (target: Target) => void) {
    this.#api = api;
    this.#onPick = onPick;
  }

  register(): void {
    const { runtime, contextMenus } = this.#api;
    runtime.onInstalled.addListener(() => {
      void this.#create();
    });
    contextMenus.onClicked.addListener((info, tab) => {
      this.#clicked(info, tab);
    });
  }

  async #create(): Promise<void> {
    const { contextMenus, sidePanel } = this.#api;
    await contextMenus.removeAll();
    contextMenus.create({ id: ITEM, title: MENU_TITLE, contexts: ['image', 'video', 'audio'] });
    await sidePanel.setPanelBehavior({ openPanelOnActionClick: true });
  }

  /** The panel opens only while the click is being handled, so nothing is awaited before it. */
  #clicked(info: chrome.contextMenus.OnClickData, tab: chrome.tabs.Tab | undefined): void {
    const { sidePanel } = this.#api;
    if (info.menuItemId !== ITEM || tab?.id === undefined || tab.id < 0) return;
    void sidePanel.setOptions({ tabId: tab.id, path: `panel.html?tab=${tab.id}`, enabled: true });
    sidePanel.open({ tabId: tab.id }).catch(() => undefined);
    this.#onPick({
      tab: tab.id,
      frameId: info.frameId ?? 0,
      media: mediaOf(info.mediaType),
      url: info.srcUrl ?? '',
      // The frame's own address decides what it may point at.
      pageUrl: info.frameUrl ?? info.pageUrl ?? '',
    });
  }
}

const mediaOf = (type: string | undefined): Media => (type === 'video' || type === 'audio' ? type : 'image');
