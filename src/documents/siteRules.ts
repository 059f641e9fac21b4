// What builds a web site is known by the files in its project's folder, and serves some folder's files from the root.

/** Names in a folder, as a file system lists them. */
export interface FolderNames {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

/** A tool that builds sites. */
interface SiteRule {
  readonly tool: string;
  readonly marks: (names: FolderNames) => boolean;
  /** Relative to the project's folder; the first that is there, else the first. None: links stay relative. */
  readonly roots: readonly string[];
  /** Whether a README is a page like the others. */
  readonly hasReadmePages?: true;
}

/** The more particular ones first: SvelteKit and VitePress have Vite's file too. */
const siteRules: readonly SiteRule[] = [
  { tool: 'VitePress', marks: folder('.vitepress'), roots: ['public'] },
  {
    tool: 'VuePress',
    marks: folder('.vuepress'),
    roots: ['.vuepress/public'],
    hasReadmePages: true,
  },
  { tool: 'Docusaurus', marks: config('docusaurus.config'), roots: ['static'] },
  { tool: 'Astro', marks: config('astro.config'), roots: ['public'] },
  { tool: 'Next.js', marks: config('next.config'), roots: ['public'] },
  { tool: 'Nuxt', marks: config('nuxt.config'), roots: ['public', 'static'] },
  { tool: 'SvelteKit', marks: config('svelte.config'), roots: ['static'] },
  { tool: 'Gatsby', marks: config('gatsby-config'), roots: ['static'] },
  { tool: 'Hugo', marks: isHugo, roots: ['static'] },
  {
    tool: 'Jekyll',
    marks: ({ files }) => hasAny(files, ['_config.yml', '_config.yaml']),
    roots: [''],
  },
  { tool: 'Vite', marks: config('vite.config'), roots: ['public'] },
  // These two resolve relative paths by themselves, and an absolute one is none of theirs.
  { tool: 'MkDocs', marks: ({ files }) => hasAny(files, ['mkdocs.yml', 'mkdocs.yaml']), roots: [] },
  { tool: 'Sphinx', marks: ({ files }) => files.has('conf.py'), roots: [] },
];

/** What a project serves from the root of its site; `root` is relative to its folder, and undefined where nothing is. */
export interface FoundSite {
  readonly root: string | undefined;
  readonly hasReadmePages: boolean;
}

/** The site that a folder is the project of; undefined where it is none. */
export function siteIn(names: FolderNames): FoundSite | undefined {
  const rule = siteRules.find(({ marks }) => marks(names));
  if (!rule) return undefined;
  const root = rule.roots.find((path) => names.folders.has(path)) ?? rule.roots[0];
  return { root, hasReadmePages: rule.hasReadmePages ?? false };
}

/** Those that are shown where the code is, beside the site, where a path from the site's root leads nowhere. */
export function isProjectPage(fileName: string): boolean {
  return /^(?:readme|changelog|contributing|security|code_of_conduct|license)\b/i.test(fileName);
}

function folder(name: string): SiteRule['marks'] {
  return ({ folders }) => folders.has(name);
}

/** `next.config.js` and its relatives. */
function config(name: string): SiteRule['marks'] {
  return ({ files }) =>
    hasAny(
      files,
      ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((end) => `${name}.${end}`),
    );
}

function isHugo({ files, folders }: FolderNames): boolean {
  if (hasAny(files, ['hugo.toml', 'hugo.yaml', 'hugo.yml', 'hugo.json'])) return true;
  // Before 0.110 its configuration had a name that says nothing.
  const hasConfig = files.has('config.toml') || folders.has('config');
  return (
    hasConfig &&
    folders.has('static') &&
    (folders.has('content') || folders.has('layouts') || folders.has('archetypes'))
  );
}

function hasAny(names: ReadonlySet<string>, wanted: readonly string[]): boolean {
  return wanted.some((name) => names.has(name));
}
