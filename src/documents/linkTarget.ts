import { posix } from 'node:path';
import { relativePath } from '../workspace/savePath';
import type { LinkFormat } from './linkFormats';

/** The parts of a URI that a link is made of; VS Code's Uri fits. */
interface UriParts {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}

/**
 * The path, not encoded, by which a document names an image: relative where that can be, else absolute. `textBefore` is
 * the document's text before the link. Without a document file the path is absolute.
 */
export function linkTarget(
  format: LinkFormat,
  documentFile: UriParts | undefined,
  textBefore: string,
  image: UriParts,
): string {
  if (documentFile?.scheme === image.scheme && documentFile.authority === image.authority) {
    const folder = posix.dirname(documentFile.path);
    const from = posix.resolve(folder, format.baseFolder?.(textBefore) ?? '.', 'document');
    const relative = relativePath(from, image.path);
    if (relative !== undefined) return relative;
  }
  if (format.absolute === 'url' || image.scheme !== 'file') {
    return `${image.scheme}://${image.authority}${image.path}`;
  }
  return image.authority === ''
    ? image.path.replace(/^\/(?=[a-z]:)/i, '')
    : `//${image.authority}${image.path}`;
}
