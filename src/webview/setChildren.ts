interface Sibling<Child> {
  readonly nextElementSibling: Child | null;
  remove(): void;
}

/** As much of an element as is needed here, so that the order can be tested without a browser. */
interface Parent<Child> {
  readonly children: Iterable<Child>;
  readonly firstElementChild: Child | null;
  insertBefore(child: NoInfer<Child>, next: NoInfer<Child> | null): unknown;
}

/** Gives an element these children in this order; those that are in their place already are not touched. */
export function setChildren<Child extends Sibling<Child>>(
  parent: Parent<Child>,
  children: readonly Child[],
): void {
  for (const child of [...parent.children]) if (!children.includes(child)) child.remove();
  let next = parent.firstElementChild;
  for (const child of children) {
    if (child === next) next = child.nextElementSibling;
    else parent.insertBefore(child, next);
  }
}
