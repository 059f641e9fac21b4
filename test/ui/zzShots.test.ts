import { galleryPages, type GalleryPage } from './galleryHarness';
import type { StudioPage } from './pageHarness';
const light = `:root{--vscode-foreground:#3b3b3b;--vscode-descriptionForeground:#6f6f6f;--vscode-icon-foreground:#3b3b3b;--vscode-focusBorder:#005fb8;--vscode-editor-background:#ffffff;--vscode-editorWidget-background:#f8f8f8;--vscode-input-background:#ffffff;--vscode-input-foreground:#3b3b3b;--vscode-input-border:#cecece;--vscode-dropdown-background:#fff;--vscode-dropdown-foreground:#3b3b3b;--vscode-dropdown-border:#cecece;--vscode-panel-border:#e5e5e5;--vscode-button-background:#005fb8;--vscode-button-secondaryForeground:#3b3b3b;--vscode-button-secondaryBorder:#cecece;--vscode-textLink-foreground:#005fb8;--vscode-toolbar-hoverBackground:#b8b8b850;--vscode-disabledForeground:#61616180;--vscode-inputOption-activeBackground:#bed6ed;--vscode-inputOption-activeForeground:#000}`;
const dark = ':root{--vscode-panel-border:#2b2b2b;--vscode-toolbar-hoverBackground:#5a5d5e50;--vscode-button-secondaryBorder:#3c3c3c;--vscode-input-border:#3c3c3c;--vscode-dropdown-border:#3c3c3c}';
function svg(n: number, small: boolean): string {
  const [w, h] = [[1664, 928], [1328, 1328], [928, 1664]][n % 3] as [number, number];
  const s = small ? 0.2 : 1;
  const hue = (n * 47) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w * s}" height="${h * s}" viewBox="0 0 ${w} ${h}" preserveAspectRatio="none"><defs><linearGradient id="g" x2="0" y2="1"><stop offset="0" stop-color="hsl(${hue} 55% 72%)"/><stop offset="1" stop-color="hsl(${(hue + 50) % 360} 45% 40%)"/></linearGradient></defs><rect width="${w}" height="${h}" fill="url(#g)"/><circle cx="${w * (0.2 + (n % 5) * 0.14)}" cy="${h * 0.3}" r="${w * 0.09}" fill="hsl(${hue} 80% 88%)"/><path d="M0 ${h * 0.7} Q${w * 0.3} ${h * (0.4 + (n % 4) * 0.06)} ${w * 0.55} ${h * 0.72} T${w} ${h * 0.6} V${h} H0z" fill="hsl(${(hue + 80) % 360} 40% 28%)"/><path d="M0 ${h * 0.85} Q${w * 0.5} ${h * 0.65} ${w} ${h * 0.9} V${h} H0z" fill="hsl(${(hue + 100) % 360} 45% 18%)"/></svg>`;
}
const pictures = async (studio: StudioPage) => {
  await studio.page.route('**/images/**', (route) => {
    const m = /(small-)?(\d+)\.png/.exec(route.request().url());
    return route.fulfill({ contentType: 'image/svg+xml', body: svg(Number(m?.[2] ?? 0), Boolean(m?.[1])) });
  });
};
const settle = async (gallery: GalleryPage) => {
  await gallery.page.waitForTimeout(400);
};
describe('zz shots', () => {
  const open = galleryPages();
  const shot = (gallery: GalleryPage, name: string) => gallery.page.screenshot({ path: `/tmp/w/shots-gallery/${name}.png` });
  for (const [theme, css] of [['dark', dark], ['light', light]] as const) {
    it(theme, async () => {
      for (const width of [300, 760, 1200]) {
        const gallery = await open({ width, height: 760, count: 10_000, css, prepare: pictures });
        await settle(gallery);
        await shot(gallery, `${theme}-${width}-grid`);
        await gallery.cell(1).click();
        await gallery.cell(3).click({ modifiers: ['Control'] });
        await gallery.cell(4).click({ modifiers: ['Control'] });
        await settle(gallery);
        await shot(gallery, `${theme}-${width}-selected`);
        await gallery.page.keyboard.press('Escape');
        await gallery.page.keyboard.press('Home');
        await gallery.page.keyboard.press('ArrowRight');
        await gallery.page.keyboard.press('Enter');
        await settle(gallery);
        await shot(gallery, `${theme}-${width}-details`);
        await gallery.page.keyboard.press('Escape');
        await gallery.search.fill('zeppelin');
        await settle(gallery);
        await gallery.page.waitForTimeout(300);
        await shot(gallery, `${theme}-${width}-nomatch`);
      }
      const gallery = await open({ width: 500, height: 500, count: 0, css });
      await settle(gallery);
      await shot(gallery, `${theme}-empty`);
    });
  }
});
