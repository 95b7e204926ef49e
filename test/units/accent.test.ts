import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import { expect, test } from 'vitest';
import { accentOf } from '#shared/deployment/accent.ts';

/** axe's own calculation of contrast, so that the test does not rely on ours. axe's types leave it out. */
interface Contrasts {
  Color: new () => { parseString(text: string): void };
  getContrast(one: object, other: object): number;
}
const { Color, getContrast } = (axe.commons as unknown as { color: Contrasts }).color;
const parsed = (text: string) => {
  const color = new Color();
  color.parseString(text);
  return color;
};
const contrast = (one: string, other: string): number => getContrast(parsed(one), parsed(other));

const sheet = readFileSync('web/assets/style.css', 'utf8');
/** A colour of the style sheet, in the light and in the dark scheme. */
const token = (name: string) => {
  const [, light, dark] = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(sheet)!;
  return { light: light!, dark: dark! };
};
const [paper, ground, onAccent] = ['paper', 'ground', 'on-accent'].map(token);

const levels = ['00', '33', '66', '99', 'cc', 'ff'];
const colors = levels.flatMap((red) =>
  levels.flatMap((green) => levels.map((blue) => `#${red}${green}${blue}`)),
);
const schemes = ['light', 'dark'] as const;

test('every colour, and ours, has shades that are legible on paper and ground, and under the text of a button', () => {
  for (const color of [...colors, null])
    for (const scheme of schemes) {
      const shade = accentOf(color)[scheme];
      for (const other of [paper, ground, onAccent])
        expect(contrast(shade, other![scheme]), `${color} ${shade} ${scheme}`).toBeGreaterThanOrEqual(4.5);
    }
});

/** The colour that the style sheet's `brightness()` produces. */
const hovered = (color: string, scheme: 'light' | 'dark'): string => {
  const factor = { light: 0.9, dark: 1.1 }[scheme];
  const channels = [1, 3, 5].map((at) =>
    Math.min(255, Math.round(Number.parseInt(color.slice(at, at + 2), 16) * factor)),
  );
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
};

test('a button stays legible while a mouse is over it, filled or plain', () => {
  for (const color of [...colors, null])
    for (const scheme of schemes) {
      const shade = hovered(accentOf(color)[scheme], scheme);
      const others = [hovered(onAccent![scheme], scheme), paper![scheme], ground![scheme]];
      for (const other of others) expect(contrast(shade, other), `${color}`).toBeGreaterThanOrEqual(4.5);
    }
});

test('a colour that is legible stays as it is, and a shade is not farther from it than it must be', () => {
  for (const color of colors)
    for (const scheme of schemes) {
      const shade = accentOf(color)[scheme];
      const least = (one: string) => Math.min(contrast(one, paper![scheme]), contrast(one, ground![scheme]));
      if (least(color) >= 4.5) expect(shade).toBe(color);
      else expect(least(shade), `${color} ${shade}`).toBeLessThan(4.8);
    }
  expect(accentOf('#0A7D4B')).toEqual({ light: '#0a7d4b', dark: expect.stringMatching(/^#/) as string });
});

test('a shade has the hue of its colour', () => {
  expect(accentOf('#ffd400').light).toMatch(/^#(7|8)\w(6|7)\w00$/);
  const { dark } = accentOf('#0000ff');
  expect(dark.slice(1, 3)).toBe(dark.slice(3, 5));
  expect(dark.slice(5)).toBe('ff');
});
