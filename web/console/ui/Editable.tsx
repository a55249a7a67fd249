/** A value that is edited in place: Enter or leaving saves, Escape takes back. */

import { Box, Text, Textarea, TextInput, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useState, type KeyboardEvent } from "react";
import { useT } from "../app/i18n";

interface Props {
  label: string;
  value: string;
  placeholder: string;
  type?: "text" | "email" | "tel";
  multiline?: boolean;
  disabled?: boolean;
  testid?: string;
  onSave: (value: string) => void;
}

export function Editable({ label, value, placeholder, type = "text", multiline = false, disabled = false, testid, onSave }: Props) {
  const t = useT();
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null) {
    const shown = (
      <Text fz="sm" c={value ? undefined : "dimmed"} style={{ whiteSpace: multiline ? "pre-wrap" : undefined }} dir="auto">
        {value || placeholder}
      </Text>
    );
    if (disabled) return <Box py={4}>{shown}</Box>;
    return (
      <UnstyledButton
        w="100%"
        px={6}
        py={4}
        mx={-6}
        bdrs="sm"
        mih={multiline ? 60 : undefined}
        bg={multiline ? "var(--sonnim-sunken)" : undefined}
        style={{ display: "block", textAlign: "start" }}
        onClick={() => setDraft(value)}
        data-testid={testid}
      >
        <VisuallyHidden>{t("common.edit", { what: label })}: </VisuallyHidden>
        {shown}
      </UnstyledButton>
    );
  }
  const save = () => {
    setDraft(null);
    if (draft.trim() !== value) onSave(draft.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Both keys belong to the input method while letters are being put together (229: Safari's Enter that ends it).
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") setDraft(null);
    const ends = event.key === "Enter" && (!multiline || event.metaKey || event.ctrlKey);
    if (ends) save();
  };
  const common = { value: draft, "aria-label": label, autoFocus: true, onBlur: save, onKeyDown, size: "sm" as const };
  return multiline ? (
    <Textarea
      {...common}
      autosize
      minRows={3}
      maxRows={12}
      onChange={(event) => setDraft(event.currentTarget.value)}
      data-testid={testid && `${testid}-input`}
    />
  ) : (
    <TextInput
      {...common}
      type={type}
      onChange={(event) => setDraft(event.currentTarget.value)}
      data-testid={testid && `${testid}-input`}
    />
  );
}
