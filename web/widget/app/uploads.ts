/** Files on their way into a message: limits told before a byte is sent, progress, retry. */

import type { Attachment } from "@sonnim/protocol";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Desk } from "./desk";
import { fileSize } from "./locale";
import type { Words } from "./locale";

export interface Upload {
  key: number;
  name: string;
  size: number;
  state: "uploading" | "done" | "failed";
  progress: number;
  file: File | null;
  attachment: Attachment | null;
  cancel: () => void;
}

export interface Limits {
  file_bytes: number;
  files: number;
}

/** Splits what was chosen into what may go and what must be told. */
export function admit(t: Words, chosen: File[], already: number, limits: Limits): { files: File[]; told: string[] } {
  const told: string[] = [];
  const fitting = chosen.filter((file) => {
    const { name } = file;
    if (file.size > limits.file_bytes) told.push(t("file.big", { name, size: fileSize(t.locale, limits.file_bytes) }));
    else if (!file.size) told.push(t("file.empty", { name }));
    else return true;
    return false;
  });
  const room = Math.max(0, limits.files - already);
  if (fitting.length > room) told.push(t("file.many", { files: limits.files }));
  return { files: fitting.slice(0, room), told };
}

let counter = 0;
const nothing = (): void => undefined;

export interface Uploads {
  list: Upload[];
  /** What could not be taken of the files last handed over. */
  told: string[];
  take(t: Words, chosen: Iterable<File>, limits: Limits): void;
  retry(key: number): void;
  remove(key: number): void;
  /** Those that went with a message leave; one that failed stays to be tried again. */
  sent(): void;
}

export function useUploads(desk: Desk, kept: Attachment[]): Uploads {
  const [list, setList] = useState<Upload[]>(() =>
    kept.map((attachment) => ({
      key: ++counter,
      name: attachment.name,
      size: attachment.size,
      state: "done",
      progress: 1,
      file: null,
      attachment,
      cancel: nothing,
    })),
  );
  const [told, setTold] = useState<string[]>([]);
  const current = useRef(list);
  current.current = list;
  useEffect(() => () => current.current.forEach((each) => each.cancel()), []);

  const change = (key: number, part: Partial<Upload>): void =>
    setList((all) => all.map((each) => (each.key === key ? { ...each, ...part } : each)));

  const begin = (key: number, file: File): (() => void) => {
    const { done, cancel } = desk.upload(file, (progress) => change(key, { progress }));
    done.then(
      (attachment) => change(key, { state: "done", progress: 1, attachment }),
      () => change(key, { state: "failed" }),
    );
    return cancel;
  };

  return {
    list,
    told,
    take(t, chosen, limits) {
      const admitted = admit(t, [...chosen], list.length, limits);
      setTold(admitted.told);
      const added = admitted.files.map((file): Upload => {
        const key = ++counter;
        const { name, size } = file;
        return { key, name, size, state: "uploading", progress: 0, file, attachment: null, cancel: begin(key, file) };
      });
      setList((all) => [...all, ...added]);
    },
    retry(key) {
      const file = list.find((each) => each.key === key)?.file;
      if (file) change(key, { state: "uploading", progress: 0, cancel: begin(key, file) });
    },
    remove(key) {
      list.find((each) => each.key === key)?.cancel();
      setList((all) => all.filter((each) => each.key !== key));
    },
    sent() {
      setTold([]);
      setList((all) => all.filter((each) => each.state !== "done"));
    },
  };
}
