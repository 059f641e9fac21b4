/** What stands between the quotation marks of a string. */
export function typstString(text: string): string {
  return text.replace(/[\\"]/g, '\\$&');
}

/** Reads the same in a string and in content, where many signs are markup. */
export function typstAnywhere(text: string): string {
  return typstString(text).replace(
    /[#*_`$[\]<>@~=+\-/']|\.(?=\.)/g,
    (character) => `\\u{${character.charCodeAt(0).toString(16)}}`,
  );
}

/** A call of its own line. */
export function typstImage(path: string, altText: string): string {
  return `#image("${typstString(path)}", alt: "${typstString(altText)}")`;
}
