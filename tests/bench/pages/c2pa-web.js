// The Rust SDK as WebAssembly in a worker, with its verdict.
import { createC2pa } from '@contentauth/c2pa-web';

export async function open({ anchors, purposes }) {
  const settings = {
    trust: { trustAnchors: anchors, trustConfig: purposes },
    verify: { verifyTrust: true, remoteManifestFetch: false },
  };
  const { reader: readers } = await createC2pa({ wasmSrc: '/peers/c2pa-web.wasm', settings });
  return {
    validate: async (blob) => {
      const reader = await readers.fromBlob(blob.type, blob);
      if (reader === null) return { state: 'none', codes: [] };
      const store = await reader.manifestStore();
      await reader.free();
      const failures = store.validation_results?.activeManifest?.failure ?? [];
      return { state: store.validation_state.toLowerCase(), codes: failures.map(({ code }) => code) };
    },
  };
}
