/** The files that will go with the message being written. */

import { fileSize } from "../locale";
import type { Upload, Uploads } from "../uploads";
import { useScene } from "./context";
import { Icon } from "./icons";

function Item({ each, uploads }: { each: Upload; uploads: Uploads }) {
  const { t } = useScene();
  const { name } = each;
  return (
    <li class={`upload ${each.state}`} data-testid="upload" data-state={each.state}>
      <Icon name={each.state === "failed" ? "failed" : "file"} size={18} />
      <span class="file-name">
        <bdi>{name}</bdi>
        <small role="status">
          {each.state === "uploading" && t("file.uploading", { percent: Math.round(each.progress * 100) })}
          {each.state === "done" && fileSize(t.locale, each.size)}
          {each.state === "failed" && t("file.failed", { name })}
        </small>
        {each.state === "uploading" && <progress max={1} value={each.progress} aria-label={name} />}
      </span>
      {each.state === "failed" && (
        <button type="button" class="link" onClick={() => uploads.retry(each.key)}>
          {t("retry")}
        </button>
      )}
      <button
        type="button"
        class="round small"
        aria-label={t("file.remove", { name })}
        onClick={() => uploads.remove(each.key)}
      >
        <Icon name="cross" size={16} />
      </button>
    </li>
  );
}

export function Tray({ uploads }: { uploads: Uploads }) {
  if (!uploads.list.length) return null;
  return (
    <ul class="tray">
      {uploads.list.map((each) => (
        <Item key={each.key} each={each} uploads={uploads} />
      ))}
    </ul>
  );
}
