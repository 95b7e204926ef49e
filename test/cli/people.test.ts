import { expect, test } from 'vitest';
import { chunksOf, knownOf } from '#cli/invites/chunks.ts';
import { readCsv } from '#shared/table/read-csv.ts';
import { csvLine } from '#shared/table/csv.ts';
import { decodeTable } from '#shared/table/decode-table.ts';
import { parsePeople, readPasted } from '#shared/inviting/read-people.ts';
import { tableTexts } from '#shared/inviting/table-texts.ts';
import { fill } from '#shared/locale.ts';
import { emailsIn } from '#shared/mail/mailbox.ts';
import { gb18030, shiftJis } from '../harness/invites/east-asian-tables.ts';

const toldOf = (text: string) =>
  parsePeople(text).mistakes.map(
    ({ line, name, values = {} }) => `${line}: ${fill(tableTexts[name].en, values)}`,
  );

const fieldsOf = (text: string) => readCsv(text).records.map(({ fields }) => fields);

test.each<[string, string, string[][]]>([
  [
    'LF',
    'a,b\nc,d\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'CRLF, and no end of the last line',
    'a,b\r\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['commas, quotation marks and lines in quotation marks', '"a,""b""\nc",d', [['a,"b"\nc', 'd']]],
  [
    'empty fields',
    ',\n"",x,',
    [
      ['', ''],
      ['', 'x', ''],
    ],
  ],
  ['blank lines', 'a\n\n\r\nb\n', [['a'], ['b']]],
])('RFC 4180: %s', (_, text, fields) => {
  expect(readCsv(text).mistakes).toEqual([]);
  expect(fieldsOf(text)).toEqual(fields);
});

test('what is written is read again', () => {
  const fields = ['plain', 'a,b', 'say "x"', 'two\nlines', ''];
  expect(fieldsOf(csvLine(fields))).toEqual([fields]);
});

test('lines are counted through quoted lines, and a mistake does not hide the next', () => {
  const { records, mistakes } = readCsv('a\n"two\nlines"\nb"c\n"d"e\nf\n"open');
  expect(records.map(({ line }) => line)).toEqual([1, 2, 6]);
  expect(mistakes.map(({ line }) => line)).toEqual([4, 5, 7]);
});

test('columns come in any order, and say what they may', () => {
  const { people, mistakes } = parsePeople(
    'Note, days ,EMAIL,role,locale\n"Tester, Osaka",never,a@example.com,admin,ja\n,30, b@example.com ,,\n',
  );
  expect(mistakes).toEqual([]);
  expect(people).toEqual([
    {
      line: 2,
      email: 'a@example.com',
      wish: { note: 'Tester, Osaka', expiresInDays: null, role: 'admin', locale: 'ja' },
    },
    { line: 3, email: 'b@example.com', wish: { expiresInDays: 30 } },
  ]);
});

test.each([
  ['', ['1: there is nothing in it']],
  ['email\n', ['2: there is nobody in it']],
  ['a@example.com\n', ['1: the first line names the columns, and one of them is email']],
  ['email,roel\n', ['1: there is no column roel. Did you mean role?']],
  ['email,Email\n', ['1: the column email is there twice']],
  [
    'email,role,note,locale,days\na@example.com,boss,,fr,0\n,,"two\nlines",,\nb@example.com,,,,,x\n',
    ['2: role', '2: locale', '2: days', '3: email is empty', '5: 6 fields'],
  ],
])('mistakes are told with their lines: %j', (text, starts) => {
  const told = toldOf(text);
  expect(told.map((one, at) => one.slice(0, starts[at]?.length))).toEqual(starts);
});

/** `email,role,locale,days,note` of each person in a text. */
const read = (text: string) => {
  const { people: all, mistakes, ignored } = parsePeople(text);
  expect(mistakes).toEqual([]);
  return {
    ignored,
    rows: all.map(({ email, wish: { role, locale, expiresInDays, note } }) =>
      [email, role, locale, expiresInDays === null ? 'never' : expiresInDays, note].join(),
    ),
  };
};

test.each([
  ['rows and columns that are blank', ',,,\nemail,note,,\na@example.com,x,,\n,,,\n , ,,\n'],
  ['semicolons', 'email;note\na@example.com;x\n;\n'],
  ['tabs', 'email\tnote\r\na@example.com\tx\r\n'],
  ['sep=', 'sep=;\r\nemail;note\r\na@example.com;x\r\n'],
  ['sep= in quotation marks, of another delimiter than it seems', '"sep=|",\nemail|note\na@example.com|x\n'],
  ['a head in another case', 'E-Mail ,NOTE\na@example.com,x\n'],
  ['a head with other names', 'メールアドレス,備考\na@example.com,x\n'],
  ['a head in wide letters', 'ＥＭＡＩＬ,Ｎｏｔｅ*\na@example.com,x\n'],
  ['a head that speaks of mail once', 'E-Mail-Adresse;Note\na@example.com;x\n'],
  ['a display name', 'note,Email address\nx,"Tan, Mia ""M"" <a@example.com>"\n'],
  ['a link to a mailbox', 'email,note\nmailto:a@example.com,x\n'],
])('C74: %s are read', (_, text) => {
  expect(read(text).rows).toEqual(['a@example.com,,,,x']);
});

test('C74: values are read as spreadsheets and people write them', () => {
  const text =
    'email;role;locale;days;note\na@example.com;General;JA;7.0;"two\n lines"\nb@example.com; ADMIN ;zh-Hans-CN;Never;\n' +
    'c@example.com;;English;7,0;\nd@example.com;;日本語;７;\n';
  expect(read(text).rows).toEqual([
    'a@example.com,general,ja,7,two lines',
    'b@example.com,admin,zh,never,',
    'c@example.com,,en,7,',
    'd@example.com,,ja,7,',
  ]);
});

test('C74: columns that mean nothing to us are told and not read', () => {
  const { rows, ignored } = read('Name,Email,Phone,Code\nMia,a@example.com,=1+1,x\n');
  expect({ rows, ignored }).toEqual({ rows: ['a@example.com,,,,'], ignored: ['Name', 'Phone', 'Code'] });
});

test.each([
  ['email,note,,\na@example.com,Tester, Osaka,\n', ['2: 3 fields, and the first line names 2']],
  ['email,,note\na@example.com,Osaka,\n', ['2: column 2 has no name in the first line']],
  ['email,notes,note\n', ['1: the column note is there twice']],
  ['email,emial\n', ['1: there is no column emial. Did you mean email?']],
  [
    'Work mail,Home mail\n',
    [
      '1: the first line names the columns, and one of them is email; they are email, role, note, label, app, locale, days',
    ],
  ],
  [',,,\n ,,\n', ['1: there is nothing in it']],
])('C74: what cannot be read is named: %j', (text, told) => {
  expect(toldOf(text)).toEqual(told);
});

test('C74: a table in UTF-16, as spreadsheets write it, is read', () => {
  const text = 'email\tnote\na@example.com\t日本\n';
  const little = Buffer.from(`\ufeff${text}`, 'utf16le');
  expect(decodeTable(little)).toBe(text);
  expect(decodeTable(Buffer.from(little).swap16())).toBe(text);
  expect(decodeTable(Buffer.from(`\ufeff${text}`))).toBe(text);
  expect(decodeTable(Buffer.from([0x93, 0xfa]))).toBeUndefined();
});

test('C74 R7.2: a table as Excel writes it by "CSV" in Japan and in China is read', () => {
  expect(decodeTable(shiftJis)).toBe('メール,メモ\r\na@example.com,田中さん\r\n');
  expect(decodeTable(gb18030)).toBe('email,备注\r\na@example.com,张伟老师\r\nb@example.com,王芳\r\n');
});

test.each([
  // 张伟 in GB 18030 has the bytes of half-width ﾕﾅﾎｰ in Shift_JIS.
  [
    'one Chinese name that is Japanese letters too',
    Buffer.from('a@example.com,\xd5\xc5\xce\xb0\n', 'latin1'),
  ],
  ['Japanese half-width letters that are Chinese too', Buffer.from('\xd4\xcf\xc0\xde\n', 'latin1')],
  ['Western letters', Buffer.from('name,email\nRen\xe9e,a@example.com\nM\xfcller,b@example.com\n', 'latin1')],
  ['one Western name', Buffer.from('name,email\nRen\xe9e,a@example.com\n', 'latin1')],
  [
    'Cyrillic letters',
    Buffer.from('\xc8\xe2\xe0\xed,a@example.com\n\xcc\xe0\xf0\xe8\xff,b@example.com\n', 'latin1'),
  ],
  ['a zip file', Buffer.from([0x50, 0x4b, 3, 4, 0x93, 0xfa])],
])('C74 R7.2: what could be something else is not guessed at: %s', (_, bytes) => {
  expect(decodeTable(bytes)).toBeUndefined();
});

test('C74 R7.2: who is named again in a pasted list is there again', () => {
  expect(emailsIn('a@example.com, b@example.com; Mia <a@example.com>\na@example.com')).toEqual([
    'a@example.com',
    'b@example.com',
    'a@example.com',
    'a@example.com',
  ]);
});

test('C74: a pasted list is read as mail programs and spreadsheets write it', () => {
  const list =
    'a@example.com, b@example.com;c@example.com\nd@example.com\t e@example.com\n' +
    'Mia <f@example.com>; "Tan, Mia" <g@example.com>,\n<h@example.com>\nmailto:i@example.com\n' +
    'Tan, Mia <j@example.com>; k@example.com <k@example.com>\tl@example.com Mia <m@example.com>';
  expect(
    emailsIn(list)
      .map((one) => one[0])
      .join(''),
  ).toBe('abcdefghijklm');
  expect(emailsIn('none, a@example.com')).toEqual(['none', 'a@example.com']);
  expect(emailsIn(list).every((one) => one.endsWith('@example.com'))).toBe(true);
});

test.each([
  [
    'the signs of Chinese and Japanese',
    'a@example.com、b@example.com；林 <c@example.com>，d@example.com　e@example.com､f@example.com',
    'abcdef',
  ],
  [
    'bullets and numbers',
    '• a@example.com\n- b@example.com\n* c@example.com\n1. d@example.com\n2) e@example.com\n・f@example.com',
    'abcdef',
  ],
  [
    'the heads of a mail, and the name of a group',
    'To: a@example.com, b@example.com\nCc: c@example.com\n抄送：d@example.com\nTeam: e@example.com;',
    'abcde',
  ],
])('C74 R7.2: %s between the addresses of a pasted list are nobody', (_, list, names) => {
  expect(emailsIn(list)).toEqual([...names].map((name) => `${name}@example.com`));
});

test('C75: a table of ours is read as it was written, also what begins like a formula', () => {
  const cells = ['-anna@example.com', '=1+1'];
  const { people, mistakes } = parsePeople(`email,note\n${csvLine(cells)}`);
  expect({ people, mistakes }).toMatchObject({
    people: [{ email: '-anna@example.com', wish: { note: '=1+1' } }],
    mistakes: [],
  });
  const [own] = parsePeople("email\n'tis@example.com\n").people;
  expect(own).toMatchObject({ email: "'tis@example.com" });
});

test('C74: a column may say the label', () => {
  const { people, mistakes } = parsePeople('email,Label\na@example.com,spring-course\n');
  expect({ people, mistakes }).toMatchObject({
    people: [{ wish: { label: 'spring-course' } }],
    mistakes: [],
  });
  expect(toldOf('email,label\na@example.com,two words\n')).toEqual([
    '2: label wants at most 40 letters, digits and hyphens, not two words',
  ]);
});

test('C74 R6.3: a column may name the app', () => {
  const { people, mistakes } = parsePeople('email,アプリ\na@example.com,Portal\nb@example.com,\n');
  expect({ people, mistakes }).toMatchObject({
    people: [{ wish: { app: 'portal' } }, { wish: {} }],
    mistakes: [],
  });
  expect(chunksOf(people, {}).map(({ wish }) => wish.app)).toEqual(['portal', undefined]);
  expect(toldOf('email,app\na@example.com,my app\n')).toEqual([
    '2: app wants the name of an app, such as portal, not my app',
  ]);
});

test.each([
  ['a table with a head', 'Name\tE-mail\tNote\nMia\ta@example.com\tx\nLi\tb@example.com\t', 'a,b'],
  [
    'a table without a head',
    'Mia\tTan\ta@example.com\nLi\tWang\tb@example.com\nNobody\tElse\t-',
    'a,b,Nobody Else -',
  ],
  [
    'a table without a head, with names around addresses',
    '1,Mia <a@example.com>\n2,mailto:b@example.com',
    'a,b',
  ],
  ['a list, in which nothing is dropped', 'a@example.com, none\nb@example.com', 'a,none,b'],
  [
    'a list with rows of a spreadsheet in it',
    'Mia Tan\ta@example.com\t1\nLi <b@example.com>; c@example.com\nNobody\t-',
    'a,b,c,Nobody,-',
  ],
  ['a list with names', '"Tan, Mia" <a@example.com>; Li <b@example.com>', 'a,b'],
])('C74: %s is told from the others when it is pasted', (_, text, emails) => {
  const { people, mistakes } = readPasted(text);
  expect(mistakes).toEqual([]);
  expect(people.map(({ email }) => email.replace('@example.com', '')).join()).toBe(emails);
});

test('C74: a pasted text with nobody in it says so', () => {
  expect(readPasted(' \n,;\n').mistakes).toMatchObject([{ name: 'nothing' }]);
});

const { people } = parsePeople(
  [
    'email,locale',
    ...Array.from({ length: 150 }, (_, at) => `p${at}@example.com,${at % 3 ? 'ja' : ''}`),
  ].join('\n'),
);

test('C51: the same people make the same requests, of at most 100, with the same wishes in each', () => {
  const chunks = chunksOf(people, { send: false });
  expect(chunks).toEqual(chunksOf(people, { send: false }));
  expect(chunks.map((chunk) => chunk.people.length)).toEqual([50, 100]);
  expect(chunks[1]).toMatchObject({
    wish: { locale: 'ja', send: false, emails: { length: 100 } },
  });
  // An edited file makes a new request for the edited rows, not under the name of an earlier request.
  const edited = chunksOf(people.with(0, { ...people[0]!, email: 'other@example.com' }), { send: false });
  expect(edited.map(({ name }, at) => name === chunks[at]!.name)).toEqual([false, true]);
  expect(chunksOf(people.filter(({ wish }) => wish.locale).concat(people.slice(0, 3)), {})).toHaveLength(3);
});

test('C111: columns in another order ask for the same', () => {
  const namesOf = (text: string) => chunksOf(parsePeople(text).people, {}).map(({ name }) => name);
  expect(namesOf('note,role,email\nx,admin,a@example.com\n')).toEqual(
    namesOf('email,role,note\na@example.com,admin,x\n'),
  );
});

test('duplicates and what is no address need no request', () => {
  const rows = parsePeople('email\na@example.com\n A@Example.com\nnone\nnone\n*@example.com\n').people;
  expect([...knownOf(rows)]).toEqual([
    [3, 'duplicate'],
    [4, 'bad_address'],
    [5, 'bad_address'],
    [6, 'bad_address'],
  ]);
  expect(knownOf(rows, 'domain').has(6)).toBe(false);
});
