// The Rust SDK as WebAssembly in the calling thread.
import initialise, { WasmReader } from '@contentauth/c2pa-wasm';

export async function open({ anchors, purposes }) {
  const settings = JSON.stringify({
    trust: { trust_anchors: anchors, trust_config: purposes },
    verify: { verify_trust: true, remote_manifest_fetch: false },
  });
  await initialise({ module_or_path: '/peers/c2pa-wasm.wasm' });
  return {
    validate: async (blob) => {
      const bytes = new Uint8Array(await blob.arrayBuffer());
      const reader = await WasmReader.fromBytes(blob.type, bytes, settings);
      const store = JSON.parse(reader.json());
      reader.free();
      const failures = store.validation_results?.activeManifest?.failure ?? [];
      return { state: store.validation_state.toLowerCase(), codes: failures.map(({ code }) => code) };
    },
  };
}
