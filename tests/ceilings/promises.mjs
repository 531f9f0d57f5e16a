// Files that promise far more than they hold, in every kind of length, count and size that a decoder reads.
import { box as bmffBox } from '../fixtures/bmff.mjs';
import { base } from '../fixtures/catalog/kit.mjs';
import { box, superbox, uuid } from '../fixtures/jumbf.mjs';

const hex = (text) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const latin = (text) => Buffer.from(text, 'latin1');

/** A store of one manifest with this claim. */
const claim = (bytes) =>
  superbox({ type: uuid.store, label: 'c2pa' }, [
    superbox({ type: uuid.manifest, label: 'm' }, [
      superbox({ type: uuid.claim, label: 'c2pa.claim.v2' }, [box('cbor', bytes)]),
    ]),
  ]);

/** A store whose outermost box says that it is as long as `length`, and carries `more`. */
function promisingStore(length, more = Buffer.alloc(0)) {
  const store = claim(hex('a0'));
  store.writeUInt32BE(length, 0);
  return Buffer.concat([store, more]);
}

const png = (chunk) => Buffer.concat([base.png.subarray(0, 33), chunk, base.png.subarray(33)]);
const film = (...boxes) => Buffer.concat([bmffBox('ftyp', latin('isom\0\0\0\0isom')), ...boxes]);

/** @returns {{what: string, bytes: Buffer}[]} */
export const promises = () =>
  [
    ['a store of 4 GiB', promisingStore(0xffffffff)],
    ['a PNG chunk of 2 GiB', png(Buffer.concat([hex('7fffffff'), latin('caBX')]))],
    [
      'an APP11 store of 4 GiB',
      Buffer.concat([hex('ffd8 ffeb 0012 4a50 0001 00000001 ffffffff 6a756d62'), base.jpeg.subarray(2)]),
    ],
    ['a RIFF chunk of 4 GiB', Buffer.concat([latin('RIFF'), hex('f0ffffff'), latin('WAVEC2PA'), hex('f0ffffff')])],
    ['an MP4 box of 2^63 bytes', film(hex('00000001 75756964 7fffffffffffffff d8fec3d61b0e483c92975828877ec481'))],
    [
      'an MP4 table of 4 billion entries',
      film(bmffBox('meta', hex('00000000'), bmffBox('iloc', hex('02000000 4440 ffffffff')))),
    ],
    ['a TIFF field of 4 billion bytes', hex('49492a00 08000000 0100 cdcd 0700 ffffffff 1a000000 00000000')],
    [
      'a ZIP of 65,534 files',
      Buffer.concat([
        latin('PK\x03\x04'),
        Buffer.alloc(26),
        latin('PK\x05\x06'),
        hex('00000000 feff feff ffffffff 00000000 0000'),
      ]),
    ],
    [
      'an ID3 tag of 256 MiB',
      Buffer.concat([latin('ID3'), hex('0400 00 7f7f7f7f'), latin('GEOB'), hex('7f7f7f7f 0000')]),
    ],
    [
      'a PDF stream of 4 GB',
      latin('%PDF-1.7\n1 0 obj<</Length 4294967295/Type/XRef/Size 4294967295/W[1 8 8]>>stream\n\nstartxref\n9\n%%EOF'),
    ],
    ['a CBOR list of 4 billion items', claim(hex('9affffffff'))],
    ['a CBOR map of 2^63 entries', claim(hex('bb7fffffffffffffff'))],
    ['a CBOR text of 4 GiB', claim(hex('7affffffff'))],
    [
      'CBOR lists within lists, each of all that is left',
      claim(
        Buffer.concat(
          [...Array(60).keys()]
            .map((i) => hex(`99${(2000 - 3 * i).toString(16).padStart(4, '0')}`))
            .concat(Buffer.alloc(2000)),
        ),
      ),
    ],
  ].map(([what, bytes]) => ({ what, bytes }));
