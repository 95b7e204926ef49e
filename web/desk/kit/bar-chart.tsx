import { useTexts } from './texts.ts';
import { told } from './told.ts';

interface Bar {
  /** What the bar stands for, such as a day, as people write it. */
  label: string;
  value: number;
}

interface Chart {
  /** What the chart shows, such as `Calls by day`. */
  name: string;
  /** Titles of the table's columns. */
  labelTitle: string;
  valueTitle: string;
  bars: readonly Bar[];
}

/**
 * Width of a bar with its gap, and of the gap, in units of the drawing. The drawing is stretched to its place, so only
 * proportions count.
 */
const step = 10;
const gap = 2;
const height = 100;
/** Keeps a bar of 1 visible beside a bar of 1000. */
const leastHeight = 2;

/** Numbers as bars, and as a table for people who cannot see the bars. Words are outside the drawing, because it is stretched. */
export function BarChart({ name, labelTitle, valueTitle, bars }: Chart) {
  const t = useTexts();
  const most = Math.max(...bars.map(({ value }) => value), 0);
  const total = bars.reduce((sum, { value }) => sum + value, 0);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const heightOf = (value: number) => (value > 0 ? Math.max((value / most) * height, leastHeight) : 0);
  return (
    <figure class="chart">
      <figcaption>
        {name} <span class="quiet">{t('inAll', { count: number.format(total) })}</span>
      </figcaption>
      <p class="most" aria-hidden="true">
        {number.format(most)}
      </p>
      <svg
        role="img"
        aria-label={t('chart', { name, most: number.format(most), count: number.format(total) })}
        viewBox={`0 0 ${Math.max(bars.length, 1) * step} ${height}`}
        preserveAspectRatio="none"
      >
        {bars.map(({ label, value }, at) => (
          <g key={label}>
            <title>{told(label, number.format(value))}</title>
            {/* The pointer can be anywhere in the column. */}
            <rect class="column" x={at * step} y={0} width={step} height={height} />
            <rect
              class="bar-of"
              x={at * step + gap / 2}
              y={height - heightOf(value)}
              width={step - gap}
              height={heightOf(value)}
            />
          </g>
        ))}
      </svg>
      <p class="ends" aria-hidden="true">
        <span>{bars[0]?.label}</span>
        {bars.length > 1 && <span>{bars.at(-1)?.label}</span>}
      </p>
      <details>
        <summary aria-label={told(t('asTable'), name)}>{t('asTable')}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{labelTitle}</th>
              <th scope="col">{valueTitle}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ label, value }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{number.format(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
