import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FileJournal, type FileJournalOptions } from '../../src/journal/fileJournal';
import { formatRecord, type StoredRecord } from '../../src/journal/recordSchema';
import { type Every, WindowMark, type WindowMarkOptions } from '../../src/journal/windowMark';
import { RecordingLogger } from './recordingLogger';

/** A storage folder of a test, with windows whose time stands still until the test lets it go on. */
export class JournalStorage {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'easel-journal-'));
  readonly logger = new RecordingLogger();
  now = Date.now();
  readonly #marks: WindowMark[] = [];
  readonly #beats = new Map<string, () => Promise<void>>();

  /** Another window, by default a process of this machine that lives. */
  mark(windowId: string, changes: Partial<WindowMarkOptions> = {}): WindowMark {
    const every: Every = (_, action) => {
      this.#beats.set(windowId, action);
      return { dispose: () => this.#beats.delete(windowId) };
    };
    const mark = new WindowMark({
      folder: this.folder,
      windowId,
      every,
      now: () => this.now,
      logger: this.logger,
      ...changes,
    });
    this.#marks.push(mark);
    return mark;
  }

  /** The journal of a window. */
  journal(windowId: string, changes: Partial<FileJournalOptions> = {}): FileJournal {
    return new FileJournal({
      folder: this.folder,
      mark: changes.mark ?? this.mark(windowId),
      now: () => this.now,
      logger: this.logger,
      ...changes,
    });
  }

  /** Five seconds pass, so many times, for the windows that are awake. */
  async beat(times: number, ...awake: readonly string[]): Promise<void> {
    for (let count = 0; count < times; count += 1) {
      this.now += 5_000;
      for (const windowId of awake) await this.#beats.get(windowId)?.();
    }
  }

  /** Puts a file there as some other process would have. */
  put(name: string, text: string): string {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  putRecord(record: StoredRecord): string {
    return this.put(`jobs/${record.job.id}.json`, formatRecord(record));
  }

  /** Names in one of its folders, in order. */
  names(folder: string): readonly string[] {
    try {
      return readdirSync(path.join(this.folder, folder)).sort();
    } catch {
      return [];
    }
  }

  dispose(): void {
    for (const mark of this.#marks) mark.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
