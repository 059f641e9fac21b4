import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

// The rules of the house, on the text of the sources.

const core = [
  'util',
  'imageModel',
  'generation',
  'journal',
  'recipe',
  'cost',
  'history',
  'placeholder',
];

/** What each folder of src may import of ours; a folder that is not here has no place in the house yet. */
const allowedImports: Readonly<Record<string, readonly string[]>> = {
  util: [],
  imageModel: ['util'],
  dashscope: ['imageModel', 'util'],
  generation: ['imageModel', 'util'],
  journal: ['generation', 'imageModel', 'util'],
  recipe: ['imageModel', 'util'],
  cost: ['imageModel', 'util'],
  history: ['generation', 'imageModel', 'journal', 'cost', 'util'],
  placeholder: ['imageModel', 'recipe', 'util'],
  shared: ['imageModel'],
  webview: ['shared', 'imageModel'],
  settings: core,
  workspace: [...core, 'settings'],
  documents: [...core, 'settings', 'workspace'],
  ui: [...core, 'settings', 'workspace', 'documents'],
  panel: [...core, 'settings', 'workspace', 'documents', 'ui', 'shared'],
  agent: [...core, 'settings', 'workspace', 'documents', 'ui'],
  commands: [...core, 'settings', 'workspace', 'documents', 'ui', 'shared', 'panel'],
};

/** These run without VS Code; not even its types are known there. */
const withoutVsCode = new Set([...core, 'dashscope', 'shared', 'webview']);

/** Packages by folder; Node's own modules are for all but the page and what the page shares. */
const allowedPackages: Readonly<Record<string, readonly string[]>> = {
  util: ['image-size'],
  // Only in the schemas, which the page does not import.
  imageModel: ['zod'],
  dashscope: ['zod', 'eventsource-parser'],
  journal: ['zod'],
  recipe: ['zod'],
  history: ['zod'],
  shared: ['zod'],
  settings: ['zod'],
  workspace: ['zod', 'picomatch'],
  panel: ['zod'],
  commands: ['zod'],
  agent: ['zod'],
};
const withoutNode = new Set(['webview', 'shared', 'imageModel']);

interface SourceImport {
  readonly specifier: string;
  /** `import type`, which is gone at run time. */
  readonly isType: boolean;
}

interface SourceFile {
  /** With slashes, from the project's folder. */
  readonly path: string;
  /** The folder in src; empty for the composition root. */
  readonly folder: string;
  readonly text: string;
  readonly imports: readonly SourceImport[];
}

function readFiles(root: string, pattern: RegExp): SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => `${root}/${name.replaceAll('\\', '/')}`)
    .filter((path) => pattern.test(path))
    .map((path) => {
      const text = readFileSync(path, 'utf8');
      const folder = path.split('/').slice(1, -1)[0] ?? '';
      return { path, folder, text, imports: importsOf(text) };
    });
}

function importsOf(text: string): SourceImport[] {
  const statements = text.matchAll(
    /^(?:import|export)\b(\s+type\b)?[^'";]*?\bfrom\s+['"](.+?)['"]|^import\s+['"](.+?)['"]|\bimport\(\s*['"](.+?)['"]/gm,
  );
  return Array.from(statements, ([, type, from, plain, dynamic]) => ({
    specifier: from ?? plain ?? dynamic ?? '',
    isType: type !== undefined,
  }));
}

/** The path of one of our own files that an import means; undefined for a package. */
function target(file: SourceFile, { specifier }: SourceImport): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return `${posix.join(posix.dirname(file.path), specifier)}.ts`;
}

const sources = readFiles('src', /\.ts$/);
const tests = readFiles('test', /\.ts$/);

/** Fails with every offence at once, one a line. */
function assertNone(offences: readonly string[]): void {
  assert.deepEqual(offences, []);
}

describe('the sources', () => {
  it('are found, with their imports', () => {
    assert.ok(sources.length > 20);
    const root = sources.find(({ path }) => path === 'src/extension.ts');
    assert.ok(root && root.imports.length > 5);
    const paths = new Set(sources.map(({ path }) => path));
    assertNone(
      sources.flatMap((file) =>
        file.imports.flatMap((sourceImport) => {
          const path = target(file, sourceImport);
          return path && !paths.has(path) ? [`${file.path}: no file ${path}`] : [];
        }),
      ),
    );
  });

  it('import one way', () => {
    assertNone(
      sources
        .filter(({ folder }) => folder !== '')
        .flatMap((file) => {
          const allowed = allowedImports[file.folder];
          if (!allowed) return [`${file.path}: a folder without a rule`];
          return file.imports.flatMap((sourceImport) => {
            const path = target(file, sourceImport);
            const folder = path?.split('/')[1];
            const isAllowed = !folder || folder === file.folder || allowed.includes(folder);
            return isAllowed ? [] : [`${file.path} → ${path}`];
          });
        }),
    );
  });

  it('import vscode, packages and Node only where they may', () => {
    assertNone(
      sources
        .filter(({ folder }) => folder !== '')
        .flatMap((file) =>
          file.imports
            .filter(({ specifier }) => !specifier.startsWith('.'))
            .filter(({ specifier }) => {
              if (specifier === 'vscode') return withoutVsCode.has(file.folder);
              if (specifier.startsWith('node:')) return withoutNode.has(file.folder);
              const name = specifier.split('/')[0] ?? '';
              return !allowedPackages[file.folder]?.includes(name);
            })
            .map(({ specifier }) => `${file.path} → ${specifier}`),
        ),
    );
  });

  it('have no import cycles at run time', () => {
    const edges = new Map(
      sources.map((file) => [
        file.path,
        file.imports.flatMap((each) => (each.isType ? [] : (target(file, each) ?? []))),
      ]),
    );
    const done = new Set<string>();
    const findCycle = (path: string, trail: readonly string[]): string[] => {
      if (trail.includes(path)) return [[...trail.slice(trail.indexOf(path)), path].join(' → ')];
      if (done.has(path)) return [];
      const found = (edges.get(path) ?? []).flatMap((next) => findCycle(next, [...trail, path]));
      done.add(path);
      return found;
    };
    assertNone(sources.flatMap(({ path }) => findCycle(path, [])));
  });

  it('name models only in the catalogue, in the price list and in the default of the setting', () => {
    const allowed = [
      'src/dashscope/modelCatalog.ts',
      'src/dashscope/prices.ts',
      'src/settings/settingsSchema.ts',
    ];
    assertNone(
      sources
        .filter(({ path }) => !allowed.includes(path))
        .flatMap(({ path, text }) =>
          [...text.matchAll(/(['"`])(?:qwen-image|wan)[a-z\d.-]*\1/g)].map(
            ([id]) => `${path}: ${id}`,
          ),
        ),
    );
  });

  it('have named exports only, and no file that only passes others on', () => {
    assertNone(
      sources.flatMap(({ path, text }) => [
        ...(/^export default\b/m.test(text) ? [`${path}: default export`] : []),
        ...(/^export\s+(?:type\s+)?(?:\*|\{[^}]*\}\s+from)/m.test(text)
          ? [`${path}: re-export`]
          : []),
        ...(path.endsWith('/index.ts') ? [`${path}: barrel`] : []),
      ]),
    );
  });

  it('are named for what they hold', () => {
    assertNone(
      sources
        .map(({ path }) => posix.basename(path))
        .filter(
          (name) =>
            !/^[a-z][a-zA-Z\d]*\.ts$/.test(name) || /(?:manager|helpers?|utils?)\.ts$/i.test(name),
        ),
    );
  });
});

describe('every file', () => {
  const limit = ({ path, folder }: SourceFile): number => {
    if (path.startsWith('src/') && folder === '') return 100;
    return path.startsWith('test/') || folder === 'webview' ? 400 : 300;
  };

  it('is short enough to be read in one go', () => {
    assertNone(
      [...sources, ...tests]
        .map((file) => ({ file, lines: file.text.trimEnd().split('\n').length }))
        .filter(({ file, lines }) => lines > limit(file))
        .map(({ file, lines }) => `${file.path}: ${lines} lines, at most ${limit(file)}`),
    );
  });
});
