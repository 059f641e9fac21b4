import { appendFileSync } from 'node:fs';

/** What came of one fault, as the table shows it. */
export interface FaultRow {
  readonly fault: string;
  readonly phase: string;
  readonly mode: string;
  /** Before and after the person's free choices. */
  readonly outcome: string;
  /** Images that the service has billed. */
  readonly billed: number;
  /** Images in the folder, or kept in Easel's own storage. */
  readonly saved: number;
  /** Billed and not saved, but to be had for nothing, or said to be perhaps billed. */
  readonly offered: number;
  /** Billed and gone, and said so: the link had expired, for example. */
  readonly lost: number;
  readonly submits: number;
  /** Requests carried out beyond the first. */
  readonly duplicates: number;
}

/** Adds a row to the file that the launcher prints at the end. */
export function noteRow(row: FaultRow): void {
  const file = process.env.EASEL_FAULT_ROWS;
  if (file) appendFileSync(file, `${JSON.stringify(row)}\n`);
}

const columns: readonly (readonly [keyof FaultRow, title: string])[] = [
  ['fault', 'fault'],
  ['phase', 'phase'],
  ['mode', 'mode'],
  ['outcome', 'outcome'],
  ['billed', 'billed'],
  ['saved', 'saved'],
  ['offered', 'offered'],
  ['lost', 'lost, told'],
  ['submits', 'submits'],
  ['duplicates', 'duplicates'],
];

/** The rows as text, with their sums. */
export function formatTable(rows: readonly FaultRow[]): string {
  const sum = (name: 'billed' | 'saved' | 'offered' | 'lost' | 'submits' | 'duplicates') =>
    rows.reduce((total, row) => total + row[name], 0);
  const numbers = ['billed', 'saved', 'offered', 'lost', 'submits', 'duplicates'] as const;
  const totals = Object.fromEntries(numbers.map((name) => [name, `${sum(name)}`]));
  const last: Readonly<Record<string, string>> = { fault: `${rows.length} rows`, ...totals };
  const lines = [
    columns.map(([, title]) => title),
    ...rows.map((row) => columns.map(([name]) => `${row[name]}`)),
    columns.map(([name]) => last[name] ?? ''),
  ];
  const widths = columns.map((_, index) =>
    Math.max(...lines.map((cells) => cells[index]?.length ?? 0)),
  );
  return lines
    .map((cells) =>
      cells
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
