import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';

/** The programs that look at images here. */
export const imageTools = [
  ['convert', '-version'],
  ['identify', '-version'],
  ['exiftool', '-ver'],
  ['pngcheck', '-version'],
] as const;

const defined = ['png:color-type', 'png:bit-depth', 'png:format', 'webp:lossless'];

/** Makes files by ImageMagick in one run: each by its options, out of one small picture with some transparency. */
export function makeImages(
  folder: string,
  images: Readonly<Record<string, readonly string[]>>,
): void {
  const outputs = Object.entries(images).flatMap(([name, options]) => [
    // Definitions outlive the parentheses, and only what is defined can be taken back.
    ...[
      '(',
      '+clone',
      ...defined.flatMap((name) => ['-define', `${name}=`, '+define', name]),
      ...options,
      '-write',
      path.join(folder, name),
      '+delete',
      ')',
    ],
  ]);
  const picture = [
    '-size',
    '37x23',
    'gradient:#e33-#36c',
    '(',
    '-size',
    '37x23',
    'radial-gradient:white-black',
    ')',
  ];
  const masked = [...picture, '-alpha', 'off', '-compose', 'CopyOpacity', '-composite'];
  execFileSync('convert', ['-respect-parentheses', ...masked, ...outputs, 'null:']);
}

/** ImageMagick's digest of the pixels of each file, with its size and depth; all in one run. */
export function pixelsOf(files: readonly string[]): readonly string[] {
  const output = execFileSync('identify', ['-quiet', '-format', '%m %w %h %z %A %#\n', ...files]);
  return output.toString().trim().split('\n');
}

/** What pngcheck finds wrong, in one run. */
export function pngFaults(files: readonly string[]): string {
  return spawnSync('pngcheck', ['-q', ...files]).stdout.toString();
}

/** One file as exiftool sees it, by group and tag. */
export type Tags = Readonly<Record<string, unknown>>;

/** What exiftool reads of each file, in one run; with its own complaints. */
export function tagsOf(files: readonly string[]): readonly Tags[] {
  const output = execFileSync(
    'exiftool',
    ['-json', '-a', '-G1', '-b', '-validate', '-warning', '-error', '-all', ...files],
    { maxBuffer: 1e9, stdio: 'pipe' },
  );
  return JSON.parse(output.toString()) as Tags[]; // as exiftool writes it
}

/** Has exiftool write tags into files, in one run. */
export function tagFiles(files: readonly string[], tags: readonly string[]): void {
  execFileSync('exiftool', ['-q', '-overwrite_original', ...tags, ...files]);
}
