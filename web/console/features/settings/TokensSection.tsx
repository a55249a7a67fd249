/** API tokens: made with their secret shown once, ended at once. */

import { ActionIcon, Alert, Box, Button, Code, Group, Paper, Stack, Text, TextInput} from "@mantine/core";
import { IconKey, IconTrash } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { api } from "../../app/api";
import { useNow } from "../../app/clock";
import { useDesk } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import type { Items, Token } from "../../app/types";
import { Confirm } from "../../ui/Confirm";
import { Copyable } from "../../ui/Copyable";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { attempt } from "../../ui/toast";
import { useResource } from "./resource";

export default function TokensSection() {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const tokens = useResource<Items<Token>>("/tokens");
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<Token | null>(null);
  const [ending, setEnding] = useState<Token | null>(null);
  if (tokens.failed) return <Failed onRetry={tokens.reload} />;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const done = await attempt(words, async () => setMade(await api.post<Token>(`${base}/tokens`, { name })));
    setBusy(false);
    if (!done) return;
    setName("");
    tokens.reload();
  };
  return (
    <Stack gap="lg">
      <form onSubmit={(event) => void submit(event)}>
        <Group align="flex-end">
          <TextInput
            label={t("tokens.name")}
            placeholder={t("tokens.namePlaceholder")}
            required
            withAsterisk={false}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            flex={1}
            maw={360}
            data-testid="token-name"
          />
          <Button type="submit" loading={busy} data-testid="token-make">
            {t("tokens.make")}
          </Button>
        </Group>
      </form>
      {made?.secret && (
        <Alert icon={<IconKey size={18} />} title={t("common.shownOnce")}>
          <Copyable value={made.secret} testid="token-secret" />
        </Alert>
      )}
      {!tokens.data ? (
        <RowSkeletons count={2} />
      ) : tokens.data.items.length ? (
        <Paper withBorder radius="lg">
          {tokens.data.items.map((token) => (
            <TokenRow key={token.id} token={token} onEnd={() => setEnding(token)} />
          ))}
        </Paper>
      ) : (
        <Empty icon={<IconKey size={26} stroke={1.6} />} title={t("tokens.none")} />
      )}
      {ending && (
        <Confirm
          title={t("tokens.endName", { name: ending.name })}
          text={t("tokens.endText")}
          action={t("tokens.end")}
          onConfirm={() => attempt(words, () => api.delete(`${base}/tokens/${ending.id}`)).then(tokens.reload)}
          onClose={() => setEnding(null)}
        />
      )}
    </Stack>
  );
}

function TokenRow({ token, onEnd }: { token: Token; onEnd: () => void }) {
  const { t } = useWords();
  const format = useFormat();
  const now = useNow(60);
  return (
    <Group px="md" py={10} gap="sm" data-testid="token">
      <Box flex={1} miw={140}>
        <Text fz="sm" fw={550}>
          {token.name}
        </Text>
        <Text fz="xs" c="dimmed">
          {token.last_used_at
            ? t("tokens.used", { time: format.relative(token.last_used_at, now) })
            : t("tokens.unused")}
        </Text>
      </Box>
      <Code>{token.prefix}…</Code>
      <ActionIcon aria-label={t("tokens.endName", { name: token.name })} onClick={onEnd}>
        <IconTrash size={17} />
      </ActionIcon>
    </Group>
  );
}
