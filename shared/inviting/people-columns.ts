import { appNameOf } from '../deployment/apps.ts';
import { labelField, noteField } from '../invites/fields.ts';
import { inviteLimits } from '../invites/limits.ts';
import { locales, type Locale } from '../locale.ts';
import { distance, nearest } from '../errors/nearest.ts';
import { roles, type Role } from '../users/user.ts';
import type { TableMistakeName } from './table-texts.ts';

/** What a line of a table may say about an invite. */
export interface Wish {
  role?: Role;
  note?: string;
  label?: string;
  app?: string;
  locale?: Locale;
  /** null: without an end. */
  expiresInDays?: number | null;
}

/** `7` or `never`; spreadsheets make `7.0` and `Never` of them. */
export function readDays(text: string): { expiresInDays: number | null } | undefined {
  if (/^never$/i.test(text)) return { expiresInDays: null };
  const [, digits] = /^(\d+)(?:[.,]0*)?$/.exec(text) ?? [];
  const days = Number(digits);
  return days >= 1 && days <= inviteLimits.expiresInDays.max ? { expiresInDays: days } : undefined;
}

const languages: Readonly<Record<string, Locale>> = {
  japanese: 'ja',
  日本語: 'ja',
  chinese: 'zh',
  中文: 'zh',
  english: 'en',
};

/** `ja`, `JA`, `ja-JP`, `Japanese` */
function readLocale(cell: string): Locale | undefined {
  const word = cell.toLowerCase();
  return locales.find((one) => RegExp(`^${one}([-_]|$)`).test(word)) ?? languages[word];
}

/** A mistake in a cell. */
export interface CellMistake {
  name: TableMistakeName;
  values: Readonly<Record<string, string | number>>;
}

interface Column {
  /** Other names of the column, as `plainName` writes them. */
  aliases: string;
  /** The wish of a cell, or its mistake. */
  read(cell: string): Wish | CellMistake;
}

const columns = {
  email: {
    aliases:
      'mail emailaddress mailaddress メール メールアドレス eメール 電子メール 邮箱 邮箱地址 电子邮箱 邮件 邮件地址 电子邮件 电子邮件地址',
    read: () => ({}),
  },
  role: {
    aliases: '役割 ロール 角色',
    read(cell) {
      const role = roles.find((one) => one === cell.toLowerCase());
      return role ? { role } : { name: 'wrongRole', values: { choices: roles.join(', '), cell } };
    },
  },
  note: {
    aliases: 'notes comment comments remark remarks memo 備考 メモ 备注',
    read(cell) {
      const note = cell.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ');
      return noteField.safeParse(note).success
        ? { note }
        : { name: 'longNote', values: inviteLimits.noteLength };
    },
  },
  label: {
    aliases: 'labels tag tags ラベル タグ 标签',
    read(cell) {
      const { data: label } = labelField.safeParse(cell);
      return label === undefined
        ? { name: 'wrongLabel', values: { ...inviteLimits.labelLength, cell } }
        : { label };
    },
  },
  app: {
    aliases: 'application アプリ アプリケーション 应用 应用程序',
    read(cell) {
      const app = appNameOf(cell);
      return app === undefined ? { name: 'wrongApp', values: { cell } } : { app };
    },
  },
  locale: {
    aliases: 'language lang 言語 语言',
    read(cell) {
      const locale = readLocale(cell);
      return locale ? { locale } : { name: 'wrongLocale', values: { choices: locales.join(', '), cell } };
    },
  },
  days: {
    aliases: 'expiresindays 日数 有効日数 天数 有效天数',
    read: (cell) =>
      readDays(cell) ?? { name: 'wrongDays', values: { max: inviteLimits.expiresInDays.max, cell } },
  },
} satisfies Record<string, Column>;

export type ColumnName = keyof typeof columns;
export const columnNames = Object.keys(columns) as ColumnName[];

/** A name without what people write differently: case, width, blanks, hyphens, an asterisk or a colon. */
const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_*:-]+/g, '');

const byName = new Map(
  columnNames.flatMap((name) =>
    [name, ...columns[name].aliases.split(' ')].map((one) => [one, name] as const),
  ),
);

/** The column that a cell of the head names. */
export const columnOf = (cell: string): ColumnName | undefined => byName.get(plainName(cell));

/**
 * The column that each cell of the head names. If none is `email` and exactly one cell mentions mail, such as `E-mail 1 - Value`, that
 * cell is `email`.
 */
export function columnsOf(cells: readonly string[]): (ColumnName | undefined)[] {
  const columns = cells.map(columnOf);
  const mails = [...cells.keys()].filter(
    (at) => !columns[at] && /mail|メール|邮箱|邮件/i.test(cells[at]!.normalize('NFKC')),
  );
  const [only, ...others] = mails;
  if (columns.includes('email') || only === undefined || others.length > 0) return columns;
  return columns.with(only, 'email');
}

const letters = (word: string): string => [...word].toSorted().join('');

/** The column whose name the cell misspells by one letter, or by the letters' order; undefined if it is another word. */
export function mistypedColumn(cell: string): string | undefined {
  const word = plainName(cell);
  const near = nearest(
    word,
    [...byName.keys()].filter((name) => /^\w+$/.test(name)),
  );
  if (near === undefined) return undefined;
  return letters(near) === letters(word) || distance(near, word) === 1 ? near : undefined;
}

/** The wish of a cell that is not empty, or its mistake. */
export const readCell = (column: ColumnName, cell: string): Wish | CellMistake => columns[column].read(cell);
