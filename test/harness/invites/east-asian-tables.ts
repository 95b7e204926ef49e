const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** `メール,メモ` and `a@example.com,田中さん`, as a Japanese Excel saves them as "CSV". */
export const shiftJis = bytes('8381815b838b2c838183820d0a61406578616d706c652e636f6d2c9363928682b382f10d0a');

/** `email,备注`, `a@example.com,张伟老师` and `b@example.com,王芳`, as a Chinese Excel saves them as "CSV". */
export const gb18030 = bytes(
  '656d61696c2cb1b8d7a20d0a61406578616d706c652e636f6d2cd5c5ceb0c0cfcaa60d0a62406578616d706c652e636f6d2ccdf5b7bc0d0a',
);
