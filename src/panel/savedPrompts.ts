import type * as vscode from 'vscode';
import * as z from 'zod/mini';

const stateKey = 'easel.savedPrompts';
const maxPrompts = 200;
/** Together, in UTF-16 units: all windows share this state, and the page gets it whole. */
const maxText = 200_000;
const savedSchema = z.array(z.string());

/** The prompts that the person keeps, for all workspaces. */
export class SavedPrompts {
  constructor(private readonly globalState: vscode.Memento) {}

  /** Newest first. */
  all(): readonly string[] {
    const parsed = z.safeParse(savedSchema, this.globalState.get(stateKey));
    return parsed.success ? parsed.data : [];
  }

  /** Keeps or forgets a prompt; beyond what there is room for, the oldest go. */
  async set(prompt: string, isSaved: boolean): Promise<void> {
    const text = prompt.trim();
    const others = this.all().filter((other) => other !== text);
    const next = isSaved && text !== '' ? [text, ...others] : others;
    await this.globalState.update(stateKey, fitPrompts(next, maxPrompts, maxText));
  }
}

/** The first prompts, each once, as many as there is room for. @param maxTotal of all together, in UTF-16 units */
export function fitPrompts(
  prompts: readonly string[],
  max: number,
  maxTotal: number,
): readonly string[] {
  let room = maxTotal;
  return [...new Set(prompts)]
    .filter((prompt) => prompt.trim() !== '')
    .slice(0, max)
    .filter((prompt) => {
      if (prompt.length > room) return false;
      room -= prompt.length;
      return true;
    });
}
