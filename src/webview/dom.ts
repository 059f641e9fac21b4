import { type IconName, icons } from './icons';

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
type Child = Node | string | undefined;

/** Makes an element; `true` is an attribute without a value, `false` and undefined leave the attribute out. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Sets or, for `false` and undefined, removes an attribute; one that is so already is left alone. */
export function setAttribute(
  element: Element,
  name: string,
  value: string | number | boolean | undefined,
): void {
  const text = value === true ? '' : String(value);
  if (value === undefined || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

/** Writes a text only when it is another one, so that live regions and selections are left alone. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** An icon of 16 pixels in the text's colour; it says nothing to a screen reader. */
export function icon(name: IconName, className = 'icon'): SVGSVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('class', className);
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', icons[name]);
  svg.append(path);
  return svg;
}

/** A button that is only an icon; the name is its tooltip too. */
export function iconButton(name: IconName, label: string, onClick: () => void): HTMLButtonElement {
  const button = h(
    'button',
    { type: 'button', class: 'icon-button', title: label, 'aria-label': label },
    icon(name),
  );
  button.addEventListener('click', onClick);
  return button;
}

/** A button with a text. The second click of a double click does nothing, as it may cost. */
export function textButton(
  label: string,
  kind: 'primary' | 'secondary',
  onClick: () => void,
): HTMLButtonElement {
  const button = h('button', { type: 'button', class: `button ${kind}` }, label);
  button.addEventListener('click', ({ detail }) => {
    if (detail < 2 && button.getAttribute('aria-disabled') !== 'true') onClick();
  });
  return button;
}

/** Stops a text button from doing anything, but leaves it the focus. */
export function setDisabled(button: HTMLButtonElement, isDisabled: boolean): void {
  setAttribute(button, 'aria-disabled', isDisabled && 'true');
}
