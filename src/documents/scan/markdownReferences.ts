import { readDestination } from './markdownDestination';
import type { TextRange } from './scanner';

/** Where reference definitions lead, by their labels as {@link labelKey} writes them. */
export type Definitions = Map<
  string,
  { readonly target: string; readonly targetStart: number; readonly targetEnd: number }
>;

/** How a label is looked up: case and blanks do not count. */
export function labelKey(label: string): string {
  return label.replace(/\s+/g, ' ').trim().toLowerCase();
}

const definition = /[ \t>]*\[((?:[^\][\\\n]|\\.){1,999})\]:[ \t]*/y;

/** Adds the definitions that a block consists of, or begins with. */
export function definitionAt(text: string, block: TextRange, definitions: Definitions): void {
  for (let offset = block.start; offset < block.end; ) {
    definition.lastIndex = offset;
    const label = definition.exec(text)?.[1];
    if (label === undefined) return;
    const destination = readDestination(text, definition.lastIndex, block.end);
    if (!destination) return;
    const { target, targetStart, targetEnd } = destination;
    const key = labelKey(label);
    // The first one counts.
    if (!definitions.has(key)) definitions.set(key, { target, targetStart, targetEnd });
    const lineEnd = text.indexOf('\n', destination.end);
    if (lineEnd < 0) return;
    offset = lineEnd + 1;
  }
}
