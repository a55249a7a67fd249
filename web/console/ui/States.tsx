/** Empty, failed and busy: each says what to do next. */

import { Button, Group, Skeleton, Stack, Text, ThemeIcon } from "@mantine/core";
import { IconCloudOff, IconRefresh } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useT } from "../app/i18n";

interface EmptyProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <Stack align="center" justify="center" gap="xs" p="xl" h="100%" ta="center" data-testid="empty">
      <ThemeIcon size={52} radius="xl" variant="light">
        {icon}
      </ThemeIcon>
      <Text fw={600}>{title}</Text>
      {children && (
        <Text c="dimmed" fz="sm" maw={340} style={{ textWrap: "balance" }}>
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}

export function Failed({ onRetry }: { onRetry: () => void }) {
  const t = useT();
  return (
    <Empty
      icon={<IconCloudOff size={26} stroke={1.6} />}
      title={t("failed.title")}
      action={
        <Button leftSection={<IconRefresh size={16} />} variant="light" onClick={onRetry} mt={4}>
          {t("common.retry")}
        </Button>
      }
    >
      {t("failed.text")}
    </Empty>
  );
}

export function RowSkeletons({ count = 7 }: { count?: number }) {
  return (
    <Stack gap={0} aria-hidden="true">
      {Array.from({ length: count }, (_, i) => (
        <Group key={i} wrap="nowrap" px="md" py="sm" h={84} align="flex-start">
          <Skeleton circle h={36} w={36} />
          <Stack gap={8} flex={1} pt={4}>
            <Skeleton h={11} w={`${45 + ((i * 17) % 35)}%`} />
            <Skeleton h={9} w={`${60 + ((i * 23) % 35)}%`} />
          </Stack>
        </Group>
      ))}
    </Stack>
  );
}
