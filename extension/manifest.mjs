// The extension's manifest; no page can reach its files (T-83). docs/permissions.md says in plain words what each permission is for.

/** Pages of the extension run their own code only, load nothing from elsewhere and cannot be framed. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  // Files are fetched from wherever the picture lies; nothing that comes back is ever executed.
  "connect-src 'self' https: http: data: blob:",
  "img-src 'self' blob:",
  'media-src blob:',
  "style-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const ICON_SIZES = [16, 32, 48, 128];
const icons = Object.fromEntries(ICON_SIZES.map((size) => [size, `icons/icon-${size}.png`]));

/** `everywhere`: for tests, where nobody can answer the browser's permission prompt. */
export function chromiumManifest({ version, everywhere = false }) {
  return {
    manifest_version: 3,
    name: 'assay: Content Credentials',
    short_name: 'assay',
    version,
    description:
      'Right-click a picture, video or sound and see who signed its Content Credentials. Checked on your device.',
    // The first version in which a side panel can be opened from a click.
    minimum_chrome_version: '116',
    icons,
    action: { default_title: 'Content Credentials', default_icon: icons },
    background: { service_worker: 'background.js', type: 'module' },
    side_panel: { default_path: 'panel.html' },
    options_ui: { page: 'options.html', open_in_tab: true },
    permissions: ['activeTab', 'contextMenus', 'offscreen', 'scripting', 'sidePanel', 'storage'],
    [everywhere ? 'host_permissions' : 'optional_host_permissions']: ['<all_urls>'],
    content_security_policy: { extension_pages: POLICY },
    incognito: 'split',
  };
}
