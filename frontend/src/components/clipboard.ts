export interface Rich {
  html: string;
  text: string;
}

/** The clipboard API exists in secure contexts only; a page on a LAN address copies the old way. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByCommand({ "text/plain": text });
  }
}

/** Both forms of one text: what it is pasted into takes the one that it can show. */
export async function copyRich({ html, text }: Rich): Promise<boolean> {
  const forms = { "text/html": html, "text/plain": text };
  try {
    const blobs = Object.entries(forms).map(([type, form]) => [type, new Blob([form], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    return true;
  } catch {
    return copyByCommand(forms);
  }
}

/** The browser asks what to copy; without a selection some would not ask. */
function copyByCommand(forms: Record<string, string>): boolean {
  const area = document.createElement("textarea");
  area.value = forms["text/plain"] ?? "";
  document.body.append(area);
  area.select();
  const onCopy = (event: ClipboardEvent): void => {
    for (const [type, form] of Object.entries(forms)) event.clipboardData?.setData(type, form);
    event.preventDefault();
  };
  document.addEventListener("copy", onCopy);
  const copied = document.execCommand("copy");
  document.removeEventListener("copy", onCopy);
  area.remove();
  return copied;
}
