import * as vscode from 'vscode';
import type { PanelPrompts } from '../shared/promptProtocol';
import { shortPrompt } from '../ui/shortPrompt';

/** What the list works with. */
export interface PromptPickerParts {
  prompts(): PanelPrompts;
  /** Keeps or forgets a prompt. */
  save(prompt: string, isSaved: boolean): Promise<void>;
}

interface PromptItem extends vscode.QuickPickItem {
  /** Absent at a title between the others. */
  readonly prompt?: string;
}

/** Lets the person search and choose a saved or an earlier prompt; undefined when the list was left. */
export function pickPrompt({ prompts, save }: PromptPickerParts): Promise<string | undefined> {
  const list = vscode.window.createQuickPick<PromptItem>();
  const keep = {
    iconPath: new vscode.ThemeIcon('star-empty'),
    tooltip: vscode.l10n.t('Save Prompt'),
  };
  const remove = {
    iconPath: new vscode.ThemeIcon('trash'),
    tooltip: vscode.l10n.t('Remove from Saved Prompts'),
  };
  const fill = (): void => {
    const { saved, recent } = prompts();
    const others = recent.filter((prompt) => !saved.includes(prompt));
    list.items = [
      ...titled(
        vscode.l10n.t('Saved Prompts'),
        saved.map((prompt) => toItem(prompt, '$(star-full) ', remove)),
      ),
      ...titled(
        vscode.l10n.t('Recent Prompts'),
        others.map((prompt) => toItem(prompt, '', keep)),
      ),
    ];
  };
  list.title = vscode.l10n.t('Earlier Prompts');
  list.placeholder = vscode.l10n.t('Search prompts');
  list.matchOnDetail = true;
  list.keepScrollPosition = true;
  fill();
  if (list.items.length === 0) {
    list.items = [{ label: vscode.l10n.t('No prompts yet'), alwaysShow: true }];
  }
  return new Promise((resolve) => {
    list.onDidTriggerItemButton(async ({ item, button }) => {
      if (item.prompt === undefined) return;
      await save(item.prompt, button === keep);
      fill();
    });
    list.onDidAccept(() => {
      resolve(list.selectedItems[0]?.prompt);
      list.dispose();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

function titled(label: string, items: readonly PromptItem[]): readonly PromptItem[] {
  return items.length > 0 ? [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items] : [];
}

/** The label is one short line, so a longer prompt is there in full, to be read and found. */
function toItem(prompt: string, mark: string, button: vscode.QuickInputButton): PromptItem {
  const label = withoutIcons(shortPrompt(prompt));
  const isCut = shortPrompt(prompt) !== prompt;
  return {
    prompt,
    label: `${mark}${label}`,
    ...(isCut && { detail: withoutIcons(prompt.replace(/\s+/g, ' ')) }),
    buttons: [button],
  };
}

/** VS Code draws `$(name)` as an icon. */
function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}
