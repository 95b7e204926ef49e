import type { Text } from '../locale.ts';
import type { CsvMistakeName } from '../table/read-csv.ts';

/** What can be wrong with a table of people to invite. */
export const tableTexts = {
  strayQuote: {
    en: 'a quotation mark that does not enclose a field',
    ja: '項目を囲んでいない引用符があります',
    zh: '有未包住整个字段的引号',
  },
  textAfterQuote: {
    en: 'text after a closing quotation mark',
    ja: '閉じ引用符の後に文字があります',
    zh: '右引号之后还有文字',
  },
  openQuote: {
    en: 'a quotation mark that is not closed',
    ja: '引用符が閉じられていません',
    zh: '引号没有闭合',
  },
  notCsv: { en: '{why}', ja: '読み取れません: {why}', zh: '无法读取：{why}' },
  nothing: { en: 'there is nothing in it', ja: '何も入力されていません', zh: '没有任何内容' },
  nobody: { en: 'there is nobody in it', ja: '招待する人がいません', zh: '没有要邀请的人' },
  noEmailColumn: {
    en: 'the first line names the columns, and one of them is email; they are {columns}',
    ja: '1行目には列名が必要で、そのうち1つは email です。使える列名: {columns}',
    zh: '第一行应为列名，其中须有 email。可用的列名：{columns}',
  },
  mistypedColumn: {
    en: 'there is no column {name}. Did you mean {near}?',
    ja: '{name} という列はありません。{near} のことですか？',
    zh: '没有名为 {name} 的列。是否指 {near}？',
  },
  columnTwice: {
    en: 'the column {column} is there twice',
    ja: '{column} の列が2つあります',
    zh: '{column} 列出现了两次',
  },
  extraFields: {
    en: '{count} {count|field|fields}, and the first line names {named}',
    ja: '項目が{count}個ありますが、1行目の列名は{named}個です',
    zh: '有 {count} 个字段，而第一行只有 {named} 个列名',
  },
  unnamedColumn: {
    en: 'column {number} has no name in the first line',
    ja: '{number}列目の列名が1行目にありません',
    zh: '第 {number} 列在第一行没有列名',
  },
  noEmail: { en: 'email is empty', ja: 'メールアドレスが空です', zh: '邮箱为空' },
  wrongRole: {
    en: 'role wants one of {choices}, not {cell}',
    ja: 'role は {choices} のいずれかにしてください（入力値: {cell}）',
    zh: 'role 应为 {choices} 之一，而不是 {cell}',
  },
  longNote: {
    en: 'note wants at most {max} characters',
    ja: 'note は{max}文字以内です',
    zh: 'note 最多 {max} 个字符',
  },
  wrongLabel: {
    en: 'label wants at most {max} letters, digits and hyphens, not {cell}',
    ja: 'label は文字・数字・ハイフンで{max}文字以内にしてください（入力値: {cell}）',
    zh: 'label 只能是不超过 {max} 个的文字、数字和连字符，而不是 {cell}',
  },
  wrongApp: {
    en: 'app wants the name of an app, such as portal, not {cell}',
    ja: 'app には portal のようなアプリの名前を指定してください（入力値: {cell}）',
    zh: 'app 应为应用的名称（例如 portal），而不是 {cell}',
  },
  unknownApp: {
    en: 'app wants one of {choices}, not {cell}',
    ja: 'app は {choices} のいずれかにしてください（入力値: {cell}）',
    zh: 'app 应为 {choices} 之一，而不是 {cell}',
  },
  noApps: {
    en: 'app must be empty, not {cell}: no app here takes guests',
    ja: 'ゲストを案内できるアプリがないため、app は空にしてください（入力値: {cell}）',
    zh: '这里没有接受访客的应用，app 应留空，而不是 {cell}',
  },
  wrongLocale: {
    en: 'locale (language) wants one of {choices}, not {cell}',
    ja: 'locale（language）は {choices} のいずれかにしてください（入力値: {cell}）',
    zh: 'locale（language）应为 {choices} 之一，而不是 {cell}',
  },
  wrongDays: {
    en: 'days wants 1 to {max}, or never, not {cell}',
    ja: 'days は1〜{max}、または never にしてください（入力値: {cell}）',
    zh: 'days 应为 1 至 {max} 或 never，而不是 {cell}',
  },
} as const satisfies Record<string, Text> & Record<CsvMistakeName, Text>;

export type TableMistakeName = keyof typeof tableTexts;
