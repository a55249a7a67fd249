/** Why an answer cannot leave; empty when it can. */

import type { Words, Key } from "../../app/i18n";

interface Obstacles {
  blocked: boolean;
  forbidden: boolean;
  /** How many characters there is room for. */
  left: number;
  uploading: boolean;
  gap: string | null;
  /** What is wrong with whom it goes to. */
  fault: Key | "";
}

export function obstacle(t: Words["t"], { blocked, forbidden, left, uploading, gap, fault }: Obstacles): string {
  if (blocked) return t("composer.blocked");
  if (forbidden) return t("composer.forbidden");
  if (left < 0) return t("composer.tooLong", { count: -left });
  if (uploading) return t("composer.uploading");
  if (gap) return t("composer.gap", { gap });
  return fault && t(fault);
}
