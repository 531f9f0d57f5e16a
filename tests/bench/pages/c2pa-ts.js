// The TypeScript validator: WebCrypto in the calling thread, the active manifest only, no certificate chain.
import { BMFF, JPEG, MP3, PNG } from '@trustnxt/c2pa-ts/asset';
import { SuperBox } from '@trustnxt/c2pa-ts/jumbf';
import { ManifestStore } from '@trustnxt/c2pa-ts/manifest';

export function open() {
  const validate = async (blob) => {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const Asset = [JPEG, PNG, BMFF, MP3].find((kind) => kind.canRead(bytes));
    if (Asset === undefined) return { state: 'unknown', codes: [] };
    const asset = new Asset(bytes);
    const store = await asset.getManifestJUMBF();
    if (store === undefined) return { state: 'none', codes: [] };
    const result = await ManifestStore.read(SuperBox.fromBuffer(store)).validate(asset);
    const codes = result.statusEntries.filter(({ success }) => success === false).map(({ code }) => code);
    return { state: result.isValid ? 'valid' : 'invalid', codes };
  };
  return Promise.resolve({ validate });
}
