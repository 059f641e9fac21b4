import type { PanelStrings } from '../shared/pageStrings';

/** What the page's document is made of. */
export interface PanelDocument {
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** New for every document. */
  readonly nonce: string;
  readonly scriptUri: string;
  readonly styleUris: readonly string[];
  /** A BCP 47 tag, as `env.language`. */
  readonly language: string;
  readonly strings: PanelStrings;
}

/** The page's document: nothing may be loaded but its style sheets, its one script, and images of the allowed folders. */
export function panelHtml(parts: PanelDocument): string {
  const { cspSource, nonce } = parts;
  const policy = [
    "default-src 'none'",
    `img-src ${cspSource}`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  const styles = parts.styleUris
    .map((uri) => `<link rel="stylesheet" href="${escapeAttribute(uri)}">`)
    .join('\n');
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(parts.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeAttribute(parts.strings.title)}</title>
${styles}
<script type="application/json" id="strings">${scriptJson(parts.strings)}</script>
<script nonce="${escapeAttribute(nonce)}" src="${escapeAttribute(parts.scriptUri)}" defer></script>
</head>
<body></body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** JSON that cannot end the script element it stands in. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
