// Exif is a TIFF: a byte order, and lists of entries of twelve bytes (Exif 2.32, section 4.6).

const exifList = 0x8769;
const userComment = 0x9286;

/** The comment that a person or a program left in Exif data; undefined where there is none, or the data is damaged. */
export function exifComment(tiff: Buffer): string | undefined {
  const order = tiff.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') return undefined;
  const isLittle = order === 'II';
  const number = (at: number, bytes: 2 | 4): number => {
    if (at < 0 || at + bytes > tiff.length) return 0;
    return isLittle ? tiff.readUIntLE(at, bytes) : tiff.readUIntBE(at, bytes);
  };
  const entry = (list: number, tag: number): { length: number; value: number } | undefined => {
    const count = Math.min(number(list, 2), 1000);
    for (let at = list + 2; at < list + 2 + count * 12; at += 12) {
      if (number(at, 2) === tag) return { length: number(at + 4, 4), value: number(at + 8, 4) };
    }
    return undefined;
  };
  const list = entry(number(4, 4), exifList)?.value;
  const found = list === undefined ? undefined : entry(list, userComment);
  if (!found || found.value + found.length > tiff.length) return undefined;
  const data = tiff.subarray(found.value, found.value + found.length);
  return decodeComment(data, isLittle);
}

/** Eight bytes name the characters. "Unicode" is UTF-16, in whatever order the program thought right. */
function decodeComment(data: Buffer, isLittle: boolean): string {
  const kind = data.toString('latin1', 0, 8);
  const text = data.subarray(8);
  if (!kind.startsWith('UNICODE')) return text.toString().replace(/\0+$/, '');
  const even = Buffer.from(text.subarray(0, text.length - (text.length % 2)));
  const looksLittle = even.length > 1 ? even[1] === 0 || (even[0] !== 0 && isLittle) : isLittle;
  return (looksLittle ? even : even.swap16()).toString('utf16le').replace(/\0+$/, '');
}
