import { foreignName, foreignOthers, foreignPrompt, foreignSeed } from './foreignText';
import type { Recipe } from './recipe';

const negativeStart = 'Negative prompt:';

/** The settings of an image are one line. */
const maxSettingsLength = 50_000;

/**
 * What AUTOMATIC1111's web UI and Forge write: the prompt, the negative prompt, and one line of settings. Undefined where
 * the last line is none, as that is all that tells such a text from any other.
 */
export function readAutomatic1111(text: string): Recipe | undefined {
  const trimmed = text.trim();
  const lineStart = settingsStart(trimmed);
  if (lineStart === undefined) return undefined;
  const texts = trimmed.slice(0, lineStart);
  const negativeAt = texts.startsWith(negativeStart) ? 0 : texts.indexOf(`\n${negativeStart}`);
  const prompt = foreignPrompt(negativeAt < 0 ? texts : texts.slice(0, negativeAt));
  if (prompt === undefined) return undefined;
  const negativePrompt =
    negativeAt < 0
      ? undefined
      : foreignPrompt(texts.slice(negativeAt).trimStart().slice(negativeStart.length));
  const settings = readSettings(trimmed.slice(lineStart));
  const { Model, Seed, ...others } = Object.fromEntries(settings);
  const model = foreignName(Model);
  const seed = foreignSeed(Seed);
  return {
    source: 'automatic1111',
    prompt,
    ...(negativePrompt && { negativePrompt }),
    ...(model && { model }),
    ...(seed !== undefined && { seed }),
    ...foreignOthers(Object.entries(others)),
  };
}

/** Some extensions write more lines behind the settings. */
function settingsStart(text: string): number | undefined {
  if (text.startsWith('Steps: ')) return 0;
  const at = text.lastIndexOf('\nSteps: ');
  return at < 0 || text.length - at > maxSettingsLength ? undefined : at + 1;
}

/** `Name: value, Name: "value, with a comma"` */
function readSettings(line: string): [string, string][] {
  return splitOutsideQuotes(line).flatMap((part): [string, string][] => {
    const colon = part.indexOf(':');
    if (colon < 1) return [];
    const value = part.slice(colon + 1).trim();
    return [[part.slice(0, colon).trim(), unquoted(value)]];
  });
}

function splitOutsideQuotes(line: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    if (character === '\\' && isQuoted) at += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if ((character === ',' && !isQuoted) || character === '\n') {
      parts.push(line.slice(start, at));
      start = at + 1;
      isQuoted = false;
    }
  }
  return [...parts, line.slice(start)];
}

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}
