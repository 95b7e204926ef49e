/** One colour in two shades: for pages and mails in light mode and in dark mode. */
export interface Accent {
  light: string;
  dark: string;
}

type Channels = readonly number[];

/** The backgrounds of text in the colour: paper and ground of pages and mails (`web/assets/style.css`). */
export const surfaces = {
  light: { paper: '#ffffff', ground: '#eef1f6' },
  dark: { paper: '#1b1e24', ground: '#101216' },
} as const;
const ends = { light: '#000000', dark: '#ffffff' } as const;
const usual: Accent = { light: '#1d4ed8', dark: '#8fb3ff' };

/** The least contrast ratio of text (WCAG 2.2, 1.4.3). */
const leastContrast = 4.5;
const steps = 100;

/**
 * The shades nearest to a colour that are legible as text on every surface. Text on a button in these shades is legible too: it is
 * white in light mode, and in dark mode darker than every surface.
 */
export const accentOf = (color: string | null): Accent =>
  color === null ? usual : { light: legible(color, 'light'), dark: legible(color, 'dark') };

function legible(color: string, scheme: keyof Accent): string {
  const grounds = Object.values(surfaces[scheme]).map(channelsOf);
  const [from, to] = [channelsOf(color), channelsOf(ends[scheme])];
  for (let step = 0; step < steps; step += 1) {
    const shade = from.map((channel, at) => Math.round(channel + ((to[at]! - channel) * step) / steps));
    if (grounds.every((ground) => contrast(shade, ground) >= leastContrast)) return textOf(shade);
  }
  return ends[scheme];
}

const channelsOf = (color: string): Channels =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

const textOf = (channels: Channels): string =>
  `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;

/** WCAG 2.2, contrast ratio. */
function contrast(one: Channels, other: Channels): number {
  const [less, more] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (more! + 0.05) / (less! + 0.05);
}

/** WCAG 2.2, relative luminance. */
function luminance(channels: Channels): number {
  const [red, green, blue] = channels.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
