import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { commandIds } from '../src/commands/commandIds';
import { modelCatalog } from '../src/dashscope/modelCatalog';
import { regions } from '../src/dashscope/regions';
import { type SettingKey, settingDefaults, settingSchemas } from '../src/settings/settingsSchema';

// package.json against the code, in both directions.

interface Choices {
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
}

interface Setting extends Choices {
  readonly default: unknown;
  readonly scope?: string;
  /** A choice and a text, where what is offered is not all that can be typed. */
  readonly anyOf?: readonly (Choices & { readonly type?: string })[];
  readonly properties?: Readonly<Record<string, object>>;
  readonly markdownEnumDescriptions?: readonly string[];
  readonly description?: string;
  readonly markdownDescription?: string;
}

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly l10n: string;
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category?: string;
      readonly enablement?: string;
    }[];
    readonly menus: Readonly<
      Record<
        string,
        readonly { readonly command?: string; readonly submenu?: string; readonly when?: string }[]
      >
    >;
    readonly keybindings?: readonly { readonly command: string; readonly when?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

function readJson<T>(path: string): T {
  // Our own files, of the shapes above; the tests fail where they are not.
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

const manifest = readJson<Manifest>('package.json');
const { commands, menus, keybindings = [], configuration } = manifest.contributes;
const settings = configuration.properties;
const english = readJson<Record<string, string>>('package.nls.json');
const chinese = readJson<Record<string, string>>('package.nls.zh-cn.json');
/** Of `easel.prices`, as package.json has it. */
const priceSchema = readJson<{
  readonly contributes: {
    readonly configuration: {
      readonly properties: {
        readonly 'easel.prices': {
          readonly additionalProperties: {
            readonly anyOf: readonly [{ readonly type: string }, { readonly properties: object }];
          };
        };
      };
    };
  };
}>('package.json').contributes.configuration.properties['easel.prices'];
const menuItems = [...Object.values(menus).flat(), ...keybindings];

function sorted(values: Iterable<string>): string[] {
  return [...values].sort();
}

/** What a setting lets one choose from; undefined where it is no choice. */
function offeredBy({ enum: own, anyOf = [] }: Setting): readonly string[] | undefined {
  return own ?? anyOf.find((each) => each.enum)?.enum;
}

/** The text behind a `%key%`. */
function titleOf(title: string, texts: Readonly<Record<string, string>>): string {
  return texts[title.replaceAll('%', '')] ?? '';
}

describe('the commands of the manifest', () => {
  const ids = commands.map(({ command }) => command);

  it('are those of the code', () => {
    assert.deepEqual(sorted(ids), sorted(commandIds));
  });

  it('have the category Easel and a title in title case', () => {
    const small = /^(?:a|an|and|as|by|for|from|in|into|of|on|or|the|to|with)$/;
    for (const { command, category, title } of commands) {
      assert.equal(category, 'Easel', command);
      assert.match(title, /^%.+%$/, command);
      const [first = '', ...others] = titleOf(title, english).split(' ');
      const isTitleCase =
        /^\p{Lu}/u.test(first) && others.every((word) => /^\p{Lu}/u.test(word) || small.test(word));
      assert.ok(isTitleCase, titleOf(title, english));
    }
  });

  it('are all that menus, keys and activation events name', () => {
    for (const item of menuItems) {
      // A menu in a menu has no command of its own.
      if ('submenu' in item) assert.ok(item.submenu && item.submenu in menus, item.submenu);
      else assert.ok(item.command && ids.includes(item.command), item.command);
    }
    for (const event of manifest.activationEvents) {
      const [kind, id = ''] = event.split(':');
      if (kind === 'onCommand') assert.ok(ids.includes(id), event);
    }
  });

  it('are called by their titles in the texts of the manifest', () => {
    for (const texts of [english, chinese]) {
      const titles = commands.map(({ title }) => `Easel: ${titleOf(title, texts)}`);
      for (const text of Object.values(texts)) {
        for (const [, name = ''] of text.matchAll(/\*\*(Easel: .+?)\*\*/g)) {
          assert.ok(titles.includes(name), name);
        }
      }
    }
  });
});

describe('the settings of the manifest', () => {
  it('are those of the code, with the same defaults', () => {
    const defaults = Object.entries(settings).map(([key, setting]) => [key, setting.default]);
    assert.deepEqual(Object.fromEntries(defaults), settingDefaults);
  });

  it('offer only values that the code takes, the default among them', () => {
    for (const [key, setting] of Object.entries(settings)) {
      // Every key is one of the code's: the test above.
      const schema = settingSchemas[key as SettingKey];
      const offered = offeredBy(setting);
      for (const value of [setting.default, ...(offered ?? [])]) {
        assert.ok(schema.safeParse(value).success, `${key}: ${value}`);
      }
      if (offered) {
        assert.ok(
          offered.some((value) => value === setting.default),
          key,
        );
      }
    }
    assert.ok(!settingSchemas['easel.region'].safeParse('eu-nowhere-1').success);
  });

  it('offer the models of the catalogue in its order', () => {
    const [listed] = settings['easel.model']?.anyOf ?? [];
    assert.deepEqual(
      listed?.enum,
      modelCatalog.map(({ id }) => id),
    );
    assert.deepEqual(
      listed?.enumDescriptions,
      modelCatalog.map(({ label }) => label),
    );
  });

  it('let a model be typed that is not in the catalogue', () => {
    const [, typed] = settings['easel.model']?.anyOf ?? [];
    assert.equal(typed?.type, 'string');
    assert.equal(typed?.enum, undefined);
    assert.ok(settingSchemas['easel.model'].safeParse('qwen-image-9').success);
  });

  it('offer the regions of the table in its order', () => {
    const region = settings['easel.region'];
    assert.deepEqual(
      region?.enum,
      regions.map(({ id }) => id),
    );
    assert.equal(region?.markdownEnumDescriptions?.length, regions.length);
    assert.deepEqual(
      Object.keys(settings['easel.workspaceIds']?.properties ?? {}),
      regions.map(({ id }) => id),
    );
  });

  it('describe a price of the user’s own as the code reads it', () => {
    const schema = settingSchemas['easel.prices'];
    const amounts = { image: 1, largeImage: 2, extendedImage: 3, inputImage: 0 };
    assert.ok(schema.safeParse({ a: 0.16, b: amounts }).success);
    for (const bad of [-1, '1', {}, { image: -1 }]) {
      assert.ok(!schema.safeParse({ a: bad }).success, JSON.stringify(bad));
    }
    const [number, object] = priceSchema.additionalProperties.anyOf;
    assert.equal(number.type, 'number');
    assert.deepEqual(Object.keys(object.properties), Object.keys(amounts));
  });

  it('are described', () => {
    for (const [key, { description, markdownDescription }] of Object.entries(settings)) {
      assert.match(description ?? markdownDescription ?? '', /^%.+%$/, key);
    }
  });

  it('let no workspace and no container move the key: where requests go is the user’s', () => {
    for (const name of ['region', 'workspaceIds', 'host', 'endpoint']) {
      assert.equal(settings[`easel.${name}`]?.scope, 'application', name);
    }
  });

  it('let no workspace say what things cost', () => {
    assert.equal(settings['easel.prices']?.scope, 'application');
  });

  it('are withheld from an untrusted workspace where it could set them', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    const settable = Object.entries(settings).filter(([, { scope }]) => scope !== 'application');
    assert.deepEqual(sorted(restrictedConfigurations), sorted(settable.map(([key]) => key)));
  });

  it('are all that conditions name', () => {
    const conditions = [
      ...menuItems.map(({ when }) => when),
      ...commands.map(({ enablement }) => enablement),
    ];
    for (const condition of conditions) {
      for (const [, key = ''] of condition?.matchAll(/\bconfig\.(easel\.[\w.]+)/g) ?? []) {
        assert.ok(key in settings, key);
      }
    }
  });
});

describe('the menus', () => {
  it('offer the image commands on the files that the commands take', () => {
    const isOffered = (when: string | undefined, extension: string): boolean => {
      const [, pattern = ''] = /resourceExtname =~ \/(.+)\/i$/.exec(when ?? '') ?? [];
      return new RegExp(pattern, 'i').test(extension);
    };
    const images = ['.png', '.JPG', '.jpeg', '.webp', '.bmp', '.gif', '.tif'];
    const others = ['.svg', '.md', '.pngx', ''];
    for (const menu of ['explorer/context', 'editor/title/context']) {
      const when = menus[menu]?.find(({ submenu }) => submenu === 'easel.image')?.when;
      for (const extension of images) assert.ok(isOffered(when, extension), `${menu} ${extension}`);
      for (const extension of others) assert.ok(!isOffered(when, extension));
    }
    const onRecipes = menus['easel.image']?.filter(({ when }) => when !== undefined) ?? [];
    assert.equal(onRecipes.length, 5);
    for (const { when } of onRecipes) {
      assert.deepEqual(
        images.filter((extension) => isOffered(when, extension)),
        ['.png', '.JPG', '.jpeg', '.webp'],
      );
    }
    const commandsOnImages = ['easel.editImage', 'easel.useAsReference'];
    const inPalette = menus.commandPalette?.filter(({ command }) =>
      commandsOnImages.some((id) => id === command),
    );
    assert.equal(inPalette?.length, 2);
    for (const { when } of inPalette ?? []) {
      assert.equal(when, "activeCustomEditorId == 'imagePreview.previewEditor'");
    }
  });
});

describe('the texts of the manifest', () => {
  it('exist in both languages, and all are used', () => {
    const used = readFileSync('package.json', 'utf8').matchAll(/"%([^%"]+)%"/g);
    const keys = sorted(new Set(Array.from(used, ([, key = '']) => key)));
    assert.deepEqual(sorted(Object.keys(english)), keys);
    assert.deepEqual(sorted(Object.keys(chinese)), keys);
  });
});

describe('the manifest', () => {
  it('names files that exist', () => {
    for (const path of [manifest.main, manifest.icon, manifest.l10n]) {
      assert.ok(existsSync(path), path);
    }
  });

  it('is typed for the oldest VS Code that it runs in', () => {
    assert.equal(`^${manifest.devDependencies['@types/vscode']}`, manifest.engines.vscode);
  });
});
