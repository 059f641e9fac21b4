import assert from 'node:assert/strict';
import { setChildren } from '../../../src/webview/setChildren';

/** As much of an element as `setChildren` needs; remembers which children were moved, added or removed. */
class FakeElement {
  children: FakeElement[] = [];
  readonly touched: string[] = [];
  parent: FakeElement | undefined;

  constructor(readonly name: string) {}

  get firstElementChild(): FakeElement | null {
    return this.children[0] ?? null;
  }

  get nextElementSibling(): FakeElement | null {
    const siblings = this.parent?.children ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }

  remove(): void {
    this.parent?.touched.push(this.name);
    if (this.parent) this.parent.children = this.parent.children.filter((child) => child !== this);
    this.parent = undefined;
  }

  insertBefore(child: FakeElement, next: FakeElement | null): void {
    this.touched.push(child.name);
    const others = this.children.filter((other) => other !== child);
    const at = next ? others.indexOf(next) : others.length;
    this.children = [...others.slice(0, at), child, ...others.slice(at)];
    child.parent = this;
  }
}

/** The names of the children after each step, and of those that the last step touched. */
function show(...steps: readonly string[]): { children: string; touched: string } {
  const all = new Map<string, FakeElement>();
  const element = (name: string): FakeElement => {
    const known = all.get(name) ?? new FakeElement(name);
    all.set(name, known);
    return known;
  };
  const parent = new FakeElement('parent');
  for (const step of steps) {
    parent.touched.length = 0;
    setChildren(parent, [...step].map(element));
  }
  const children = parent.children.map(({ name }) => name).join('');
  return { children, touched: parent.touched.join('') };
}

describe('the children of an element', () => {
  it('are put in the order given', () => {
    assert.equal(show('abc').children, 'abc');
    assert.equal(show('abc', 'cab').children, 'cab');
    assert.equal(show('abc', '').children, '');
  });

  it('are left alone when they are there already', () => {
    assert.deepEqual(show('abc', 'abc'), { children: 'abc', touched: '' });
  });

  it('make place for one that comes between them', () => {
    assert.deepEqual(show('02x', '012'), { children: '012', touched: 'x1' });
    assert.deepEqual(show('ab', 'nab'), { children: 'nab', touched: 'n' });
  });
});
