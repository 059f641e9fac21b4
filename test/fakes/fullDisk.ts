import * as vscode from 'vscode';

/** A file system with room for so many bytes; on one that is full, folders and empty files can still be made. */
export class FullDisk implements vscode.FileSystemProvider {
  readonly #files = new Map<string, Uint8Array>();
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  constructor(private readonly room = 0) {}

  /** What is left on it. */
  get files(): readonly string[] {
    return [...this.#files.keys()];
  }

  clear(): void {
    this.#files.clear();
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  /** What is no file is a folder, but for what has a dot in its name. */
  stat(uri: vscode.Uri): vscode.FileStat {
    const size = this.#files.get(uri.path)?.length;
    if (size === undefined && /\.[^/]*$/.test(uri.path)) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    const type = size === undefined ? vscode.FileType.Directory : vscode.FileType.File;
    return { type, ctime: 0, mtime: 0, size: size ?? 0 };
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    const start = `${uri.path}/`;
    return this.files
      .filter((path) => path.startsWith(start))
      .map((path) => [path.slice(start.length), vscode.FileType.File]);
  }

  createDirectory(): void {}

  readFile(uri: vscode.Uri): Uint8Array {
    const bytes = this.#files.get(uri.path);
    if (!bytes) throw vscode.FileSystemError.FileNotFound(uri);
    return bytes;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    const used = [...this.#files.values()].reduce((sum, { length }) => sum + length, 0);
    const fits = used + content.length <= this.room;
    this.#files.set(uri.path, fits ? content.slice() : new Uint8Array());
    if (!fits) throw new Error('no space left');
  }

  delete(uri: vscode.Uri): void {
    this.#files.delete(uri.path);
  }

  rename(from: vscode.Uri, to: vscode.Uri, { overwrite }: { readonly overwrite: boolean }): void {
    if (this.room === 0) throw new Error('no space left');
    if (this.#files.has(to.path) && !overwrite) throw vscode.FileSystemError.FileExists(to);
    this.#files.set(to.path, this.readFile(from));
    this.#files.delete(from.path);
  }
}
