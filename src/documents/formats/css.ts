import { percentEncode, urlPath } from './url';

/** Spaces and parentheses stay readable between the quotation marks. Style sheets have no place for a text. */
export function cssImage(path: string): string {
  return `url("${percentEncode(urlPath(path), /'/g)}")`;
}
