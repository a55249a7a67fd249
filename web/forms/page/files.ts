/** The files that were chosen, one below the other, each to be taken out again. */

export function chosen(input: HTMLInputElement, remove: string): void {
  const list = document.createElement("ul");
  list.className = "files";
  input.after(list);
  let kept: File[] = [...(input.files ?? [])];
  const draw = () => {
    list.replaceChildren(
      ...kept.map((file) => {
        const line = document.createElement("li");
        const name = document.createElement("span");
        name.textContent = `${file.name} · ${size(file.size)}`;
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = remove;
        button.setAttribute("aria-label", `${remove}: ${file.name}`);
        button.onclick = () => {
          keep(kept.filter((each) => each !== file));
          input.focus();
        };
        line.append(name, button);
        return line;
      }),
    );
  };
  const keep = (files: File[]) => {
    const all = new DataTransfer();
    for (const file of files) all.items.add(file);
    input.files = all.files;
    kept = files;
    draw();
  };
  input.addEventListener("change", () => {
    const added = [...(input.files ?? [])].filter((file) => !kept.some((each) => each.name === file.name && each.size === file.size));
    keep(input.multiple ? [...kept, ...added] : added);
  });
  draw();
}

export function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
