/** The element id of a finding's card, for links to it. */
export function anchorOf(finding: string): string {
  return `finding-${finding}`;
}

/** Whether a click on this leads to a finding's card. */
export function isFindingLink(target: EventTarget): boolean {
  return target instanceof Element && target.closest(`a[href^="#${anchorOf("")}"]`) !== null;
}
