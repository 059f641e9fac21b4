import path from 'node:path';
import { errors, type FrameLocator, type Locator, type Page } from 'playwright-core';

/** What identifies a thing on the screen: a part of its text. */
type Text = string | RegExp;

/** VS Code's window as a person uses it: by what is written on it. Every wait ends with an error that says what was not there. */
export class Workbench {
  /** The newest toasts; VS Code shows three at most. */
  readonly toasts: Locator;
  readonly statusBar: Locator;
  readonly #quickInput: Locator;

  constructor(readonly page: Page) {
    this.toasts = page.locator('.notifications-toasts .notification-list-item');
    this.statusBar = page.locator('.part.statusbar');
    this.#quickInput = page.locator('.quick-input-widget:visible');
  }

  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await this.statusBar.locator('.statusbar-item').first().waitFor({ timeout: 60_000 });
  }

  /** Loads the window anew; the extension host starts again. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Runs a command from the palette by its whole title, with its category: `Easel: Show Log`. */
  async command(title: string): Promise<void> {
    await this.#choose('F1', `>${title}`, title);
  }

  /** Opens a file of the workspace by name from the quick open list. */
  async openFile(name: string): Promise<void> {
    await this.#choose('Control+p', name, path.posix.basename(name));
    await this.tab(path.posix.basename(name)).waitFor();
  }

  /**
   * Early on the keys are not bound and a new extension's commands are not listed, and an open list does not refresh
   * itself: so open it, look for a moment, close it and open it again.
   */
  async #choose(key: string, query: string, label: string): Promise<void> {
    const input = this.#quickInput.locator('input');
    const row = this.#quickInput.locator('.monaco-list-row').filter({ hasText: label }).first();
    const end = Date.now() + 30_000;
    while (Date.now() < end) {
      await this.page.keyboard.press(key);
      try {
        await input.waitFor({ timeout: 1000 });
        await input.fill(query, { timeout: 1000 });
        await row.waitFor({ timeout: 1500 });
        await row.click({ timeout: 2000 });
        return;
      } catch (error) {
        if (!(error instanceof errors.TimeoutError)) throw error;
      }
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`"${label}" is not in the list that ${key} opens`);
  }

  /**
   * The input box or quick pick with this title, prompt or placeholder. The widget is the palette's, redrawn, so an
   * input without such a check may still be the palette.
   */
  quickInput(title: Text): Locator {
    const placeholder = this.page.getByPlaceholder(title);
    return this.#quickInput
      .filter({ hasText: title })
      .or(this.#quickInput.filter({ has: placeholder }));
  }

  /** Types into an input box and confirms. */
  async answer(title: Text, value: string): Promise<void> {
    const input = this.quickInput(title).locator('input.input');
    await input.waitFor();
    // A redraw just then empties the box again.
    await this.until(async () => {
      await input.fill(value);
      return (await input.inputValue()) === value;
    }, `the input box "${title}" does not take the text`);
    await input.press('Enter');
  }

  /** Chooses a folder in VS Code's own dialog, whose first Enter may only open the folder. */
  async chooseFolder(title: Text, folder: string): Promise<void> {
    const dialog = this.quickInput(title);
    // Together with its first rows the dialog writes their folder into the box, over what was typed before.
    await dialog.locator('.monaco-list-row').first().waitFor();
    await this.answer(title, `${folder}/`);
    await this.until(async () => {
      if (!(await dialog.isVisible())) return true;
      await dialog.locator('input.input').press('Enter');
      return false;
    }, `the dialog "${title}" does not take the folder`);
  }

  /** Chooses a row of a quick pick; a long list shows only the rows in view, so it is filtered first. */
  async pick(title: Text, row: Text, filter?: string): Promise<void> {
    const list = this.quickInput(title);
    await list.waitFor();
    if (filter !== undefined) await list.locator('input.input').fill(filter);
    await list.locator('.monaco-list-row').filter({ hasText: row }).first().click();
  }

  /** Closes whichever input box, list or menu is open. */
  async escape(): Promise<void> {
    await this.page.keyboard.press('Escape');
  }

  tab(name: Text): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: name });
  }

  /** Lines of the editors that are shown. */
  editorLine(text: Text): Locator {
    return this.page.locator('.monaco-editor .view-line').filter({ hasText: text });
  }

  /** Selects the first occurrence of a text, within one line, in the active editor. */
  async selectText(text: string): Promise<void> {
    const editor = this.page.locator('.editor-instance .monaco-editor').first();
    await editor.locator('.view-line').first().click();
    await this.page.keyboard.press('Control+Home');
    await this.page.keyboard.press('Control+f');
    const find = this.page.locator('.find-widget.visible textarea[aria-label="Find"]');
    await find.fill(text);
    await this.page.locator('.find-widget.visible .matchesCount', { hasText: /^1 of/ }).waitFor();
    const widget = this.page.locator('.find-widget.visible');
    // Leaves the match selected; the first one may only close a hint.
    await this.until(async () => {
      await this.page.keyboard.press('Escape');
      return widget.waitFor({ state: 'hidden', timeout: 500 }).then(
        () => true,
        () => false,
      );
    }, 'the find widget stays');
    await this.page.locator('.monaco-editor.focused .selected-text').first().waitFor();
  }

  /** Puts the cursor at the end of a line, counted from 1, of the active editor. */
  async goToLine(line: number): Promise<void> {
    await this.#choose('Control+g', `:${line}`, `Line ${line}`);
    await this.page.keyboard.press('End');
  }

  /** Right-clicks the selection in the active editor and chooses from the menu. */
  async editorMenu(item: Text): Promise<void> {
    await this.#rightClick(this.page.locator('.monaco-editor.focused .selected-text').first());
    await this.chooseFromMenu(item);
  }

  /** Right-clicks a file or folder in the explorer and chooses from the menu. */
  async explorerMenu(name: Text, item: Text): Promise<void> {
    await this.#rightClick(await this.explorerRow(name));
    await this.chooseFromMenu(item);
  }

  /** Right-clicks an image in the explorer and chooses from what Easel does with images. */
  async imageMenu(name: Text, item: Text): Promise<void> {
    await this.#rightClick(await this.explorerRow(name));
    await this.menuItem('Easel').hover();
    await this.chooseFromMenu(item);
  }

  /** With the mouse, since another layer lies over the selection. */
  async #rightClick(target: Locator): Promise<void> {
    // An editor draws its selection anew, and there is none for a moment.
    const find = () => target.boundingBox();
    const { x, y, width, height } = await this.until(find, 'there is nothing to right-click');
    await this.page.mouse.click(x + Math.min(width / 2, 60), y + height / 2, { button: 'right' });
  }

  /** An item of the menu that is open. */
  menuItem(item: Text): Locator {
    return this.page.locator('.monaco-menu .action-menu-item').filter({ hasText: item });
  }

  async chooseFromMenu(item: Text): Promise<void> {
    await this.menuItem(item).hover();
    await this.page.waitForTimeout(300); // menus ignore a button that is let go within 100 ms of their opening
    await this.menuItem(item).click();
  }

  /** A row of the explorer; a file written before the watcher was up, seconds after the window, needs a refresh. */
  async explorerRow(name: Text): Promise<Locator> {
    const row = this.page
      .locator('.explorer-folders-view .monaco-list-row')
      .filter({ hasText: name })
      .first();
    try {
      await row.waitFor({ timeout: 3000 });
    } catch {
      await this.command('File: Refresh Explorer');
      await row.waitFor();
    }
    return row;
  }

  /** Saves the active editor, and waits until it is on disk. */
  async save(): Promise<void> {
    await this.page.keyboard.press('Control+s');
    await this.page.locator('.tab.active:not(.dirty)').first().waitFor();
  }

  toast(text: Text): Locator {
    return this.toasts.filter({ hasText: text });
  }

  async pressToastButton(text: Text, button: string): Promise<void> {
    await this.toast(text).getByRole('button', { name: button }).click();
  }

  /**
   * Between tests: of notifications in a chain, each less than 800 ms after the last, VS Code sends the fourth and later
   * straight to the bell (its spam protection). A person never meets that; a fast test does.
   */
  async settleNotifications(): Promise<void> {
    if ((await this.toasts.count()) > 0) {
      await this.command('Notifications: Clear All Notifications');
    }
    await this.page.waitForTimeout(900);
  }

  /** The document inside the webview, panel or view, that shows `selector`. */
  async webviewWith(selector: string): Promise<FrameLocator> {
    const outer = this.page.locator('iframe.webview.ready');
    let found: FrameLocator | undefined;
    await this.until(async () => {
      for (let i = 0; i < (await outer.count()); i += 1) {
        const inner = outer.nth(i).contentFrame().locator('iframe#active-frame').contentFrame();
        // A frame that is just being replaced has nothing visible.
        if (
          await inner
            .locator(selector)
            .first()
            .isVisible()
            .catch(() => false)
        ) {
          found = inner;
          return true;
        }
      }
      return false;
    }, `no webview shows ${selector}`);
    if (!found) throw new Error(`no webview shows ${selector}`);
    return found;
  }

  /** The rendered Markdown of the active editor, in a second column. */
  async openPreviewToSide(): Promise<FrameLocator> {
    await this.command('Markdown: Open Preview to the Side');
    return this.webviewWith('.markdown-body');
  }

  /** Keeps what is on the screen as out/screenshots/<name>.png; gives its path. */
  async screenshot(name: string): Promise<string> {
    const file = path.resolve('out/screenshots', `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  /** For what no single locator can wait for; resolves with what the condition found. */
  async until<T>(condition: () => Promise<T | null | false>, complaint: string): Promise<T> {
    const end = Date.now() + 40_000; // far longer than it takes, also on a machine that is busy
    for (;;) {
      const found = await condition();
      if (found) return found;
      if (Date.now() > end) throw new Error(complaint);
      await this.page.waitForTimeout(50);
    }
  }
}
