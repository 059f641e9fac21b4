import * as vscode from 'vscode';
import { readPasteFolder } from '../settings/pasteFolder';
import type { Settings } from '../settings/settings';
import type { Pause } from '../util/abort';
import { documentBase } from './documentBase';
import { pasteExtensions, pasteFolderTemplate } from './pasteFolder';
import { resolveFolderTemplate } from './savePath';

/** Set when the question has been answered in this workspace. */
const answeredKey = 'easel.pasteFolderAnswered';
/** A message that nobody sees, as with "Do Not Disturb", holds a job up for no longer. */
const patience = 20_000;

/** What the hint is built from. */
export interface FolderHintOptions {
  readonly settings: Pick<Settings, 'assetsFolder' | 'hasOwnAssetsFolder' | 'setAssetsFolder'>;
  /** Of the workspace. */
  readonly state: vscode.Memento;
  readonly pause: Pause;
  /** Shows what an answer that nobody waits for any more runs into. */
  readonly guard: (promise: Promise<unknown>) => void;
}

/** A value of Easel's setting, and the folder that it means, as the person is told. */
interface OfferedFolder {
  readonly template: string;
  readonly shown: string;
}

/** Offers the folder that the extensions Paste Image or Markdown Paste are set to as Easel's own, once in a workspace. */
export class FolderHint {
  readonly #options: FolderHintOptions;
  /** Once a session, for all jobs that are started meanwhile. */
  #offered: Promise<void> | undefined;

  constructor(options: FolderHintOptions) {
    this.#options = options;
  }

  /**
   * Resolves when it is answered, closed, or nobody has cared for a while: the question stays there then.
   * @throws ImageGenerationError with code `SettingNotSaved`
   */
  async offer(document: vscode.Uri | undefined): Promise<void> {
    if (!this.#offered) {
      const found = this.#find(document);
      if (!found) return;
      this.#offered = this.#wait(this.#ask(found, document));
    }
    try {
      await this.#offered;
    } catch (error) {
      // Told once; the next job is not held up by it.
      this.#offered = Promise.resolve();
      throw error;
    }
  }

  #find(document: vscode.Uri | undefined): OfferedFolder | undefined {
    const { settings, state } = this.#options;
    if (!vscode.workspace.isTrusted || !vscode.workspace.workspaceFolders) return undefined;
    if (state.get(answeredKey) || settings.hasOwnAssetsFolder(document)) return undefined;
    for (const { section, variables } of pasteExtensions) {
      const path = readPasteFolder(section, document);
      const template = path === undefined ? undefined : pasteFolderTemplate(path, variables);
      if (template === undefined || template === settings.assetsFolder(document)) continue;
      const shown = shownFolder(template, document);
      if (shown !== undefined) return { template, shown };
    }
    return undefined;
  }

  async #ask({ template, shown }: OfferedFolder, document: vscode.Uri | undefined): Promise<void> {
    const { settings, state } = this.#options;
    const use = vscode.l10n.t('Use That Folder');
    const keep = vscode.l10n.t('Keep {0}', settings.assetsFolder(document));
    const answer = await vscode.window.showInformationMessage(
      question({ template, shown }),
      use,
      keep,
    );
    if (answer === use) await settings.setAssetsFolder(template);
    await state.update(answeredKey, true);
  }

  async #wait(answer: Promise<void>): Promise<void> {
    const { pause, guard } = this.#options;
    const isLate = await Promise.race([answer.then(() => false), pause(patience).then(() => true)]);
    if (isLate) guard(answer);
  }
}

function question({ template, shown }: OfferedFolder): string {
  return dependsOnDocument(template)
    ? vscode.l10n.t(
        "Pasted images of this document go to {0}. Save Easel's images of each document in the same way?",
        shown,
      )
    : vscode.l10n.t("Pasted images of this workspace go to {0}. Save Easel's there too?", shown);
}

function dependsOnDocument(template: string): boolean {
  return template.includes('${document');
}

/** As a path in the workspace folder; undefined where it could not be used, or not be shown in a message. */
function shownFolder(template: string, document: vscode.Uri | undefined): string | undefined {
  const base = documentBase(document);
  if (!base && dependsOnDocument(template)) return undefined;
  const folder = base
    ? vscode.workspace.getWorkspaceFolder(base)
    : vscode.workspace.workspaceFolders?.[0];
  if (!folder) return undefined;
  const root = folder.uri.path;
  const paths = { document: base && document?.path, workspaceFolder: root };
  const found = resolveFolderTemplate(template, paths, new Date());
  // A message makes links of what looks like one.
  if (found.kind === 'refused' || found.path.includes('](')) return undefined;
  return found.path.slice(root.length).replace(/^\//, '') || '.';
}
