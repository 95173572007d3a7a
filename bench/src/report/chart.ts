/** One bar. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** How the value is written. */
  readonly text: string;
  readonly isOurs: boolean;
}

/** Bars below a title, from the best to the worst as given. */
export interface Panel {
  readonly title: string;
  readonly bars: readonly Bar[];
}

const width = 480;
const rowHeight = 20;
const labelWidth = 194;
const valueWidth = 76;
const titleHeight = 44;
const barWidth = width - labelWidth - valueWidth - 24;
/** A bar that is so many times as long as the median ends there, or the others would be dots. */
const clippedAt = 4;

/** Panels in two columns, on a ground of its own: light, or dark where the reader's system is. */
export function chart(panels: readonly Panel[], caption: string): string {
  const pairs = panels.flatMap((panel, index) =>
    index % 2 === 0 ? [[panel, ...panels.slice(index + 1, index + 2)]] : [],
  );
  let top = 0;
  const drawn = pairs.flatMap((pair) => {
    const texts = pair.map((panel, column) => drawPanel(panel, column * width, top));
    top += titleHeight + Math.max(...pair.map(({ bars }) => bars.length)) * rowHeight + 12;
    return texts;
  });
  const height = top + 32;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * width} ${height}" width="${2 * width}" height="${height}" role="img" aria-label="${escaped(caption)}">
<style>
  .ground { fill: #ffffff } text { fill: #1f2328; font: 13px system-ui, sans-serif } .title { font-weight: 600; font-size: 14px } .own { font-weight: 600 }
  .quiet { fill: #59636e } .bar { fill: #afb8c1 } .ours { fill: #0969da } .clip { stroke: #ffffff; stroke-width: 3 }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 } text { fill: #e6edf3 } .quiet { fill: #9198a1 } .bar { fill: #484f58 } .ours { fill: #4493f8 } .clip { stroke: #0d1117 }
  }
</style>
<rect class="ground" width="100%" height="100%"/>
${drawn.join("\n")}
<text class="quiet" x="16" y="${height - 12}">${escaped(caption)}</text>
</svg>
`;
}

function drawPanel({ title, bars }: Panel, left: number, top: number): string {
  const values = bars.map(({ value }) => value).sort((a, b) => a - b);
  const middle = values[values.length >> 1] ?? 1;
  const longest = Math.min(values.at(-1) ?? 1, clippedAt * middle);
  const rows = bars.map(({ label, value, text, isOurs }, index) => {
    const y = top + titleHeight + index * rowHeight;
    const length = Math.max(1, (Math.min(value, longest) / longest) * barWidth);
    const x = left + labelWidth;
    const clip = value > longest ? `<path class="clip" d="M${x + length - 14} ${y + 17}l6 -18"/>` : "";
    return `<text x="${x - 8}" y="${y + 12}" text-anchor="end"${isOurs ? ' class="own"' : ""}>${escaped(label)}</text><rect class="${isOurs ? "ours" : "bar"}" x="${x}" y="${y}" width="${length.toFixed(1)}" height="15" rx="2"/>${clip}<text class="quiet" x="${(x + length + 6).toFixed(1)}" y="${y + 12}">${escaped(text)}</text>`;
  });
  return [`<text class="title" x="${left + 16}" y="${top + 30}">${escaped(title)}</text>`, ...rows].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
