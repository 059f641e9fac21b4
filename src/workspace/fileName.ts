import { graphemes } from '../util/graphemes';

/** How long a name may be, in what a person counts as characters and in bytes of UTF-8. */
export interface NameLimits {
  readonly graphemes: number;
  readonly bytes: number;
}

/** Far enough below 255, the limit of most file systems, and 143, that of encrypted home directories, for `-12.webp`. */
export const nameLimits: NameLimits = { graphemes: 60, bytes: 120 };
/** How far back a cut looks for the end of a word, in graphemes. */
const wordReach = 15;

/**
 * Turns a prompt into a file name without extension, valid on Windows, macOS and Linux, of at most 60 graphemes and
 * 120 bytes of UTF-8, or of what a template leaves of these. Letters and numbers of every script stay, with their combining marks, which Devanagari or Thai
 * cannot do without. Case stays as typed: people know their file by their own words (`4K`, `Xiao-Ming`), and lowering
 * depends on the language (Turkish i); collisions are found without regard to case anyway.
 */
export function fileNameFromPrompt(prompt: string, limits: NameLimits = nameLimits): string {
  // Twice: taking an invisible character out can bring a letter and its mark together.
  const text = prompt
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFKC');
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{Mn}\p{Mc}]*/gu) ?? [];
  const name = cut(words.join('-'), limits);
  if (name === '') return 'image';
  return isWindowsDevice(name) ? `image-${name}` : name;
}

/**
 * The first of `base.extension`, `base-1.extension`, … that is not taken. The extension has no dot; `isTaken` compares
 * without regard to case and also knows the names already given out to images that are still being written.
 */
export function nextFreeName(
  base: string,
  extension: string,
  isTaken: (name: string) => boolean,
): string {
  let name = `${base}.${extension}`;
  for (let number = 1; isTaken(name); number++) name = `${base}-${number}.${extension}`;
  return name;
}

/** Whether Windows keeps a name for a device: in any case, with any extension, and with COM¹ for COM1. */
export function isWindowsDevice(name: string): boolean {
  return /^(?:con|prn|aux|nul|com\d|lpt\d) *(?:\.|$)/i.test(name.normalize('NFKC'));
}

/**
 * A name that was put together by a template, made valid on Windows, macOS and Linux and not too long; what the systems
 * take stays. Empty where nothing is left.
 */
export function portableName(name: string, limits: NameLimits = nameLimits): string {
  const clean = name.toWellFormed().replaceAll(/[\p{Cc}<>:"|?*/\\]/gu, '-');
  const short = cut(clean, limits).replace(/[. ]+$/, '');
  return isWindowsDevice(short) ? `image-${short}` : short;
}

function cut(text: string, limits: NameLimits): string {
  const kept: string[] = [];
  let bytes = 0;
  for (const { segment, index } of graphemes(text)) {
    bytes += Buffer.byteLength(segment);
    if (kept.length === limits.graphemes || bytes > limits.bytes) {
      return endAtWord(kept, text[index] === '-');
    }
    kept.push(segment);
  }
  return kept.join('');
}

/** `isWhole`: the cut fell between two words. Scripts without spaces have no dash near, and are cut where they are. */
function endAtWord(kept: readonly string[], isWhole: boolean): string {
  const dash = kept.lastIndexOf('-');
  const isNear = dash > 0 && kept.length - dash <= wordReach;
  return (!isWhole && isNear ? kept.slice(0, dash) : kept).join('').replace(/-+$/, '');
}
