import * as vscode from 'vscode';
import { DisposableStore } from '../util/disposable';
import type { Logger } from '../util/logger';
import { builtInStyles } from './builtInStyles';
import { type ReadStyles, readStyleFile, readStyles, type StyleText } from './readStyles';
import type { Settings } from './settings';
import { builtInStyleNames, styleProblemText } from './styleTexts';

/** A text around prompts. */
export interface Style extends StyleText {
  /** Such as `builtIn:watercolor`, `user:Poster` and `project:Poster`. */
  readonly id: string;
  readonly source: 'builtIn' | 'user' | 'project';
}

/** A project's file, from its folder. */
export const styleFilePath = ['.easel', 'styles.json'] as const;
const styleFileName = styleFilePath.join('/');
/** Far more than a hundred styles need. */
const maxFileBytes = 2 * 1024 * 1024;
const nothing: ReadStyles = { styles: [], problems: [] };

/** Whether the workspace may bring texts of its own. */
type Trust = Pick<typeof vscode.workspace, 'isTrusted' | 'onDidGrantWorkspaceTrust'>;

/** The styles that a prompt can be put into: Easel's, the user's and, where the workspace is trusted, the project's. */
export class Styles implements vscode.Disposable {
  readonly #subscriptions = new DisposableStore();
  readonly #watchers = new Map<string, vscode.FileSystemWatcher>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  /** Of the folders in their order. */
  #ofProject: readonly ReadStyles[] = [];
  #problems: readonly string[] = [];
  #loading: Promise<void>;

  constructor(
    private readonly settings: Pick<Settings, 'styles' | 'onDidChange'>,
    private readonly logger: Logger,
    private readonly trust: Trust = vscode.workspace,
  ) {
    const reload = (): void => {
      this.#loading = this.#load();
    };
    this.#subscriptions.add(this.#changed);
    this.#subscriptions.add(trust.onDidGrantWorkspaceTrust(reload));
    this.#subscriptions.add(vscode.workspace.onDidChangeWorkspaceFolders(reload));
    this.#subscriptions.add(settings.onDidChange('easel.styles', reload));
    // A watcher is up only some seconds after the window, and tells of a change with a delay.
    this.#subscriptions.add(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (uri.path.endsWith(`/${styleFileName}`)) reload();
      }),
    );
    this.#loading = this.#load();
  }

  /** Resolves when the projects' files have been read as they are now. */
  async loaded(): Promise<void> {
    // Another load may begin while one is waited for.
    for (let last: unknown; last !== this.#loading; ) {
      last = this.#loading;
      await this.#loading;
    }
  }

  /** Easel's, then the projects', then the user's; each id once. */
  all(): readonly Style[] {
    const names = builtInStyleNames();
    const own = entriesOf(builtInStyles).map(
      ([key, text]): Style => ({
        ...{ id: `builtIn:${key}`, source: 'builtIn', name: names[key] },
        ...text,
      }),
    );
    const ofProject = this.#ofProject.flatMap(({ styles }) => styles);
    const all = [
      ...own,
      ...ofProject.map((text) => toStyle('project', text)),
      ...readStyles(this.settings.styles).styles.map((text) => toStyle('user', text)),
    ];
    // The first folder that has a name is the one that counts.
    return [...new Map(all.toReversed().map((style) => [style.id, style])).values()].toReversed();
  }

  /** Undefined for one that is no longer there. */
  find(id: string): Style | undefined {
    return this.all().find((style) => style.id === id);
  }

  /** A sentence for each thing that is wrong with the files and the setting. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  dispose(): void {
    for (const watcher of this.#watchers.values()) watcher.dispose();
    this.#subscriptions.dispose();
  }

  async #load(): Promise<void> {
    const folders = this.trust.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
    this.#watch(folders);
    const read = await Promise.all(folders.map((folder) => this.#read(folder)));
    this.#ofProject = read;
    const ofUser = readStyles(this.settings.styles);
    const problems = [
      ...read.flatMap((each) => each.problems.map((one) => styleProblemText(one, styleFileName))),
      ...ofUser.problems.map((problem) => styleProblemText(problem, 'easel.styles')),
    ];
    for (const text of problems) if (!this.#problems.includes(text)) this.logger.warn(text);
    this.#problems = problems;
    this.#changed.fire();
  }

  async #read({ uri }: vscode.WorkspaceFolder): Promise<ReadStyles> {
    const file = vscode.Uri.joinPath(uri, ...styleFilePath);
    try {
      const { size } = await vscode.workspace.fs.stat(file);
      if (size > maxFileBytes) return { styles: [], problems: [{ rule: 'noStyles' }] };
      return readStyleFile(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
    } catch (error) {
      // Most projects have none.
      const isMissing = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
      if (!isMissing) this.logger.warn(`${file.path} could not be read: ${String(error)}`);
      return nothing;
    }
  }

  #watch(folders: readonly vscode.WorkspaceFolder[]): void {
    const wanted = new Map(folders.map((folder) => [folder.uri.toString(), folder]));
    for (const [key, watcher] of this.#watchers) {
      if (wanted.has(key)) continue;
      watcher.dispose();
      this.#watchers.delete(key);
    }
    for (const [key, folder] of wanted) {
      if (this.#watchers.has(key)) continue;
      const pattern = new vscode.RelativePattern(folder, styleFileName);
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const reload = (): void => {
        this.#loading = this.#load();
      };
      watcher.onDidCreate(reload);
      watcher.onDidChange(reload);
      watcher.onDidDelete(reload);
      this.#watchers.set(key, watcher);
    }
  }
}

function toStyle(source: 'user' | 'project', text: StyleText): Style {
  return { ...text, id: `${source}:${text.name}`, source };
}

/** Object.entries forgets the keys. */
function entriesOf<T extends object>(table: T): readonly [keyof T, T[keyof T]][] {
  return Object.entries(table) as [keyof T, T[keyof T]][];
}
