/** Scripts as a file: written here, read in another shop. */

import { api, ApiError } from "../../../app/api";

const FORMAT = "sonnim-scripts/1";
/** The server takes a hundred at a time, and a quarter of a megabyte. */
const MOST = 100;
const MOST_LETTERS = 60_000;

export interface Brought {
  added: number;
  changed: number;
  kept: number;
}

export async function exportScripts(base: string): Promise<Blob> {
  const { items } = await api.get<{ items: object[] }>(`${base}/canned-responses/export`);
  return new Blob([`${JSON.stringify({ format: FORMAT, scripts: items }, null, 2)}\n`], { type: "application/json" });
}

export function saveAs(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The scripts in a file, or null when it is none of ours. */
export function scriptsIn(text: string): object[] | null {
  try {
    const read = JSON.parse(text) as { format?: unknown; scripts?: unknown };
    const ours = read.format === FORMAT && Array.isArray(read.scripts) && read.scripts.every((each) => each && typeof each === "object");
    return ours ? (read.scripts as object[]) : null;
  } catch {
    return null;
  }
}

/** In parts that one request can carry. */
export function parted(scripts: readonly object[]): object[][] {
  const parts: object[][] = [];
  let letters = 0;
  for (const each of scripts) {
    const long = JSON.stringify(each).length;
    const last = parts.at(-1);
    if (!last || last.length >= MOST || letters + long > MOST_LETTERS) {
      parts.push([each]);
      letters = long;
    } else {
      last.push(each);
      letters += long;
    }
  }
  return parts;
}

/** Brings them in; which one was refused is named by its place in the file. */
export async function importScripts(base: string, scripts: readonly object[], replace: boolean): Promise<Brought> {
  const sum: Brought = { added: 0, changed: 0, kept: 0 };
  let before = 0;
  for (const part of parted(scripts)) {
    try {
      const brought = await api.post<Brought>(`${base}/canned-responses/import`, { scripts: part, replace });
      for (const name of ["added", "changed", "kept"] as const) sum[name] += brought[name];
    } catch (error) {
      throw new NotBrought(before + placeIn(error), error);
    }
    before += part.length;
  }
  return sum;
}

/** `place`: which script of the file could not be brought in, from 1; 0 where that is not known. */
export class NotBrought extends Error {
  constructor(
    readonly place: number,
    readonly reason: unknown,
  ) {
    super("not brought");
  }
}

function placeIn(error: unknown): number {
  const fields = error instanceof ApiError ? Object.keys(error.fields) : [];
  const place = fields.map((name) => /(?:^|\.)scripts\.(\d+)\./.exec(name)?.[1]).find((each) => each !== undefined);
  return place === undefined ? 0 : Number(place) + 1;
}
