/** The form as its page will be; nothing in it runs, and nothing can be sent. */

import { Box, Paper, Text, Title } from "@mantine/core";
import type { Locale } from "@sonnim/protocol";
import { useEffect, useState } from "react";
import { api } from "../../../app/api";
import { useDesk } from "../../../app/desk/context";
import { useT } from "../../../app/i18n";
import type { Field, Texts } from "./form";

const PAUSE = 350;

export function FormPreview({ texts, fields, locale }: { texts: Texts; fields: Field[]; locale: Locale }) {
  const t = useT();
  const { base } = useDesk();
  const [page, setPage] = useState("");
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      api.post<{ html: string }>(`${base}/forms/preview`, { texts, fields, locale }).then(
        ({ html }) => {
          if (!wanted) return;
          setPage(html);
          setRefused(false);
        },
        // What cannot be shown cannot be saved either; saving says why.
        () => wanted && setRefused(true),
      );
    }, PAUSE);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [base, texts, fields, locale]);
  return (
    <Box pos={{ lg: "sticky" }} top={0} miw={0} style={{ alignSelf: "start" }}>
      <Title order={2} fz="md" mb={8}>
        {t("forms.preview")}
      </Title>
      <Paper withBorder radius="lg" style={{ overflow: "hidden" }}>
        {refused || !page ? (
          <Text fz="sm" c="dimmed" p="lg" data-testid="preview-empty">
            {t("forms.previewNone")}
          </Text>
        ) : (
          <iframe
            srcDoc={page}
            sandbox=""
            title={t("forms.preview")}
            style={{ display: "block", width: "100%", height: "min(70vh, 760px)", border: 0 }}
            data-testid="form-preview"
          />
        )}
      </Paper>
    </Box>
  );
}
