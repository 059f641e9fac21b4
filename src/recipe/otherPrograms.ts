import { readAutomatic1111 } from './automatic1111';
import { readComfyUi } from './comfyUi';
import { readDream, readInvokeAi, readOldInvokeAi } from './invokeAi';
import type { Recipe } from './recipe';

/** Longer texts are not looked at. */
const maxTextLength = 2_000_000;

/** By the keyword under which a program writes a text into a PNG file; the first that can be read counts. */
const readers: readonly (readonly [keyword: string, read: (text: string) => Recipe | undefined])[] =
  [
    ['parameters', readAutomatic1111],
    ['invokeai_metadata', readInvokeAi],
    ['sd-metadata', readOldInvokeAi],
    ['Dream', readDream],
    ['prompt', readComfyUi],
  ];

/** What another program wrote into a PNG file, whose texts are asked for by keyword. Anybody may have written them. */
export function readOtherTexts(
  textOf: (keyword: string) => string | undefined,
): Recipe | undefined {
  for (const [keyword, read] of readers) {
    const text = textOf(keyword);
    const recipe = text && text.length <= maxTextLength ? read(text) : undefined;
    if (recipe) return recipe;
  }
  return undefined;
}
